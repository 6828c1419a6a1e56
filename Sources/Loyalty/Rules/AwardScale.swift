import CEL

/// What tiers multiply an award by, worked out once for every tier of the ladder.
struct AwardScale: Sendable {
    /// Where the member's tier stands in the frame.
    let slot: Int
    /// By tier, in hundredths; a tier that is not here has the amount as it is.
    private let hundredths: [String: Int64]

    /// What a decision must know for it.
    static let reads = AttributePath("member.tier")

    /// `nil` where no tier changes the amount.
    init?(_ terms: AwardTerms?, layout: FrameLayout, ladder: [TierLadder.Tier]) {
        guard let terms, terms.multiplies, let slot = layout.slot("member.tier") else { return nil }
        self.slot = slot
        hundredths = Dictionary(
            ladder.map { ($0.id, terms.ofTier($0.id, ladder: ladder)?.hundredths ?? AwardTerms.once) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The amount for a member of a tier, a fraction cut off.
    func amount(_ amount: Int64, tier: String) -> Int64 { Self.times(amount, hundredths[tier] ?? AwardTerms.once) }

    /// The amount for the member of a frame; as it is where the frame does not say the tier.
    func amount(_ amount: Int64, _ frame: Frame) -> Int64 {
        guard case .string(let tier)? = frame[slot] else { return amount }
        return self.amount(amount, tier: tier)
    }

    /// What an amount may come to, whatever the tier.
    func amounts(_ amount: Int64) -> Set<Int64> {
        Set(hundredths.values.map { Self.times(amount, $0) } + [amount])
    }

    private static func times(_ amount: Int64, _ hundredths: Int64) -> Int64 {
        let (product, overflow) = amount.multipliedReportingOverflow(by: hundredths)
        return overflow ? .max : product / 100
    }
}
