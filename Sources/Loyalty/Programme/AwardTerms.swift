/// What one award of a rule says otherwise than its rule and its unit do, and what a member's tier makes of it.
///
/// Which tier a member is in is a question of the moment (decision 0002): the amount and the terms are those of the tier
/// in which the member is when the event is decided. What was given keeps them.
public struct AwardTerms: Sendable, Hashable {
    /// When it becomes spendable; `nil`: as the rule and the unit say.
    public var pending: PendingTerm?
    /// When it expires; `nil`: as the rule and the unit say.
    public var expires: ExpiryTerm?
    public var tiers: [ForTier]

    /// What holds for a tier and for those above it that have nothing of their own.
    public struct ForTier: Sendable, Hashable {
        public var tier: String
        /// What the amount is multiplied by, in hundredths; a fraction of a point is cut off.
        public var hundredths: Int64
        public var pending: PendingTerm?
        public var expires: ExpiryTerm?

        public init(
            tier: String, hundredths: Int64 = AwardTerms.once, pending: PendingTerm? = nil, expires: ExpiryTerm? = nil
        ) {
            self.tier = tier
            self.hundredths = hundredths
            self.pending = pending
            self.expires = expires
        }
    }

    /// The amount as it is.
    public static let once: Int64 = 100
    /// What may be multiplied by: from nothing to a hundred times.
    public static let hundredths: ClosedRange<Int64> = 0...10_000

    public init(pending: PendingTerm? = nil, expires: ExpiryTerm? = nil, tiers: [ForTier] = []) {
        self.pending = pending
        self.expires = expires
        self.tiers = tiers
    }

    /// What holds for a member of `tier`: the nearest tier at or below it that is named.
    ///
    /// - Parameter ladder: the tiers, lowest first.
    func ofTier(_ tier: String, ladder: [TierLadder.Tier]) -> ForTier? {
        guard !tiers.isEmpty, let place = ladder.firstIndex(where: { $0.id == tier }) else { return nil }
        for level in ladder[...place].reversed() {
            if let own = tiers.first(where: { $0.tier == level.id }) { return own }
        }
        return nil
    }

    /// All terms that it may give, of itself and of tiers.
    var all: [(pending: PendingTerm?, expires: ExpiryTerm?)] {
        [(pending, expires)] + tiers.map { ($0.pending, $0.expires) }
    }

    /// What tiers multiply by.
    var factors: [String: Int64] {
        Dictionary(tiers.map { ($0.tier, $0.hundredths) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether a tier changes the amount.
    var multiplies: Bool { tiers.contains { $0.hundredths != Self.once } }
}

extension Rule {
    /// The rule as it is for one of its awards and a member of `tier`: with the terms that apply.
    func terms(ofAward index: Int, tier: @autoclosure () -> String, ladder: [TierLadder.Tier]) -> Rule {
        var rule = self
        rule.awardTerms = [:]
        guard let own = awardTerms[index] else { return rule }
        let ofTier = own.tiers.isEmpty ? nil : own.ofTier(tier(), ladder: ladder)
        rule.pending = ofTier?.pending ?? own.pending ?? pending
        rule.expires = ofTier?.expires ?? own.expires ?? expires
        return rule
    }
}
