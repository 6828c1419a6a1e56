/// On what terms figures about members are published.
public struct ReleaseTerms: Hashable, Sendable {
    /// ρ of the noise.
    public let rho: Ratio
    /// What may be published, from how many members on.
    public let selection: PartitionSelection
    /// The noise that ``rho`` asks for, in units of ``BoundedContribution``: σ² = norm² / 2ρ.
    let noise: DiscreteGaussian

    /// - Throws: ``NoiseProblem`` when ρ is zero, at most 1 / 2^17, or has a numerator above 2^15 or
    ///   a denominator above 2^32.
    public init(rho: Ratio, selection: PartitionSelection) throws(NoiseProblem) {
        self.rho = rho
        self.selection = selection
        guard rho.numerator > 0 else { throw .zero(field: "rho") }
        guard rho.numerator <= 1 << 15 else { throw .outOfRange(field: "numerator of rho", maximum: 1 << 15) }
        guard rho.denominator <= 1 << 32 else { throw .outOfRange(field: "denominator of rho", maximum: 1 << 32) }
        let norm = BoundedContribution<Int>.norm
        noise = try DiscreteGaussian(variance: Ratio(norm * norm * rho.denominator, 2 * rho.numerator))
    }

    /// What a release on these terms costs: the noise's ρ, and for the selection ε²/2 with its δ, since (ε, δ)-differential
    /// privacy is δ-approximate ε²/2-zCDP (Bun and Steinke 2016, lemma 8.8).
    public var cost: PrivacyCost {
        get throws(BudgetProblem) {
            try PrivacyCost(
                rho: rho.value + selection.epsilon * selection.epsilon / 2, delta: selection.delta)
        }
    }
}
