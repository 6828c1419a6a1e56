/// How members are clustered into personas.
public struct ClusteringTerms: Hashable, Sendable {
    /// Guarantee G2: the least k of persona mode.
    public static let leastPublicK = 100

    /// The least number of members in each persona.
    public let k: Int
    /// Personas to begin with; clusters that are too small are merged, so there may be fewer.
    public let personas: Int
    public let restarts: Int
    public let iterations: Int
    /// At least 98 % of members end in clusters of 2k or more (G2).
    public let largeGroups: Bool

    /// - Throws: ``CohortProblem/outOfRange(field:least:most:)``.
    public init(
        k: Int = leastPublicK, personas: Int, restarts: Int = 2, iterations: Int = 12, largeGroups: Bool = true
    ) throws(CohortProblem) {
        guard k >= 2 else { throw .outOfRange(field: "k", least: 2, most: .max) }
        guard personas >= 1 else { throw .outOfRange(field: "personas", least: 1, most: .max) }
        guard restarts >= 1 else { throw .outOfRange(field: "restarts", least: 1, most: .max) }
        guard iterations >= 1 else { throw .outOfRange(field: "iterations", least: 1, most: .max) }
        (self.k, self.personas, self.restarts) = (k, personas, restarts)
        (self.iterations, self.largeGroups) = (iterations, largeGroups)
    }
}

/// Personas of at least k members each, and who is in which.
public struct Clustering: Hashable, Sendable {
    public let centroids: Centroids
    /// For each member a place in the personas, or -1 for a member whose history says nothing.
    public let assignment: ContiguousArray<Int32>

    /// Spherical k-means with k-means++ seeding (Arthur and Vassilvitskii 2007) over the histories; then the smallest
    /// cluster is dissolved into its members' next nearest until none is below k. What is counted is the assignment by
    /// the published whole numbers, so that k holds for what devices compute.
    /// - Parameter histories: members × dimension (``ItemSpace/histories(_:)``).
    /// - Throws: ``CohortProblem/tooFewMembers(members:needed:)`` where members with a history are fewer than k for each
    ///   persona asked for.
    public static func make(
        histories: ContiguousArray<Int32>, dimension: Int, terms: ClusteringTerms, release: Int, seed: UInt64
    ) throws(CohortProblem) -> Clustering {
        guard (1...ItemSpace.largestDimension).contains(dimension), histories.count.isMultiple(of: dimension) else {
            throw .outOfRange(field: "dimension", least: 1, most: ItemSpace.largestDimension)
        }
        let members = histories.count / dimension
        var telling: ContiguousArray<Int> = []
        var points: ContiguousArray<Float> = []
        for member in 0..<members {
            let part = histories[member * dimension..<(member + 1) * dimension]
            let square = part.reduce(0.0) { $0 + Double($1) * Double($1) }
            guard square > 0 else { continue }
            telling.append(member)
            let scale = 1 / square.squareRoot()
            for value in part { points.append(Float(Double(value) * scale)) }
        }
        let needed = terms.k.multipliedReportingOverflow(by: terms.personas)
        guard !needed.overflow, telling.count >= needed.partialValue else {
            throw .tooFewMembers(members: telling.count, needed: needed.overflow ? .max : needed.partialValue)
        }
        var random = SplitMix(state: seed)
        var best: (centres: ContiguousArray<Float>, fit: Double)?
        for _ in 0..<terms.restarts {
            let run = SphericalMeans.run(
                points, dimension: dimension, count: terms.personas, iterations: terms.iterations, random: &random)
            if best.map({ run.fit > $0.fit }) ?? true { best = run }
        }
        let centres = best?.centres ?? []
        let parents = SphericalMeans.run(
            centres, dimension: dimension, count: max(1, Int(Double(terms.personas).squareRoot())), iterations: 10,
            random: &random)
        let groups = SphericalMeans.nearest(centres, dimension: dimension, centres: parents.centres)
        var personas: [Centroids.Persona] = []
        for place in 0..<terms.personas {
            let part = centres[place * dimension..<(place + 1) * dimension]
            let vector = part.map { Int32(($0 * Float(Centroids.largestComponent)).rounded()) }
            personas.append(.init(id: "p\(place + 1)", parent: "g\(groups[place] + 1)", vector: vector))
        }
        let all = try Centroids(release: release, k: terms.k, dimension: dimension, personas: personas)
        return try all.merging(telling, of: histories, members: members, terms: terms)
    }
}

extension Centroids {
    /// Dissolves the smallest persona until the terms hold.
    fileprivate func merging(
        _ telling: ContiguousArray<Int>, of histories: ContiguousArray<Int32>, members: Int, terms: ClusteringTerms
    ) throws(CohortProblem) -> Clustering {
        var alive = [Bool](repeating: true, count: personas.count)
        var counts = [Int](repeating: 0, count: personas.count)
        var assignment = ContiguousArray<Int32>(repeating: -1, count: members)
        func place(_ member: Int) {
            let all = cosines(history: histories[member * dimension..<(member + 1) * dimension])
            var (nearest, best) = (0, -2.0)
            for persona in all.indices where alive[persona] && all[persona] > best {
                (nearest, best) = (persona, all[persona])
            }
            assignment[member] = Int32(nearest)
            counts[nearest] += 1
        }
        for member in telling { place(member) }
        while let smallest = counts.indices.filter({ alive[$0] }).min(by: { counts[$0] < counts[$1] }),
            alive.count(where: { $0 }) > 1
        {
            let small = counts.indices.filter { alive[$0] && counts[$0] < 2 * terms.k }.reduce(0) { $0 + counts[$1] }
            // Whole numbers: small / all > 2 / 100.
            let tooManySmall = terms.largeGroups && small * 50 > telling.count
            guard counts[smallest] < terms.k || tooManySmall else { break }
            alive[smallest] = false
            counts[smallest] = 0
            for member in telling where assignment[member] == Int32(smallest) { place(member) }
        }
        var renumbered = [Int32](repeating: -1, count: personas.count)
        var kept: [Persona] = []
        for persona in personas.indices where alive[persona] {
            renumbered[persona] = Int32(kept.count)
            kept.append(personas[persona])
        }
        for member in telling { assignment[member] = renumbered[Int(assignment[member])] }
        return Clustering(
            centroids: try Centroids(release: release, k: k, dimension: dimension, personas: kept),
            assignment: assignment)
    }
}

