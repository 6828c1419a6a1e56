/// What a release costs: δ-approximate ρ-zCDP (Bun and Steinke 2016), in whole billionths of ρ and whole 10^-18 of δ, so
/// that a ledger adds up to the last digit. Costs add.
public struct PrivacyCost: Hashable, Sendable {
    /// ρ in billionths.
    public var rhoBillionths: Int64
    /// δ in units of 10^-18: what the zCDP bound may fail with, as partition selection does.
    public var deltaAttos: Int64

    public static let zero = PrivacyCost(rhoBillionths: 0, deltaAttos: 0)

    public init(rhoBillionths: Int64, deltaAttos: Int64 = 0) {
        self.rhoBillionths = rhoBillionths
        self.deltaAttos = deltaAttos
    }

    /// Rounded up, so that no cost is understated.
    ///
    /// - Throws: ``BudgetProblem/notACost`` for a negative or unthinkably large ρ or a δ of 1 or more.
    public init(rho: Double, delta: Double = 0) throws(BudgetProblem) {
        guard rho >= 0, rho < 1e9, delta >= 0, delta < 1 else { throw .notACost }
        self.init(rhoBillionths: Self.roundedUp(rho * 1e9), deltaAttos: Self.roundedUp(delta * 1e18))
    }

    /// Up to a whole number, unless it is one but for the last bits of a multiplication.
    private static func roundedUp(_ units: Double) -> Int64 {
        let nearest = units.rounded()
        return Int64(abs(units - nearest) <= nearest * 0x1p-50 ? nearest : units.rounded(.up))
    }

    /// ρ in whole millionths, rounded up: for a ledger that counts in those.
    public var rhoMillionths: Int64 {
        let (whole, rest) = rhoBillionths.quotientAndRemainder(dividingBy: 1_000)
        return whole + (rest > 0 ? 1 : 0)
    }

    public var rho: Double { Double(rhoBillionths) / 1e9 }
    public var delta: Double { Double(deltaAttos) / 1e18 }

    /// The sum of two costs; nil where it does not fit.
    public func adding(_ other: PrivacyCost) -> PrivacyCost? {
        let (rho, tooMuch) = rhoBillionths.addingReportingOverflow(other.rhoBillionths)
        let (delta, tooLikely) = deltaAttos.addingReportingOverflow(other.deltaAttos)
        return tooMuch || tooLikely ? nil : PrivacyCost(rhoBillionths: rho, deltaAttos: delta)
    }

    /// Whether this is at most the other in both parts.
    func fits(in other: PrivacyCost) -> Bool {
        rhoBillionths <= other.rhoBillionths && deltaAttos <= other.deltaAttos
    }
}

extension PrivacyCost: CustomStringConvertible {
    public var description: String { "rho \(rho) and delta \(delta)" }
}
