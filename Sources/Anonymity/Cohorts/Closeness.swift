/// t-closeness (Li, Li and Venkatasubramanian 2007) on declared sensitive categories: how far a persona's share of each
/// category lies from the population's (G3).
public struct Closeness: Hashable, Sendable {
    /// The largest gap of a persona that may be shown.
    public static let threshold = 0.1

    /// For each persona the largest absolute difference, over categories, of its share and the population's; 0 for an
    /// empty one.
    public let gaps: [Double]

    /// Personas above the threshold: their members get the generic persona.
    public var violating: [Int] { gaps.indices.filter { gaps[$0] > Self.threshold } }
    /// The share of personas above the threshold.
    public var violatingShare: Double { gaps.isEmpty ? 0 : Double(violating.count) / Double(gaps.count) }

    /// - Parameters:
    ///   - categories: for each member the sensitive categories that are set, each once.
    ///   - assignment: for each member a persona, or -1; those without one count in the population alone.
    /// - Throws: ``CohortProblem/malformedRows(field:)``.
    public init(
        categories: SparseRows, assignment: ContiguousArray<Int32>, personas: Int
    ) throws(CohortProblem) {
        guard categories.count == assignment.count, assignment.allSatisfy({ $0 >= -1 && Int($0) < personas }) else {
            throw .malformedRows(field: "assignment")
        }
        let width = categories.itemCount
        var counts = ContiguousArray<Int32>(repeating: 0, count: personas * width)
        var sizes = ContiguousArray<Int32>(repeating: 0, count: personas)
        for member in assignment.indices where assignment[member] >= 0 {
            let persona = Int(assignment[member])
            sizes[persona] += 1
            for place in categories.range(member) { counts[persona * width + Int(categories.items[place])] += 1 }
        }
        let population = categories.frequencies().map { Double($0) / Double(max(1, assignment.count)) }
        gaps = (0..<personas).map { persona in
            guard sizes[persona] > 0 else { return 0 }
            return (0..<width).reduce(0.0) { largest, category in
                let share = Double(counts[persona * width + category]) / Double(sizes[persona])
                return max(largest, abs(share - population[category]))
            }
        }
    }
}
