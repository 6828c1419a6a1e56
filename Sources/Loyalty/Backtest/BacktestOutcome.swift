public import Primitives

/// What a programme did over a history.
public struct BacktestOutcome: Sendable, Hashable {
    /// What one rule, challenge or streak gave of one unit.
    public struct Source: Sendable, Hashable {
        public var awards: Int64 = 0
        /// Awards less corrections.
        public var amount: Int64 = 0
        /// Refusals that were explained: at most one a day, member and rule.
        public var refusals: Int64 = 0

        public init() {}
    }

    public struct Unit: Sendable, Hashable {
        /// By rule, challenge or streak.
        public var sources: [String: Source] = [:]
        public var expired: Int64 = 0
        /// What members hold at the end, pending included.
        public var outstanding: Int64 = 0
        /// What each member holds at the end.
        public var holdings: [MemberID: Int64] = [:]

        public init() {}

        /// What it cost: awards less corrections.
        public var issued: Int64 { sources.values.reduce(0) { $0 + $1.amount } }
    }

    public var events: Int64 = 0
    public var duplicates: Int64 = 0
    /// Events that do not fit their declaration, by what is wrong with them.
    public var refused: [String: Int64] = [:]
    public var members: Int64 = 0
    /// Members of whom nothing can be said, because an amount left the range of the ledger.
    public var failed: Int64 = 0
    public var units: [String: Unit] = [:]
    /// Who holds which badge at the end.
    public var badges: [String: Set<MemberID>] = [:]
    /// How often each member completed a challenge.
    public var challenges: [String: [MemberID: Int64]] = [:]
    /// The longest run of each member, in periods.
    public var streaks: [String: [MemberID: Int64]] = [:]
    /// The tier of each member at the end; empty without one.
    public var tiers: [MemberID: String] = [:]

    public init() {}

    mutating func note(_ effect: AppliedEffect) {
        switch effect.kind {
        case .award, .correction:
            var source = units[effect.subject, default: .init()].sources[effect.source, default: .init()]
            if effect.kind == .award { source.awards += 1 }
            source.amount += effect.amount
            units[effect.subject, default: .init()].sources[effect.source] = source
        case .refused:
            units[effect.subject, default: .init()].sources[effect.source, default: .init()].refusals += 1
        default: break
        }
    }

    mutating func note(_ state: MemberState, in programme: CompiledProgramme, today: Int32) {
        for unit in programme.programme.units {
            let held =
                state.wallet.balance(unit.id, .active) + state.wallet.balance(unit.id, .pending)
                + state.wallet.balance(unit.id, .held)
            guard held != 0 else { continue }
            units[unit.id, default: .init()].outstanding += held
            units[unit.id, default: .init()].holdings[state.id] = held
        }
        for badge in state.badges.keys { badges[badge, default: []].insert(state.id) }
        for challenge in programme.programme.challenges {
            let count = state.completions(of: challenge)
            if count > 0 { challenges[challenge.id, default: [:]][state.id] = count }
        }
        for streak in programme.programme.streaks {
            let longest = Int64(state.streak(streak, programme, today: today).longest)
            if longest > 0 { streaks[streak.id, default: [:]][state.id] = longest }
        }
        if programme.programme.tiers != nil { tiers[state.id] = state.tier(in: programme, today: today) }
    }
}
