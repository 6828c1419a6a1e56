public import Catalogue
public import Primitives

/// Whether a gate, or what stands before an item, opens for somebody now: pure functions of the facts.
///
/// Asking changes nothing. A meter opens a gate only where nothing else does, and says so, so that whoever shows the
/// content counts the opening.
public enum EntitlementCheck {
    /// A condition as it came out, with what it looked at: the proof of a decision.
    public struct Outcome: Sendable, Hashable {
        public var condition: Gate.Condition
        public var isMet: Bool
        /// Until when it is met, if it ends; for one that is not met, when it will be by itself.
        public var changesAt: Instant?
        /// What was there, and what is asked for, where both are numbers.
        public var has: Int64?
        public var needs: Int64?
        /// Of `any` and `all`, in order.
        public var parts: [Outcome]

        init(
            _ condition: Gate.Condition, _ isMet: Bool, changesAt: Instant? = nil, has: Int64? = nil,
            needs: Int64? = nil, parts: [Outcome] = []
        ) {
            self.condition = condition
            self.isMet = isMet
            self.changesAt = changesAt
            self.has = has
            self.needs = needs
            self.parts = parts
        }
    }

    /// What became of a gate.
    public struct GateDecision: Sendable, Hashable {
        public var gate: String
        public var isOpen: Bool
        /// The condition that opened it: the first that lasts longest.
        public var because: Gate.Condition?
        /// Until when, if it ends.
        public var until: Instant?
        /// Whether only the meter opened it: the opening must be counted.
        public var isMetered: Bool
        /// How many openings the meter has left in the period; `nil` without a meter.
        public var left: Int64?
        public var offers: [GateOffer]
        public var proof: Outcome
    }

    /// Why an item is open or not, beside its gates.
    public enum ItemReason: String, Sendable, Hashable {
        /// Every gate before it is open, or there is none.
        case open
        /// Open before its publication.
        case early
        /// A gate before it is closed.
        case gate
        /// The catalogue restricts it to subscribers or a tier, and no gate opens it.
        case restricted
        case notYet = "not-yet"
        case expired
        case notInRegion = "not-in-region"
        case withdrawn
        /// The catalogue does not know it. What is not known stays closed.
        case unknown
    }

    /// What became of an item.
    public struct ItemDecision: Sendable, Hashable {
        public var isOpen: Bool
        public var reason: ItemReason
        public var until: Instant?
        /// The gates before it, in the order of their names.
        public var gates: [GateDecision]
        public var offers: [GateOffer]
        /// The gates whose meters must count this opening.
        public var metered: [String] { isOpen ? gates.filter(\.isMetered).map(\.gate) : [] }
    }

    /// Decides about one gate.
    public static func decide(_ gate: Gate, _ facts: GateFacts) -> GateDecision {
        let outcome = evaluate(.any(gate.opens), gate, facts, meters: false)
        let metered = outcome.isMet || gate.meter == nil ? nil : evaluate(.any(gate.opens), gate, facts, meters: true)
        let proof = metered ?? outcome
        let best = proof.parts.filter(\.isMet).max { left, right in
            (left.changesAt ?? .latest) < (right.changesAt ?? .latest)
        }
        return GateDecision(
            gate: gate.id, isOpen: proof.isMet, because: proof.isMet ? best?.condition : nil,
            until: proof.isMet ? best?.changesAt : nil, isMetered: metered?.isMet ?? false,
            left: gate.meter.map { max(0, $0.free - facts.uses(of: gate.id, per: $0.per).count) },
            offers: proof.isMet ? [] : GateOffer.all(for: proof, of: gate, facts), proof: proof)
    }

    /// Decides about one item: what the catalogue says of it, then the gates that stand before it.
    ///
    /// - Parameter item: as the catalogue knows it; `nil` if it does not.
    public static func decide(_ item: Item?, _ facts: GateFacts, viewer: Viewer) -> ItemDecision {
        guard let item else { return closed(.unknown) }
        let before = facts.programme.programme.gates.filter { $0.scope?.contains(item) ?? false }
        switch item.availability(for: viewer, at: facts.now) {
        case .stub: return closed(.unknown)
        case .withdrawn: return closed(.withdrawn)
        case .expired: return closed(.expired)
        case .notInRegion: return closed(.notInRegion)
        case .openEarly(_, let until):
            return ItemDecision(isOpen: true, reason: .early, until: until, gates: [], offers: [])
        case .notYet(let from, let early):
            let gates = before.filter { $0.scope?.isEarly ?? false }
            let isWindow = early.map { facts.now >= $0.from } ?? false
            guard isWindow, !gates.isEmpty else {
                var offers = early.map { GateOffer.all(for: $0.audience, facts) } ?? []
                if let early, facts.now < early.from { offers = [] }
                return closed(.notYet, offers: offers + [.wait(until: from)])
            }
            var decision = decide(gates, facts, opened: .early)
            if decision.isOpen { decision.until = min(decision.until ?? from, from) }
            return decision
        case .restricted(let access):
            let gates = before.filter { !($0.scope?.isEarly ?? false) }
            guard gates.isEmpty else { return decide(gates, facts, opened: .open) }
            guard case .tier(let name) = access else { return closed(.restricted) }
            return closed(.restricted, offers: GateOffer.all(for: .tier(name), facts))
        case .open:
            var decision = decide(before.filter { !($0.scope?.isEarly ?? false) }, facts, opened: .open)
            if decision.isOpen, let end = item.content.expiresAt { decision.until = min(decision.until ?? end, end) }
            return decision
        }
    }

