internal import Primitives

/// The levels of `programme.yaml`, and what badges say besides their name.
extension DocumentParser {
    func levels(_ root: DocumentSection) -> LevelLadder? {
        let keys = ["unit", "at", "most", "name", "reward"]
        guard let section = root.section("levels", what: "the levels", keys: keys),
            let unit = section.need("unit").flatMap({ reader.word($0, "the name of a unit", .thing) }),
            let at = section.need("at")
        else { return nil }
        let thresholds: LevelLadder.Thresholds
        if case .list = at {
            let list = section.list("at", of: "amounts").compactMap { reader.integer($0.node, 1...1_000_000_000_000) }
            guard !list.isEmpty, list.count <= LevelLadder.mostLevels else {
                reader.report("There are 1 to \(LevelLadder.mostLevels) levels.", at: at.mark)
                return nil
            }
            if let most = section.node("most") {
                reader.report("A list says how many levels there are.", at: most.mark, fix: "Leave 'most' out.")
            }
            thresholds = .list(list)
        } else {
            guard let source = expression(section, "at"),
                let most = section.need("most").flatMap({ reader.integer($0, 1...Int64(LevelLadder.mostLevels)) })
            else { return nil }
            thresholds = .formula(source, most: Int(most))
        }
        return LevelLadder(
            unit: unit, thresholds: thresholds, name: localized(section, "name"),
            reward: effects(section, "reward", required: false))
    }

    func badge(_ id: String, _ section: DocumentSection) -> Badge {
        var badge = Badge(id: id, name: localized(section, "name"), why: localized(section, "why"))
        badge.series = section.node("series").flatMap { reader.word($0, "the name of a series", .thing) }
        if let node = section.node("hidden"), let hidden: Badge.Hidden = reader.choice(node, "a way to hide it") {
            badge.hidden = hidden
        }
        badge.allOf = section.list("all-of", of: "badges").compactMap {
            reader.word($0.node, "the name of a badge", .thing)
        }
        return badge
    }

    static let badgeKeys = ["name", "why", "series", "hidden", "all-of"]
}
