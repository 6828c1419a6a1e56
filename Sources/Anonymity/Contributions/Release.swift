/// Why figures about members were not published.
public enum ReleaseProblem: Error, Hashable, Sendable {
    case budget(BudgetProblem)
    /// A sum does not fit 64 bits. It is refused: a sum that wrapped would have no sensitivity.
    case overflow
}

/// Figures about members that may be shown to anybody, as often as they like. Keep it and show what was kept: to
/// calculate it again would cost again, and averages would undo the noise.
public struct Release<Key: Hashable & Comparable & Sendable>: Sendable {
    /// One published figure.
    public struct Cell: Hashable, Sendable {
        public let key: Key
        /// The noisy sum, in units of which ``BoundedContribution/norm`` make one whole member.
        public let units: Int64

        /// The same in members; below zero where the noise was larger than the sum.
        public var members: Double { Double(units) / Double(BoundedContribution<Key>.norm) }
    }

    /// In ascending order of keys. What is absent had too few members or was held back by chance; which of the two is not
    /// told, and neither how many are absent.
    public let cells: [Cell]
    public let cost: PrivacyCost

    /// Bounds what each member contributes, adds up, selects, adds noise. The one way by which figures about members leave.
    ///
    /// The budget pays first: when it refuses, nothing is calculated.
    ///
    /// - Parameters:
    ///   - contributions: one entry for each member: the weights by key. Whoever calls sees to one entry per member, as
    ///     tokens do that are used up.
    ///   - year: the calendar year in which it is published.
    public static func release(
        contributions: some Sequence<[Key: UInt32]>, terms: ReleaseTerms, budget: inout PrivacyBudget, year: Int
    ) throws(ReleaseProblem) -> Release {
        var generator = SystemRandomNumberGenerator()
        return try release(
            contributions: contributions, terms: terms, budget: &budget, year: year, using: &generator)
    }

    /// The same with a generator of one's own: a seeded one is for tests and simulations alone.
    public static func release(
        contributions: some Sequence<[Key: UInt32]>, terms: ReleaseTerms, budget: inout PrivacyBudget, year: Int,
        using generator: inout some RandomNumberGenerator
    ) throws(ReleaseProblem) -> Release {
        let cost: PrivacyCost
        do {
            cost = try terms.cost
            try budget.spend(cost, year: year)
        } catch {
            throw .budget(error)
        }
        return Release(
            cells: try cells(
                contributions: contributions, selection: terms.selection, noise: terms.noise, using: &generator),
            cost: cost)
    }

    /// The same for what a durable ledger has already been charged: `paid` is the cost that was written there.
    ///
    /// - Throws: ``ReleaseProblem/budget(_:)`` with ``BudgetProblem/releaseTooDear(asked:limit:)`` when less was paid than
    ///   the terms cost.
    public static func release(
        contributions: some Sequence<[Key: UInt32]>, terms: ReleaseTerms, paid: PrivacyCost
    ) throws(ReleaseProblem) -> Release {
        var generator = SystemRandomNumberGenerator()
        return try release(contributions: contributions, terms: terms, paid: paid, using: &generator)
    }

    /// The same with a generator of one's own: a seeded one is for tests and simulations alone.
    public static func release(
        contributions: some Sequence<[Key: UInt32]>, terms: ReleaseTerms, paid: PrivacyCost,
        using generator: inout some RandomNumberGenerator
    ) throws(ReleaseProblem) -> Release {
        var budget: PrivacyBudget
        do {
            budget = try PrivacyBudget(yearly: paid, perRelease: paid, year: 0)
        } catch {
            throw .budget(error)
        }
        return try release(
            contributions: contributions, terms: terms, budget: &budget, year: 0, using: &generator)
    }

    static func cells(
        contributions: some Sequence<[Key: UInt32]>, selection: PartitionSelection, noise: DiscreteGaussian,
        using generator: inout some RandomNumberGenerator
    ) throws(ReleaseProblem) -> [Cell] {
        var sums: [Key: (members: Int, units: UInt64)] = [:]
        for weights in contributions {
            let bounded = BoundedContribution(weights, partitionsPerMember: selection.partitionsPerMember)
            for (key, units) in bounded.units {
                var sum = sums[key] ?? (0, 0)
                let (total, overflow) = sum.units.addingReportingOverflow(units)
                guard !overflow else { throw .overflow }
                sum = (sum.members + 1, total)
                sums[key] = sum
            }
        }
        var cells: [Cell] = []
        for (key, sum) in sums.sorted(by: { $0.key < $1.key })
        where selection.selects(members: sum.members, using: &generator) {
            guard let exact = Int64(exactly: sum.units) else { throw .overflow }
            let (noisy, overflow) = exact.addingReportingOverflow(noise.sample(using: &generator))
            guard !overflow else { throw .overflow }
            cells.append(Cell(key: key, units: noisy))
        }
        return cells
    }
}