    /// Decides about several gates that all must open.
    public static func decide(_ gates: [Gate], _ facts: GateFacts, opened: ItemReason) -> ItemDecision {
        let decisions = gates.map { decide($0, facts) }
        let isOpen = decisions.allSatisfy(\.isOpen)
        let shut = decisions.filter { !$0.isOpen }
        // What opens one of two closed gates does not open the item.
        return ItemDecision(
            isOpen: isOpen, reason: isOpen ? opened : .gate,
            until: isOpen ? decisions.compactMap(\.until).min() : nil, gates: decisions,
            offers: shut.count == 1 ? shut[0].offers : [])
    }

    private static func closed(_ reason: ItemReason, offers: [GateOffer] = []) -> ItemDecision {
        ItemDecision(isOpen: false, reason: reason, until: nil, gates: [], offers: offers)
    }

    // MARK: Conditions

    /// - Parameter meters: whether meters may open it.
    private static func evaluate(
        _ condition: Gate.Condition, _ gate: Gate, _ facts: GateFacts, meters: Bool
    ) -> Outcome {
        switch condition {
        case .any(let parts):
            let outcomes = parts.map { evaluate($0, gate, facts, meters: meters) }
            let met = outcomes.filter(\.isMet)
            // Met as long as one of them is; otherwise as soon as the first will be.
            let ends = met.contains { $0.changesAt == nil } ? nil : met.compactMap(\.changesAt).max()
            let begins = outcomes.compactMap(\.changesAt).min()
            return Outcome(condition, !met.isEmpty, changesAt: met.isEmpty ? begins : ends, parts: outcomes)
        case .all(let parts):
            let outcomes = parts.map { evaluate($0, gate, facts, meters: meters) }
            let shut = outcomes.filter { !$0.isMet }
            let ends = outcomes.compactMap(\.changesAt).min()
            // It opens by itself only if all that is closed does, and nothing that is open ends before.
            let begins = shut.contains { $0.changesAt == nil } ? nil : shut.compactMap(\.changesAt).max()
            let lasts = outcomes.filter(\.isMet).compactMap(\.changesAt).min() ?? .latest
            return Outcome(
                condition, shut.isEmpty, changesAt: shut.isEmpty ? ends : begins.flatMap { $0 < lasts ? $0 : nil },
                parts: outcomes)
        case .tier(let name):
            let ladder = facts.missing(to: name)
            return Outcome(
                condition, facts.has(tier: name), has: ladder.map { $0.at - $0.amount }, needs: ladder?.at)
        case .badge(let name): return Outcome(condition, facts.state?.badges[name] != nil)
        case .entitlement(let name):
            let grant = facts.grant(name)
            return Outcome(condition, grant != nil, changesAt: grant?.expiresAt)
        case .balance(let unit, let least):
            let has = facts.spendable(unit)
            return Outcome(condition, has >= least, has: has, needs: least)
        case .trait(let name, let value):
            let has = facts.state?.traits[name]
            return Outcome(condition, has.map { matches($0, value) } ?? false)
        case .reward(let name): return Outcome(condition, facts.handedOut(name) > 0)
        case .window(let from, let until):
            if let from, facts.now < from { return Outcome(condition, false, changesAt: from) }
            if let until, facts.now >= until { return Outcome(condition, false) }
            return Outcome(condition, true, changesAt: until)
        case .meter(let free, let per):
            let (count, ends) = facts.uses(of: gate.id, per: per)
            let isMet = facts.opened.contains(gate.id) || (meters && count < free)
            return Outcome(condition, isMet, changesAt: ends, has: count, needs: free)
        case .when(let source): return Outcome(condition, facts.holds(source))
        }
    }

    /// Whether a trait has a value, or a list of a trait holds it.
    private static func matches(_ trait: JSONValue, _ value: JSONValue) -> Bool {
        if case .array(let values) = trait { return values.contains(value) }
        return trait == value
    }
}
