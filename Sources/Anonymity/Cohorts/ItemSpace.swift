#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Public whole-number vectors of items: a history's vector is the sum of its items' vectors, so that a server and a
/// browser compute the same.
public struct ItemSpace: Hashable, Sendable {
    /// Largest size of a component of an item.
    public static let largestComponent = 2047
    public static let largestDimension = 64

    public let dimension: Int
    /// Row-major, itemCount × dimension.
    public let vectors: ContiguousArray<Int16>

    public var itemCount: Int { vectors.count / dimension }

    /// - Throws: ``CohortProblem/outOfRange(field:least:most:)`` for a dimension or component that is too large, or
    ///   ``CohortProblem/malformedRows(field:)`` for vectors of unequal length.
    public init(vectors: ContiguousArray<Int16>, dimension: Int) throws(CohortProblem) {
        guard (1...Self.largestDimension).contains(dimension) else {
            throw .outOfRange(field: "dimension", least: 1, most: Self.largestDimension)
        }
        guard vectors.count.isMultiple(of: dimension) else { throw .malformedRows(field: "vectors") }
        let most = Self.largestComponent
        guard vectors.allSatisfy({ (-most...most).contains(Int($0)) }) else {
            throw .outOfRange(field: "vectors", least: -most, most: most)
        }
        (self.vectors, self.dimension) = (vectors, dimension)
    }

    /// Scales so that the largest component becomes ``largestComponent``. With a `quantile` below 1 it is that quantile of
    /// the sizes above zero that does, and what is larger is clipped: a few popular items have components thousands of
    /// times those of rare ones, which would all round to zero beside them, and so would who read only these.
    init(scaling values: ContiguousArray<Float>, dimension: Int, quantile: Double = 1) {
        let sizes = values.lazy.map { abs($0) }.filter { $0 > 0 }.sorted()
        let place = Int((Double(sizes.count) * quantile).rounded(.up)) - 1
        let largest = sizes.isEmpty ? 0 : sizes[min(max(place, 0), sizes.count - 1)]
        let most = Float(Self.largestComponent)
        let scale = largest > 0 ? most / largest : 0
        self.dimension = dimension
        vectors = ContiguousArray(values.map { Int16(min(max($0 * scale, -most), most).rounded()) })
    }

    public func vector(of item: Int) -> [Int16] { Array(vectors[item * dimension..<(item + 1) * dimension]) }

    /// Latent directions of TF-IDF by randomised SVD (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1): an
    /// item's vector is its inverse document frequency times its row of V.
    /// - Throws: ``CohortProblem/outOfRange(field:least:most:)``.
    public static func latent(
        of rows: SparseRows, dimension: Int = 32, powerIterations: Int = 3, seed: UInt64
    ) throws(CohortProblem) -> ItemSpace {
        guard (1...largestDimension).contains(dimension) else {
            throw .outOfRange(field: "dimension", least: 1, most: largestDimension)
        }
        let width = dimension + 8
        let (members, items) = (rows.count, rows.itemCount)
        let weights = inverseFrequencies(rows)
        // Rows of length one, so that long histories do not make the directions.
        var lengths = ContiguousArray<Float>(repeating: 0, count: members)
        for row in 0..<members {
            var square: Float = 0
            for place in rows.range(row) { square += weights[Int(rows.items[place])] * weights[Int(rows.items[place])] }
            lengths[row] = square > 0 ? 1 / square.squareRoot() : 0
        }
        var random = SplitMix(state: seed)
        var sketch = ContiguousArray<Float>(repeating: 0, count: items * width)
        for index in sketch.indices { sketch[index] = random.next() & 1 == 0 ? 1 : -1 }
        var left = ContiguousArray<Float>(repeating: 0, count: members * width)
        for _ in 0..<max(1, powerIterations) {
            multiply(rows, weights, lengths, sketch, into: &left, width: width)
            _ = DenseMatrix.orthonormalise(&left, width: width)
            multiplyTransposed(rows, weights, lengths, left, into: &sketch, width: width)
            _ = DenseMatrix.orthonormalise(&sketch, width: width)
        }
        // A V = Y, and the principal directions of YᵀY turn V to the singular vectors, largest first.
        multiply(rows, weights, lengths, sketch, into: &left, width: width)
        let turn = DenseMatrix.orthonormalise(&left, width: width)
        var values = ContiguousArray<Float>(repeating: 0, count: items * dimension)
        for item in 0..<items {
            for column in 0..<dimension {
                var sum: Double = 0
                for inner in 0..<width { sum += Double(sketch[item * width + inner]) * turn[inner * width + column] }
                values[item * dimension + column] = Float(sum) * weights[item]
            }
        }
        return ItemSpace(scaling: values, dimension: dimension, quantile: 0.99)
    }

