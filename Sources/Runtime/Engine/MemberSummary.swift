public import Loyalty
public import Primitives

/// What a member sees of themselves at one moment: computed from the stored state, exact at the time it is read.
public struct MemberSummary: Sendable {
    public struct Balance: Sendable, Hashable {
        public var unit: String
        public var spendable: Int64
        public var pending: Int64
        public var held: Int64
        /// What is owed after a reversal of points that were spent; what is earned next pays it off.
        public var owed: Int64 = 0
        /// The next pending points to become spendable by themselves, if any.
        public var nextActivation: (amount: Int64, at: Instant)?
        /// What is open, in spending order.
        public var lots: [Lot] = []
        /// What expires next, if anything.
        public var nextExpiry: (amount: Int64, at: Instant)?

        public static func == (left: Balance, right: Balance) -> Bool {
            left.unit == right.unit && left.spendable == right.spendable && left.pending == right.pending
                && left.held == right.held && left.nextExpiry?.amount == right.nextExpiry?.amount
                && left.nextExpiry?.at == right.nextExpiry?.at && left.owed == right.owed && left.lots == right.lots
                && left.nextActivation?.amount == right.nextActivation?.amount
                && left.nextActivation?.at == right.nextActivation?.at
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(unit)
            hasher.combine(spendable)
        }
    }

    public struct ChallengeProgress: Sendable, Hashable {
        public var challenge: String
        public var count: Int64
        public var target: Int64
        public var period: PeriodUnit
        /// When the period ends; `nil` for challenges without end.
        public var endsAt: Instant?
        /// In how many periods it was completed.
        public var completions: Int64
        public var isComplete: Bool { count >= target }
    }

    public struct RewardState: Sendable, Hashable {
        public var reward: String
        /// The part of the price that the member has, from 0 to 1.
        public var share: Double
        public var canRedeem: Bool
        public var conditionMet: Bool
        public var redeemed: Int64
    }

    public var member: MemberID
    public var profile: MemberProfile
    public var isKnown: Bool
    public var tier: String
    public var nextTier: (id: String, missing: Int64)?
    public var balances: [Balance]
    public var challenges: [ChallengeProgress]
    public var badges: [String: BadgeGrant]
    public var entitlements: [String: EntitlementGrant]
    public var traits: [String: JSONValue]
    public var rewards: [RewardState]
    public var openHolds: [Hold]
    public var day: Int32

    /// - Parameter stock: how many are left of each reward with an end.
    public init(
        _ state: MemberState, programme: CompiledProgramme, offsets: any ZoneOffsets, now: Instant,
        stockLeft: [String: Int64] = [:]
    ) {
        let calendar = programme.calendar(of: state.profile, offsets: offsets)
        let day = calendar.day(of: now)
        self.day = day
        member = state.id
        profile = state.profile
        isKnown = state.isStored
        tier = state.tier(in: programme)
        if let ladder = programme.programme.tiers {
            let standing = state.standing(ladder.unit)
            nextTier = ladder.tiers.first { $0.at > standing.effective }.map { ($0.id, $0.at - standing.credits) }
        }
        balances = programme.programme.units.map { unit in
            let lots = state.wallet.lots.filter { $0.unit == unit.id && $0.remaining > 0 }
            let spendable = state.wallet.spendable(unit.id, at: now)
            let pending = lots.reduce(Int64(0)) { sum, lot in
                sum + (lot.isPending(at: now) ? lot.remaining : 0)
            }
            func next(_ date: (Lot) -> Instant?) -> (amount: Int64, at: Instant)? {
                let coming = lots.filter { date($0).map { $0 > now } ?? false }
                guard let at = coming.compactMap(date).min() else { return nil }
                return (coming.reduce(0) { $0 + (date($1) == at ? $1.remaining : 0) }, at)
            }
            return Balance(
                unit: unit.id, spendable: spendable, pending: pending,
                held: state.wallet.balance(unit.id, .held), owed: state.wallet.owed(unit.id),
                nextActivation: next { $0.terms?.awaits == nil ? $0.activeAt : nil },
                lots: lots.filter { $0.expiresAt.map { $0 > now } ?? true }.sorted(by: Lot.spendsBefore),
                nextExpiry: next(\.expiresAt))
        }
        challenges = programme.programme.challenges.map { challenge in
            let counter = state.counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty
            let days = calendar.periods.days(of: challenge.every, containing: day)
            return ChallengeProgress(
                challenge: challenge.id, count: counter.count(in: days), target: challenge.target,
                period: challenge.every, endsAt: challenge.every == .ever ? nil : calendar.start(of: days.upperBound),
                completions: state.completions(of: challenge.id))
        }
        badges = state.badges
        entitlements = state.entitlements.filter { $0.value.expiresAt.map { $0 > now } ?? true }
        traits = state.traits
        rewards = programme.programme.rewards.map { reward in
            let spendable = state.wallet.spendable(reward.unit, at: now)
            let met =
                programme.rewards[reward.id]?.allows(state, in: programme, day: day, now: now) ?? false
            let redeemed = state.redeemed[reward.id] ?? 0
            let isOpen =
                (reward.validFrom.map { $0 <= now } ?? true) && (reward.validUntil.map { $0 > now } ?? true)
                && (reward.perMember.map { redeemed < $0 } ?? true) && (stockLeft[reward.id].map { $0 > 0 } ?? true)
            return RewardState(
                reward: reward.id, share: reward.price <= 0 ? 1 : min(1, Double(spendable) / Double(reward.price)),
                canRedeem: met && isOpen && spendable >= reward.price, conditionMet: met, redeemed: redeemed)
        }
        openHolds = state.wallet.holds.filter { $0.expiresAt > now }
    }
}
