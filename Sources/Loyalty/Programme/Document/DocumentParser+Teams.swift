internal import Primitives

/// `team` of a challenge.
extension DocumentParser {
    func team(_ section: DocumentSection) -> TeamTerms? {
        guard let node = section.node("team") else { return nil }
        if case .scalar = node {
            return reader.word(node, "the name of a kind of wallet", .thing).map { TeamTerms(wallet: $0) }
        }
        let keys = ["wallet", "gives", "at-least", "minimum"]
        guard let team = section.section("team", what: "the team", keys: keys),
            let wallet = team.need("wallet").flatMap({
                reader.word($0, "the name of a kind of wallet", .thing)
            })
        else {
            reader.markBroken(section.name)
            return nil
        }
        var terms = TeamTerms(wallet: wallet)
        if let node = team.node("gives"), let gives: TeamTerms.Gives = reader.choice(node, "who gets it") {
            terms.gives = gives
        }
        if let node = team.node("at-least"), let least = reader.integer(node) {
            terms.least = least
            if terms.gives != .contributors {
                reader.report("'at-least' says who is a contributor.", at: node.mark, fix: "Add 'gives: contributors'.")
            }
        }
        if let node = team.node("minimum"), let minimum = reader.integer(node, 1...1_000) { terms.minimum = minimum }
        return terms
    }
}