    /// Declared topics: an item's vector is one over the number of its topics for each of them, less the mean of the
    /// members' means (FLoC whitepaper: without centring every method looks excellent).
    /// - Throws: ``CohortProblem/outOfRange(field:least:most:)`` for too many topics,
    ///   ``CohortProblem/malformedRows(field:)`` where topics and rows differ in items.
    public static func topics(
        _ topics: SparseRows, centredOn rows: SparseRows
    ) throws(CohortProblem) -> ItemSpace {
        let dimension = topics.itemCount
        guard (1...largestDimension).contains(dimension) else {
            throw .outOfRange(field: "topics", least: 1, most: largestDimension)
        }
        guard topics.count == rows.itemCount else { throw .malformedRows(field: "topics") }
        var values = ContiguousArray<Float>(repeating: 0, count: topics.count * dimension)
        for item in 0..<topics.count {
            let range = topics.range(item)
            for place in range { values[item * dimension + Int(topics.items[place])] += 1 / Float(range.count) }
        }
        var mean = ContiguousArray<Double>(repeating: 0, count: dimension)
        var counted = 0
        for row in 0..<rows.count {
            let range = rows.range(row)
            guard !range.isEmpty else { continue }
            counted += 1
            for place in range {
                let start = Int(rows.items[place]) * dimension
                for column in 0..<dimension { mean[column] += Double(values[start + column]) / Double(range.count) }
            }
        }
        for item in 0..<topics.count where !topics.range(item).isEmpty {
            for column in 0..<dimension {
                values[item * dimension + column] -= Float(mean[column] / Double(max(1, counted)))
            }
        }
        return ItemSpace(scaling: values, dimension: dimension)
    }

    /// The histories' vectors, row-major, each ready for ``Centroids/assign(history:current:margin:)``.
    public func histories(_ rows: SparseRows) -> ContiguousArray<Int32> {
        var result = ContiguousArray<Int32>(repeating: 0, count: rows.count * dimension)
        for row in 0..<rows.count {
            for place in rows.range(row) {
                let start = Int(rows.items[place]) * dimension
                for column in 0..<dimension {
                    result[row * dimension + column] = Self.adding(
                        vectors[start + column], to: result[row * dimension + column])
                }
            }
        }
        return result
    }

    /// One item more in a cumulative history. The history stays within ±2^23, so that every square sum is exact in a
    /// double.
    public func add(item: Int, to history: inout [Int32]) {
        for column in 0..<dimension {
            history[column] = Self.adding(vectors[item * dimension + column], to: history[column])
        }
    }

    private static func adding(_ value: Int16, to sum: Int32) -> Int32 {
        min(max(sum + Int32(value), -Centroids.largestHistory), Centroids.largestHistory)
    }

    private static func inverseFrequencies(_ rows: SparseRows) -> ContiguousArray<Float> {
        ContiguousArray(
            rows.frequencies().map { $0 > 0 ? Float(log((1 + Double(rows.count)) / Double($0))) : 0 })
    }

    private static func multiply(
        _ rows: SparseRows, _ weights: ContiguousArray<Float>, _ lengths: ContiguousArray<Float>,
        _ right: ContiguousArray<Float>, into result: inout ContiguousArray<Float>, width: Int
    ) {
        right.withUnsafeBufferPointer { right in
            result.withUnsafeMutableBufferPointer { result in
                result.update(repeating: 0)
                for row in 0..<rows.count {
                    for place in rows.range(row) {
                        let item = Int(rows.items[place])
                        let weight = weights[item] * lengths[row]
                        for column in 0..<width {
                            result[row * width + column] += weight * right[item * width + column]
                        }
                    }
                }
            }
        }
    }

    private static func multiplyTransposed(
        _ rows: SparseRows, _ weights: ContiguousArray<Float>, _ lengths: ContiguousArray<Float>,
        _ left: ContiguousArray<Float>, into result: inout ContiguousArray<Float>, width: Int
    ) {
        left.withUnsafeBufferPointer { left in
            result.withUnsafeMutableBufferPointer { result in
                result.update(repeating: 0)
                for row in 0..<rows.count {
                    for place in rows.range(row) {
                        let item = Int(rows.items[place])
                        let weight = weights[item] * lengths[row]
                        for column in 0..<width {
                            result[item * width + column] += weight * left[row * width + column]
                        }
                    }
                }
            }
        }
    }
}
