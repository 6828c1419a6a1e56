public import Primitives

/// What changed between two programmes, thing by thing and field by field: what it means, not how it is written.
public struct ProgrammeDiff: Sendable, Hashable {
    public struct Change: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable { case added, removed, changed }

        public var kind: Kind
        /// `programme`, `unit`, `tier`, `rule`, `challenge`, `text`, …
        public var thing: String
        public var id: String
        /// Which part, as in `limits.1.amount`; empty if the whole thing came or went.
        public var field: String
        /// `nil` where there was, or is, nothing.
        public var from: String?
        public var to: String?
    }

    /// In the order: the programme itself, its units, tiers and so on, rules, challenges, rewards, texts; by id.
    public let changes: [Change]
    /// What live members would notice, and must be decided on before the change is applied.
    public let live: [LiveChange]

    public var isEmpty: Bool { changes.isEmpty }

    public init(from old: Programme, to new: Programme) {
        let before = Self.things(old)
        let after = Self.things(new)
        var changes: [Change] = []
        var kinds: [String] = []
        for thing in before + after where !kinds.contains(thing.kind) { kinds.append(thing.kind) }
        for kind in Self.kinds where kinds.contains(kind) {
            changes += Self.changes(kind, before.filter { $0.kind == kind }, after.filter { $0.kind == kind })
        }
        self.changes = changes
        live = LiveChange.all(from: old, to: new)
    }

    /// The changes as JSON: `{"changes": [{kind, thing, id, field, from, to}], "live": [{thing, id, choices, says}]}`.
    public var json: JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return [
            "changes": .array(
                changes.map { change in
                    [
                        "kind": .string(change.kind.rawValue), "thing": .string(change.thing), "id": .string(change.id),
                        "field": .string(change.field), "from": text(change.from), "to": text(change.to),
                    ]
                }),
            "live": .array(
                live.map { change in
                    [
                        "thing": .string(change.thing), "id": .string(change.id),
                        "choices": .array(change.choices.map { .string($0.rawValue) }), "says": .string(change.says),
                    ]
                }),
        ]
    }

    /// All of it for people: what changes, what live members notice, and the `changes.yaml` that the step needs.
    ///
    /// - Parameters:
    ///   - version: the version in force.
    ///   - stated: what the new document says already.
    public func report(from version: Int64, stated: ProgrammeChanges?) -> String {
        var lines = changes.map(\.description)
        if !live.isEmpty { lines += [""] + live.map(\.description) }
        if let template = ProgrammeChanges.template(live, from: version, stated: stated) {
            lines += ["", "changes.yaml for this step, if members are in it:", "", template]
        }
        return lines.joined(separator: "\n")
    }

    // MARK: Comparing

    private struct Thing {
        var kind: String
        var id: String
        var tree: DocumentTree
    }

    private static let kinds = [
        "programme", "unit", "tier", "level", "trait", "budget", "badge", "webhook", "wallet", "event", "rule",
        "theme",
        "door",
        "challenge", "streak", "reward", "leaderboard", "gate", "review", "measure", "raffle", "referral", "example",
        "signer", "occasion",
        "text", "quiz",
        "contest", "nudge", "simulation",
        "persona",
    ]

    private static func things(_ programme: Programme) -> [Thing] {
        // Texts in full, so that a programme that learns a language shows what was added and not that all is new.
        let languages = Language.allCases
        var things: [Thing] = []
        var root = programme
        root.units = []
        root.tiers = nil
        root.levels = nil
        root.traits = []
        root.budgets = []
        root.badges = []
        root.webhooks = []
        root.walletKinds = []
        root.review = []
        root.measures = []
        root.signers = []
        root.nudges = []
        things.append(Thing(kind: "programme", id: programme.id.name, tree: .programme(root)))
        things += [programme.theme].compactMap { $0 }.map { Thing(kind: "theme", id: "", tree: .theme($0, languages)) }
        things += [programme.doors].compactMap { $0 }.map { Thing(kind: "door", id: "", tree: .doors($0)) }
        things += programme.units.map { Thing(kind: "unit", id: $0.id, tree: .unit($0, languages)) }
        if let tiers = programme.tiers {
            things.append(Thing(kind: "tier", id: "", tree: .mapping(DocumentTree.tierTerms(tiers))))
            for tier in tiers.tiers {
                things.append(Thing(kind: "tier", id: tier.id, tree: .tier(tier, languages)))
            }
        }
        if let levels = programme.levels {
            things.append(Thing(kind: "level", id: "", tree: .levels(levels, languages)))
        }
        things += programme.traits.map {
            Thing(kind: "trait", id: $0.id, tree: .mapping(("type", .text($0.type.documentText))))
        }
        things += programme.budgets.map { Thing(kind: "budget", id: $0.id, tree: .budget($0)) }
        things += programme.badges.map { Thing(kind: "badge", id: $0.id, tree: .badge($0, languages)) }
        things += programme.webhooks.map {
            Thing(kind: "webhook", id: $0.id, tree: .mapping(("url", .text($0.url))))
        }
        things += programme.walletKinds.map {
            Thing(kind: "wallet", id: $0.id, tree: .walletKind($0, languages))
        }
        things += programme.events.map { Thing(kind: "event", id: $0.id, tree: .event($0)) }
        things += programme.rules.map { Thing(kind: "rule", id: $0.id, tree: .rule($0, languages)) }
        things += programme.challenges.map { Thing(kind: "challenge", id: $0.id, tree: .challenge($0, languages)) }
        things += programme.streaks.map { Thing(kind: "streak", id: $0.id, tree: .streak($0, languages)) }
        things += programme.rewards.map { Thing(kind: "reward", id: $0.id, tree: .reward($0, languages)) }
        things += programme.leaderboards.map {
            Thing(kind: "leaderboard", id: $0.id, tree: .leaderboard($0, languages))
        }
        things += programme.gates.map { Thing(kind: "gate", id: $0.id, tree: .gate($0, languages)) }
        things += programme.workedExamples.map { Thing(kind: "example", id: $0.id, tree: .workedExample($0)) }
        things += programme.raffles.map { Thing(kind: "raffle", id: $0.id, tree: .raffle($0, languages)) }
        things += programme.quizzes.map { Thing(kind: "quiz", id: $0.id, tree: .quiz($0, languages)) }
        things += programme.contests.map { Thing(kind: "contest", id: $0.id, tree: .contest($0, languages)) }
        things += programme.nudges.map { Thing(kind: "nudge", id: $0.id, tree: .nudge($0, languages)) }
        things += programme.signers.map { Thing(kind: "signer", id: $0.id, tree: .signer($0, languages)) }
        things += programme.occasions.map { Thing(kind: "occasion", id: $0.id, tree: .occasion($0, languages)) }
        things += [programme.referral].compactMap { $0 }.map {
            Thing(kind: "referral", id: $0.id, tree: .referral($0, languages))
        }
        things += [programme.simulation].compactMap { $0 }.map {
            Thing(kind: "simulation", id: $0.id, tree: .behaviour($0))
        }
        things += programme.personas.map { Thing(kind: "persona", id: $0.id, tree: .persona($0, languages)) }
        things += programme.review.map { Thing(kind: "review", id: $0.id, tree: .review($0, languages)) }
        things += programme.measures.map {
            Thing(kind: "measure", id: $0.id, tree: .changeMeasure($0, languages))
        }
        for (key, text) in programme.texts.sorted(by: { $0.key < $1.key }) {
            things.append(Thing(kind: "text", id: key, tree: .localized(text, languages) ?? .mapping([])))
        }
        return things
    }

    private static func changes(_ kind: String, _ before: [Thing], _ after: [Thing]) -> [Change] {
        let old = Dictionary(before.map { ($0.id, $0.tree) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.map { ($0.id, $0.tree) }, uniquingKeysWith: { first, _ in first })
        var changes: [Change] = []
        for id in Set(old.keys).union(new.keys).sorted() {
            switch (old[id], new[id]) {
            case (nil, .some): changes.append(Change(kind: .added, thing: kind, id: id, field: "", from: nil, to: nil))
            case (.some, nil):
                changes.append(Change(kind: .removed, thing: kind, id: id, field: "", from: nil, to: nil))
            case (let from?, let to?) where from != to: changes += fields(kind, id, from, to)
            default: break
            }
        }
        return changes
    }

    private static func fields(_ kind: String, _ id: String, _ from: DocumentTree, _ to: DocumentTree) -> [Change] {
        let old = Dictionary(from.leaves.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(to.leaves.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        var paths = from.leaves.map(\.path)
        for (path, _) in to.leaves where old[path] == nil { paths.append(path) }
        let changed = paths.filter { old[$0] != new[$0] }.map { path in
            Change(kind: .changed, thing: kind, id: id, field: path, from: old[path], to: new[path])
        }
        guard changed.isEmpty else { return changed }
        // The same leaves in another order: fields of an event, languages of a programme.
        return [Change(kind: .changed, thing: kind, id: id, field: "order", from: nil, to: nil)]
    }
}

extension ProgrammeDiff.Change: CustomStringConvertible {
    /// `rule curious-reader: limits.1.amount: 45 -> 60`
    public var description: String {
        let name = id.isEmpty ? "\(thing)s" : "\(thing) \(id)"
        switch kind {
        case .added: return "+ \(name)"
        case .removed: return "- \(name)"
        case .changed:
            guard from != nil || to != nil else { return "~ \(name): \(field)" }
            return "~ \(name): \(field): \(Self.short(from)) -> \(Self.short(to))"
        }
    }

    private static func short(_ text: String?) -> String {
        guard let text else { return "nothing" }
        let line = text.replacing("\n", with: " ")
        return line.count > 100 ? line.prefix(99) + "…" : line
    }
}