/// K-means on the unit sphere.
enum SphericalMeans {
    static func run(
        _ points: ContiguousArray<Float>, dimension: Int, count: Int, iterations: Int, random: inout SplitMix
    ) -> (centres: ContiguousArray<Float>, fit: Double) {
        var centres = seeds(points, dimension: dimension, count: count, random: &random)
        let rows = points.count / dimension
        var (assignment, fit) = (ContiguousArray<Int32>(repeating: -1, count: rows), 0.0)
        for _ in 0..<iterations {
            let before = assignment
            fit = assign(points, dimension: dimension, centres: centres, into: &assignment)
            if assignment == before { break }
            centres = means(points, dimension: dimension, assignment: assignment, before: centres)
        }
        return (centres, fit)
    }

    static func nearest(
        _ points: ContiguousArray<Float>, dimension: Int, centres: ContiguousArray<Float>
    ) -> ContiguousArray<Int32> {
        var assignment = ContiguousArray<Int32>(repeating: 0, count: points.count / dimension)
        _ = assign(points, dimension: dimension, centres: centres, into: &assignment)
        return assignment
    }

    /// - Returns: the sum of the cosines.
    private static func assign(
        _ points: ContiguousArray<Float>, dimension: Int, centres: ContiguousArray<Float>,
        into assignment: inout ContiguousArray<Int32>
    ) -> Double {
        var fit = 0.0
        let count = centres.count / dimension
        points.withUnsafeBufferPointer { points in
            centres.withUnsafeBufferPointer { centres in
                assignment.withUnsafeMutableBufferPointer { assignment in
                    for row in assignment.indices {
                        var (nearest, best) = (0, -Float.infinity)
                        for centre in 0..<count {
                            let product = dot(
                                points.baseAddress! + row * dimension, centres.baseAddress! + centre * dimension,
                                dimension)
                            if product > best { (nearest, best) = (centre, product) }
                        }
                        assignment[row] = Int32(nearest)
                        fit += Double(best)
                    }
                }
            }
        }
        return fit
    }

    /// Eight sums at once: the compiler may not reorder one.
    @inline(__always)
    private static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
        var sums = SIMD8<Float>.zero
        var index = 0
        while index + 8 <= count {
            let x = UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Float>.self)
            let y = UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Float>.self)
            sums += x * y
            index += 8
        }
        var sum = sums.sum()
        while index < count {
            sum += a[index] * b[index]
            index += 1
        }
        return sum
    }

    /// An empty cluster keeps its centre.
    private static func means(
        _ points: ContiguousArray<Float>, dimension: Int, assignment: ContiguousArray<Int32>,
        before: ContiguousArray<Float>
    ) -> ContiguousArray<Float> {
        var centres = ContiguousArray<Float>(repeating: 0, count: before.count)
        for row in assignment.indices {
            let start = Int(assignment[row]) * dimension
            for column in 0..<dimension { centres[start + column] += points[row * dimension + column] }
        }
        for start in stride(from: 0, to: centres.count, by: dimension) {
            var square: Float = 0
            for column in 0..<dimension { square += centres[start + column] * centres[start + column] }
            let length = square.squareRoot()
            for column in 0..<dimension {
                centres[start + column] = length > 0 ? centres[start + column] / length : before[start + column]
            }
        }
        return centres
    }

    /// Each seed with probability proportional to its squared distance, 2 − 2 cosine, from the nearest before it.
    private static func seeds(
        _ points: ContiguousArray<Float>, dimension: Int, count: Int, random: inout SplitMix
    ) -> ContiguousArray<Float> {
        let rows = points.count / dimension
        var centres: ContiguousArray<Float> = []
        var distances = ContiguousArray<Float>(repeating: 4, count: rows)
        var chosen = Int(random.next() % UInt64(rows))
        while true {
            let centre = ContiguousArray(points[chosen * dimension..<(chosen + 1) * dimension])
            centres.append(contentsOf: centre)
            guard centres.count < count * dimension else { return centres }
            var total = 0.0
            points.withUnsafeBufferPointer { points in
                centre.withUnsafeBufferPointer { centre in
                    for row in 0..<rows {
                        let product = dot(points.baseAddress! + row * dimension, centre.baseAddress!, dimension)
                        distances[row] = min(distances[row], max(0, 2 - 2 * product))
                        total += Double(distances[row])
                    }
                }
            }
            guard total > 0 else {
                chosen = Int(random.next() % UInt64(rows))
                continue
            }
            var left = random.unit() * total
            chosen = rows - 1
            for row in 0..<rows {
                left -= Double(distances[row])
                if left < 0 {
                    chosen = row
                    break
                }
            }
        }
    }
}
