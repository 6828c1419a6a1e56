extension LiveChange {
    static func streaks(_ old: Programme, _ new: Programme) -> [LiveChange] {
        old.streaks.compactMap { before in
            guard let after = new.streaks.first(where: { $0.id == before.id }) else {
                return LiveChange(
                    thing: "streak", id: before.id, choices: [.restart],
                    says: "The streak goes: its length is no longer kept, what it gave stays.")
            }
            guard !before.countsLike(after) else { return nil }
            if before.every != after.every {
                return LiveChange(
                    thing: "streak", id: before.id, choices: [.restart],
                    says: "It is counted in another period ('\(after.every.rawValue)'): everybody begins anew.")
            }
            return LiveChange(
                thing: "streak", id: before.id, choices: [.keep, .restart],
                says: "Other terms count from the running period on: the length so far stays, or everybody begins anew."
            )
        }
    }
}
