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

    public struct RewardState: Sendable, Hashable {
        public var reward: String
        /// The part of the price that the member has, from 0 to 1.
        public var share: Double
        public var canRedeem: Bool
        public var conditionMet: Bool
        public var redeemed: Int64
        /// What one costs this member, in the standard unit.
        public var price: Int64
        /// What the smallest redemption costs this member, in each unit that is accepted.
        public var prices: [Reward.UnitAmount]
        /// How many are left for anybody; `nil` for no end.
        public var left: Int64?
        /// How many are set aside for this member by the waiting list.
        public var offered: Int64
        public var isWished: Bool
        /// Why the member cannot have it now, the first reason first; empty if they can.
        public var whyNot: [CommandProblem]

        /// Whether the member has had as many as one may have.
        public var isLimited: Bool {
            whyNot.contains { problem in
                switch problem {
                case .perMemberLimit, .reward(.periodLimit): true
                default: false
                }
            }
        }
    }

    public var member: MemberID
    public var profile: MemberProfile
    public var isKnown: Bool
    public var tier: String
    public var nextTier: (id: String, missing: Int64)?
    /// `nil` if the programme has no levels.
    public var level: Int?
    /// What the next level needs; `nil` at the highest.
    public var nextLevelAt: Int64?
    /// `nil` in a programme without tiers.
    public var tierStatus: TierStatus?
    /// Invitations to tiers, whatever became of them.
    public var invitations: [TierInvitation]
    public var balances: [Balance]
    public var challenges: [ChallengeProgress]
    public var streaks: [StreakState]
    /// The pause of streaks that goes on or lies ahead.
    public var streakPause: DaySpan?
    public var badges: [String: BadgeGrant]
    public var entitlements: [String: EntitlementGrant]
    public var traits: [String: JSONValue]
    public var rewards: [RewardState]
    public var openHolds: [Hold]
    /// All redemptions under this record, open or ended.
    public var redemptions: [RedemptionRecord]
    /// Records that this one took over and that have redemptions of their own.
    public var absorbed: [MemberID]
    public var day: Int32
    public var quizzes: [QuizStanding]
    public var contests: [ContestStanding]

    /// - Parameter book: what all members share in the rewards.
    public init(
        _ state: MemberState, programme: CompiledProgramme, offsets: any ZoneOffsets, now: Instant,
        book: RewardBook = RewardBook()
    ) {
        let calendar = programme.calendar(of: state.profile, offsets: offsets)
        let day = calendar.day(of: now)
        self.day = day
        member = state.id
        profile = state.profile
        isKnown = state.isStored
        tierStatus = state.tierStatus(in: programme, today: day)
        tier = tierStatus?.tier ?? ""
        nextTier = tierStatus?.next
        invitations = (programme.programme.tiers?.tiers ?? []).compactMap { state.invitation(to: $0.id) }
        balances = programme.programme.units.map { unit in
            let lots = state.wallet.lots.filter { lot in
                lot.unit == unit.id && lot.remaining > 0 && !lot.isOver(at: now)
            }
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
                lots: lots.sorted(by: Lot.spendsBefore),
                nextExpiry: next(\.expiresAt))
        }
        challenges = programme.programme.challenges.map { ChallengeProgress($0, state, calendar, day: day) }
        if programme.programme.levels != nil {
            level = state.level
            nextLevelAt = programme.levels.dropFirst(state.level).first
        }
        streaks = programme.programme.streaks.map { StreakState($0, state, programme, calendar, day: day) }
        streakPause = state.streakPause(today: day)
        badges = state.badges
        entitlements = state.entitlements.filter { $0.value.expiresAt.map { $0 > now } ?? true }
        entitlements.merge(state.tierEntitlements(in: programme, calendar: calendar, today: day)) { own, tiers in
            (own.expiresAt ?? .latest) >= (tiers.expiresAt ?? .latest) ? own : tiers
        }
        traits = state.declaredTraits
        let context = DecisionContext(programme: programme, profile: state.profile, offsets: offsets, now: now)
        rewards = programme.programme.rewards.map { reward in
            Self.state(of: reward, state, programme, book, context)
        }
        quizzes = programme.programme.quizzes.compactMap { quiz in
            programme.quizzes[quiz.id].map { state.standing(of: $0, context) }
        }
        contests = programme.programme.contests.compactMap { contest in
            programme.contests[contest.id].map { state.standing(of: $0, context) }
        }
        redemptions = state.redemptions.values.sorted { ($0.day, $0.id) > ($1.day, $1.id) }
        absorbed = state.absorbedRecords
        openHolds = state.wallet.holds.filter { $0.expiresAt > now && !$0.isGift }
    }

    private static func state(
        of reward: Reward, _ state: MemberState, _ programme: CompiledProgramme, _ book: RewardBook,
        _ context: DecisionContext
    ) -> RewardState {
        let choice = RedemptionChoice(quantity: reward.quantity.lowerBound)
        // With slots, the one with the most places left stands for all.
        let slots = reward.allSlots.filter { $0.day >= context.programmeDay }
        let shelves =
            slots.isEmpty
            ? [book.shelf(reward, slot: "", for: state.id, at: context.now)]
            : slots.map { book.shelf(reward, slot: $0.id, for: state.id, at: context.now) }
        let shelf = shelves.max { ($0.available ?? .max) < ($1.available ?? .max) } ?? RewardShelf()
        let price = state.price(of: reward, choice, context)?.amount ?? reward.price
        let prices = reward.prices.compactMap { other in
            state.price(of: reward, RedemptionChoice(quantity: choice.quantity, unit: other.unit), context)
        }
        let spendable = state.wallet.spendable(reward.unit, at: context.now)
        var whyNot: [CommandProblem] = []
        var met = false
        if let compiled = programme.rewards[reward.id] {
            whyNot = state.obstacles(compiled, choice, chosen: false, shelf: shelf, context)
            met = compiled.allows(
                state, in: programme, day: context.calendar.day(of: context.now), now: context.now)
        }
        if !state.canPay(for: reward, choice, context) {
            whyNot.append(
                .ledger(.insufficient(unit: reward.unit, needed: price, spendable: max(0, spendable))))
        }
        return RewardState(
            reward: reward.id, share: price <= 0 ? 1 : min(1, Double(max(0, spendable)) / Double(price)),
            canRedeem: whyNot.isEmpty, conditionMet: met, redeemed: state.redeemed(reward.id), price: price,
            prices: prices,
            left: slots.isEmpty
                ? shelf.left : shelves.compactMap(\.left).reduce(0) { $0 + max(0, $1) },
            offered: shelves.reduce(0) { $0 + $1.offered }, isWished: state.wishes.contains(reward.id),
            whyNot: whyNot)
    }
}
