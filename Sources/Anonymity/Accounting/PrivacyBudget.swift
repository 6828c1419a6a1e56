/// Why a release may not happen.
public enum BudgetProblem: Error, Hashable, Sendable {
    /// Not a ρ of zero or more with a δ below 1.
    case notACost
    /// One release asks for more than a single release may.
    case releaseTooDear(asked: PrivacyCost, limit: PrivacyCost)
    /// The year's budget does not hold it.
    case spent(asked: PrivacyCost, left: PrivacyCost, year: Int)
    /// The release is dated in a year before the one that is being counted.
    case yearIsOver(asked: Int, current: Int)
}

extension BudgetProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notACost: "A cost is a rho of zero or more and a delta below 1."
        case .releaseTooDear(let asked, let limit):
            "The release costs \(asked); one release may cost \(limit)."
        case .spent(let asked, let left, let year):
            "The privacy budget of \(year) has \(left) left; the release costs \(asked)."
        case .yearIsOver(let asked, let current): "The release is dated in \(asked), and \(current) is being counted."
        }
    }
}

/// What may be learned about any one member in a calendar year, and how much of it has been.
///
/// A value: who keeps it stores ``year`` and ``spent`` in the transaction that stores the release, before the release is
/// shown, so that a restart neither forgets a cost nor pays twice. zCDP adds up under adaptive composition (Bun and
/// Steinke 2016, lemma 2.3).
public struct PrivacyBudget: Hashable, Sendable {
    /// What a year may cost.
    public let yearly: PrivacyCost
    /// What one release may cost.
    public let perRelease: PrivacyCost
    /// The calendar year that ``spent`` counts.
    public private(set) var year: Int
    public private(set) var spent: PrivacyCost

    /// - Throws: ``BudgetProblem/notACost`` when an amount is negative.
    public init(
        yearly: PrivacyCost, perRelease: PrivacyCost, year: Int, spent: PrivacyCost = .zero
    ) throws(BudgetProblem) {
        for cost in [yearly, perRelease, spent] where !PrivacyCost.zero.fits(in: cost) { throw .notACost }
        self.yearly = yearly
        self.perRelease = perRelease
        self.year = year
        self.spent = spent
    }

    /// What is left; zero, never less, when a budget was lowered below what had been spent.
    public var left: PrivacyCost {
        PrivacyCost(
            rhoBillionths: max(yearly.rhoBillionths - spent.rhoBillionths, 0),
            deltaAttos: max(yearly.deltaAttos - spent.deltaAttos, 0))
    }

    /// Takes a release's cost, or changes nothing. A later year begins anew; an earlier one is refused, so that a clock
    /// that was put back opens no fresh budget.
    public mutating func spend(_ cost: PrivacyCost, year asked: Int) throws(BudgetProblem) {
        guard PrivacyCost.zero.fits(in: cost) else { throw .notACost }
        guard asked >= year else { throw .yearIsOver(asked: asked, current: year) }
        guard cost.fits(in: perRelease) else { throw .releaseTooDear(asked: cost, limit: perRelease) }
        var next = self
        if asked > year {
            next.year = asked
            next.spent = .zero
        }
        guard let total = next.spent.adding(cost), total.fits(in: yearly) else {
            throw .spent(asked: cost, left: next.left, year: asked)
        }
        next.spent = total
        self = next
    }
}
