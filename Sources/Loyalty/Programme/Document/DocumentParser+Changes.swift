internal import Primitives

/// `changes.yaml`.
extension DocumentParser {
    func changes(_ node: DocumentNode) -> ProgrammeChanges? {
        let keys = ["from", "challenges", "streaks", "tiers", "ladder", "because"]
        guard let section = DocumentSection(reader, node, what: "the changes", name: "changes", keys: keys),
            let from = section.need("from").flatMap({ reader.integer($0, 1...Int64.max) })
        else { return nil }
        func choices(_ key: String) -> [String: LiveChange.Choice] {
            guard let list = section.section(key, what: "the \(key)", keys: []) else { return [:] }
            var found: [String: LiveChange.Choice] = [:]
            for entry in list.entries {
                if let choice: LiveChange.Choice = reader.choice(entry.value, "keep, convert or restart") {
                    found[entry.key.text] = choice
                }
            }
            return found
        }
        var stated = ProgrammeChanges(
            from: from, challenges: choices("challenges"), streaks: choices("streaks"), tiers: choices("tiers"),
            ladder: section.node("ladder").flatMap { reader.choice($0, "keep, convert or restart") })
        stated.because = localized(section, "because")
        return stated
    }
}
