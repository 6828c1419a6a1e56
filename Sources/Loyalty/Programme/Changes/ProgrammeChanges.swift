/// What a document says becomes of members who are in the middle of something: the file `changes.yaml`.
///
/// It holds for one step only, from version ``from`` to the next. In a later step it says nothing, so it may stay in the
/// folder, and is kept with the version that it made.
public struct ProgrammeChanges: Sendable, Hashable {
    /// The version in force that the statements are about.
    public var from: Int64
    public var challenges: [String: LiveChange.Choice]
    public var streaks: [String: LiveChange.Choice]
    public var tiers: [String: LiveChange.Choice]
    /// The tiers as a whole: they are reached by another unit, or go.
    public var ladder: LiveChange.Choice?
    /// Why the programme changes in this step, for its members.
    public var because = LocalizedText([:])

    public init(
        from: Int64, challenges: [String: LiveChange.Choice] = [:],
        streaks: [String: LiveChange.Choice] = [:], tiers: [String: LiveChange.Choice] = [:],
        ladder: LiveChange.Choice? = nil
    ) {
        self.from = from
        self.challenges = challenges
        self.streaks = streaks
        self.tiers = tiers
        self.ladder = ladder
    }

    /// What is said about a change; `nil` if nothing is.
    public func choice(for change: LiveChange) -> LiveChange.Choice? {
        switch (change.thing, change.id) {
        case ("challenge", let id): challenges[id]
        case ("streak", let id): streaks[id]
        case ("tier", ""): ladder
        case ("tier", let id): tiers[id]
        default: nil
        }
    }

    /// Statements about things that do not change, by their names in the file.
    func unused(_ live: [LiveChange]) -> [String] {
        func missing(_ names: some Sequence<String>, _ thing: String) -> [String] {
            names.filter { name in !live.contains { $0.thing == thing && $0.id == name } }.sorted()
        }
        return missing(challenges.keys, "challenge").map { "challenges.\($0)" }
            + missing(streaks.keys, "streak").map { "streaks.\($0)" }
            + missing(tiers.keys, "tier").map { "tiers.\($0)" }
            + (ladder == nil || live.contains { $0.thing == "tier" && $0.id.isEmpty } ? [] : ["ladder"])
    }

    /// The whole file for a step: what is said already and fits stays, the rest gets the gentlest choice, with all of
    /// them beside it. `nil` if nothing must be said.
    public static func template(
        _ live: [LiveChange], from version: Int64, stated: ProgrammeChanges? = nil
    ) -> String? {
        let live = live.filter(\.isStated)
        guard !live.isEmpty else { return nil }
        let stated = stated?.from == version ? stated : nil
        func line(_ change: LiveChange, _ name: String) -> String {
            let said = stated?.choice(for: change).flatMap { change.choices.contains($0) ? $0 : nil }
            let choice = said ?? change.choices.first ?? .restart
            return "\(name): \(choice.rawValue)   # \(change.choices.map(\.rawValue).joined(separator: " or "))"
        }
        var text =
            "# What becomes of members who are in the middle of something, in the step from version \(version).\n"
        text += "from: \(version)\n"
        for (key, thing) in [("challenges", "challenge"), ("streaks", "streak"), ("tiers", "tier")] {
            let changes = live.filter { $0.thing == thing && !$0.id.isEmpty }
            guard !changes.isEmpty else { continue }
            text += "\(key):\n" + changes.map { "  " + line($0, $0.id) + "\n" }.joined()
        }
        if let whole = live.first(where: { $0.thing == "tier" && $0.id.isEmpty }) {
            text += line(whole, "ladder") + "\n"
        }
        return text
    }
}

/// Why a version is not applied: members are in the middle of what it changes, and it does not say what becomes of them.
public struct UndecidedChanges: Error, Sendable, Hashable {
    public struct Change: Sendable, Hashable {
        public var change: LiveChange
        /// How many members are in it.
        public var members: Int64
        /// What the document says, if that is none of the choices.
        public var stated: LiveChange.Choice?
    }

    /// Without a statement that fits.
    public var changes: [Change]
    /// Statements about what does not change, by their names in `changes.yaml`.
    public var unused: [String]
    /// A `changes.yaml` that would do, with the gentlest choices.
    public var template: String
}

extension UndecidedChanges: CustomStringConvertible {
    public var description: String {
        var lines = ["Members are in the middle of what changes, and the document does not say what becomes of them:"]
        for one in changes {
            let stated = one.stated.map { " '\($0.rawValue)' is none of the choices." } ?? ""
            lines.append("  \(one.change.description) Members: \(one.members).\(stated)")
        }
        for name in unused { lines.append("  \(name) stands in changes.yaml, but does not change.") }
        lines.append("Nothing has changed. Put this into changes.yaml, with the choices that you want:")
        return (lines + ["", template]).joined(separator: "\n")
    }
}
