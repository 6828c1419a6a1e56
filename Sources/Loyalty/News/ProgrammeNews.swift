import Primitives

/// What a version of a programme changed for its members: only what they notice, thing by thing.
public struct ProgrammeNews: Sendable, Hashable {
    public struct Item: Sendable, Hashable {
        public enum Thing: String, Sendable, Hashable, CaseIterable {
            case unit, tier, rule, challenge, streak, reward, leaderboard, gate, badge
        }

        public enum Change: Sendable, Hashable {
            case came
            case went
            /// What it gives, or costs.
            case gives(from: Int64, to: Int64, unit: String)
            case costs(from: Int64, to: Int64, unit: String)
            /// How much must be done for it, or reached.
            case asks(from: Int64, to: Int64)
            /// How long points stay.
            case lasts
            /// Anything else that it says of itself.
            case terms
        }

        public var thing: Thing
        public var id: String
        /// What members know it by: its name, or for a rule what it thanks for.
        public var name: LocalizedText
        public var change: Change
        /// Whether somebody has less by it.
        public var takesAway: Bool
    }

    /// What changed from one version to the next, in the order in which a programme is read.
    public let items: [Item]

    public init(from old: Programme, to new: Programme) {
        var items: [Item] = []
        Self.units(old, new, &items)
        Self.tiers(old, new, &items)
        Self.compare(.rule, old.rules, new.rules, \.id, \.why, &items) { before, after in
            Self.gives(before.effects, after.effects)
                ?? (before.trigger == after.trigger && before.condition == after.condition
                    && before.limits == after.limits && before.cooldown == after.cooldown
                    && before.validUntil == after.validUntil && before.effects == after.effects
                    && before.awardTerms == after.awardTerms ? nil : (.terms, false))
        }
        Self.compare(.challenge, old.challenges, new.challenges, \.id, \.name, &items) { before, after in
            if before.target != after.target {
                return (.asks(from: before.target, to: after.target), after.target > before.target)
            }
            if let gives = Self.gives(before.reward, after.reward) { return gives }
            var same = after
            same.name = before.name
            same.why = before.why
            return same == before ? nil : (.terms, false)
        }
        Self.compare(.streak, old.streaks, new.streaks, \.id, \.name, &items) { before, after in
            var same = after
            same.name = before.name
            same.why = before.why
            same.repairs = before.repairs
            return same == before ? nil : (.terms, false)
        }
        Self.compare(.reward, old.rewards, new.rewards, \.id, \.name, &items) { before, after in
            if before.isWithdrawn != after.isWithdrawn { return (after.isWithdrawn ? .went : .came, after.isWithdrawn) }
            if before.price != after.price {
                return (
                    .costs(from: before.price, to: after.price, unit: after.unit),
                    after.price > before.price
                )
            }
            var same = after
            same.name = before.name
            same.text = before.text
            return same == before ? nil : (.terms, false)
        }
        Self.compare(.leaderboard, old.leaderboards, new.leaderboards, \.id, \.name, &items) { before, after in
            var same = after
            same.name = before.name
            same.why = before.why
            return same == before ? nil : (.terms, false)
        }
        // A gate that comes closes something, one that goes opens it.
        Self.compare(.gate, old.gates, new.gates, \.id, \.name, takesAway: .came, &items) { before, after in
            before.scope == after.scope && before.opens == after.opens ? nil : (.terms, false)
        }
        Self.compare(.badge, old.badges, new.badges, \.id, \.name, &items) { _, _ in nil }
        // What nobody knows of is no news.
        let secret = Set((old.badges + new.badges).filter { $0.hidden != nil }.map(\.id))
        self.items = items.filter { $0.thing != .badge || !secret.contains($0.id) }
    }

    public var takesAway: Bool { items.contains(where: \.takesAway) }

    // MARK: Comparing

    private static func compare<Thing>(
        _ kind: Item.Thing, _ old: [Thing], _ new: [Thing], _ id: (Thing) -> String, _ name: (Thing) -> LocalizedText,
        takesAway loss: Item.Change = .went, _ items: inout [Item],
        _ change: (Thing, Thing) -> (Item.Change, Bool)?
    ) {
        let before = Dictionary(old.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
        for key in Set(before.keys).union(after.keys).sorted() {
            func add(_ thing: Thing, _ change: Item.Change, _ takesAway: Bool) {
                items.append(Item(thing: kind, id: key, name: name(thing), change: change, takesAway: takesAway))
            }
            switch (before[key], after[key]) {
            case (nil, let new?): add(new, .came, loss == .came)
            case (let old?, nil): add(old, .went, loss == .went)
            case (let old?, let new?):
                if let (change, takesAway) = change(old, new) { add(new, change, takesAway) }
            case (nil, nil): break
            }
        }
    }

    /// The first award whose amount changed.
    private static func gives(_ old: [Effect], _ new: [Effect]) -> (Item.Change, Bool)? {
        func awards(_ effects: [Effect]) -> [String: Int64] {
            var amounts: [String: Int64] = [:]
            for case .award(let text, let unit) in effects {
                guard let amount = Int64(text) else { continue }
                amounts[unit, default: 0] += amount
            }
            return amounts
        }
        let (before, after) = (awards(old), awards(new))
        for unit in Set(before.keys).union(after.keys).sorted() where before[unit] != after[unit] {
            let (from, to) = (before[unit] ?? 0, after[unit] ?? 0)
            return (.gives(from: from, to: to, unit: unit), to < from)
        }
        return nil
    }

    private static func units(_ old: Programme, _ new: Programme, _ items: inout [Item]) {
        func days(_ term: ExpiryTerm?) -> Int? {
            switch term {
            case nil, .never: nil
            case .after(.days(let days), _): days
            case .after(.months(let months), _): months * 30
            case .after(.milliseconds(let amount), _): Int(clamping: amount / 86_400_000)
            default: 0
            }
        }
        compare(.unit, old.units, new.units, \.id, \.name, &items) { before, after in
            if before.expires != after.expires {
                let shorter = days(after.expires).map { to in days(before.expires).map { to < $0 } ?? true } ?? false
                return (.lasts, shorter)
            }
            return before.pending == after.pending && before.transfers == after.transfers ? nil : (.terms, false)
        }
    }

    private static func tiers(_ old: Programme, _ new: Programme, _ items: inout [Item]) {
        compare(
            .tier, old.tiers?.tiers ?? [], new.tiers?.tiers ?? [], \.id, \.name, &items
        ) { before, after in
            if before.at != after.at, !before.isInvited, !after.isInvited {
                return (.asks(from: before.at, to: after.at), after.at > before.at)
            }
            if before.gives != after.gives { return (.terms, !Set(before.gives).isSubset(of: after.gives)) }
            return old.tiers?.cycle == new.tiers?.cycle ? nil : (.terms, false)
        }
    }
}
