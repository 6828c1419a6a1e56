import Foundation

/// An item for a reader, and why.
public struct Recommendation: Sendable, Hashable {
    public var item: Int32
    public var score: Float
    /// The item of the history that speaks most for it; none when it is popular only.
    public var because: Int32?

    public init(item: Int32, score: Float, because: Int32?) {
        (self.item, self.score, self.because) = (item, score, because)
    }
}

/// Ranks `log(popularity + 10⁻⁴) + a · log(affinity + 10⁻⁴)`; affinity is the sum of the rows of what was taken up.
public struct Ranker: Sendable {
    /// What a call needs and leaves for the next one; one per thread.
    public struct Scratch: Sendable {
        /// The result of the last call, the best first.
        public fileprivate(set) var results: [Recommendation] = []
        fileprivate var sums: [Float] = []
        fileprivate var isTouched: [Bool] = []
        fileprivate var isExcluded: [Bool] = []
        fileprivate var touched: [Int32] = []
        fileprivate var place: [Int32] = []
        fileprivate var strongest: [Float] = []
        fileprivate var top = TopSelection()

        public init() {}

        fileprivate mutating func prepare(_ items: Int) {
            guard sums.count < items else { return }
            sums = [Float](repeating: 0, count: items)
            isTouched = [Bool](repeating: false, count: items)
            isExcluded = isTouched
            place = [Int32](repeating: -1, count: items)
        }
    }

    /// How many items of a history count.
    public static let historyLimit = 200

    public let neighbours: ItemNeighbours
    public let popularity: DecayedPopularity
    /// The weight of affinity.
    public let weight: Double
    /// All items, the most popular first: the order is the same at every moment.
    private let order: [Int32]
    private let items: Int

    public init(neighbours: ItemNeighbours, popularity: DecayedPopularity, weight: Double = 0.2) {
        (self.neighbours, self.popularity, self.weight) = (neighbours, popularity, weight)
        items = max(neighbours.count, popularity.weights.count)
        let weights = popularity.weights
        func value(_ item: Int32) -> Double { Int(item) < weights.count ? weights[Int(item)] : 0 }
        order = (0..<Int32(items)).sorted { (-value($0), $0) < (-value($1), $1) }
    }

    /// - Parameters:
    ///   - history: the newest last; the last 200 count. Items of it are not recommended.
    ///   - excluded: further items that must not come.
    ///   - now: Unix seconds.
    public func recommend(
        history: [Int32], excluding excluded: [Int32] = [], limit: Int, now: Int64
    ) -> [Recommendation] {
        var scratch = Scratch()
        recommend(history: history[...], excluding: excluded, limit: limit, now: now, scratch: &scratch)
        return scratch.results
    }

    /// The same into reused memory: the result is in ``Scratch/results``.
    public func recommend(
        history: ArraySlice<Int32>, excluding excluded: [Int32] = [], limit: Int, now: Int64, scratch: inout Scratch
    ) {
        scratch.prepare(items)
        scratch.results.removeAll(keepingCapacity: true)
        scratch.touched.removeAll(keepingCapacity: true)
        scratch.top.removeAll()
        for item in history where isKnown(item) { scratch.isExcluded[Int(item)] = true }
        for item in excluded where isKnown(item) { scratch.isExcluded[Int(item)] = true }
        let recent = history.suffix(Self.historyLimit)
        if weight != 0 { gather(recent, &scratch) }
        let factor = popularity.factor(now: now)
        let unread = weight * log(1e-4)
        popularity.weights.withUnsafeBufferPointer { weights in
            let least = leastPopularity(limit, factor, scratch)
            for item in scratch.touched where !scratch.isExcluded[Int(item)] {
                let popular = Int(item) < weights.count ? weights[Int(item)] * factor : 0
                guard popular >= least else { continue }
                let affinity = Double(max(0, scratch.sums[Int(item)]))
                scratch.top.append(size: Float(log(popular + 1e-4) + weight * log(affinity + 1e-4)), item: item)
            }
            // Without affinity the order is that of popularity: the first `limit` of them are enough.
            var left = limit
            for item in order {
                guard left > 0 else { break }
                guard !scratch.isTouched[Int(item)], !scratch.isExcluded[Int(item)] else { continue }
                let popular = Int(item) < weights.count ? weights[Int(item)] * factor : 0
                scratch.top.append(size: Float(log(popular + 1e-4) + unread), item: item)
                left -= 1
            }
        }
        scratch.top.keep(limit)
        for index in 0..<scratch.top.count {
            let entry = scratch.top[index]
            scratch.results.append(Recommendation(item: entry.item, score: entry.size, because: nil))
        }
        if weight != 0 { explain(recent, &scratch) }
        for item in scratch.touched {
            scratch.sums[Int(item)] = 0
            scratch.isTouched[Int(item)] = false
        }
        for item in history where isKnown(item) { scratch.isExcluded[Int(item)] = false }
        for item in excluded where isKnown(item) { scratch.isExcluded[Int(item)] = false }
    }

    /// Below this popularity no affinity of this reader reaches the list: the `limit` most popular items alone score
    /// more. Most logarithms are spared by it.
    private func leastPopularity(_ limit: Int, _ factor: Double, _ scratch: Scratch) -> Double {
        var left = limit
        for item in order where !scratch.isExcluded[Int(item)] {
            left -= 1
            guard left <= 0 else { continue }
            var highest: Float = 0
            for other in scratch.touched { highest = max(highest, scratch.sums[Int(other)]) }
            let popular = Int(item) < popularity.weights.count ? popularity.weights[Int(item)] * factor : 0
            // A little less, for scores are rounded to 32 bits.
            return (popular + 1e-4) * exp(weight * (log(1e-4) - log(Double(highest) + 1e-4))) * 0.9999 - 1e-4
        }
        return -1
    }

    private func isKnown(_ item: Int32) -> Bool { item >= 0 && Int(item) < items }

    private func gather(_ history: ArraySlice<Int32>, _ scratch: inout Scratch) {
        neighbours.withUnsafeRows { offsets, items, weights in
            scratch.sums.withUnsafeMutableBufferPointer { sums in
                scratch.isTouched.withUnsafeMutableBufferPointer { isTouched in
                    for item in history where item >= 0 && Int(item) < neighbours.count {
                        for index in Int(offsets[Int(item)])..<Int(offsets[Int(item) + 1]) {
                            let other = Int(items[index])
                            if !isTouched[other] {
                                isTouched[other] = true
                                scratch.touched.append(items[index])
                            }
                            sums[other] += weights[index]
                        }
                    }
                }
            }
        }
    }

    private func explain(_ history: ArraySlice<Int32>, _ scratch: inout Scratch) {
        scratch.strongest.removeAll(keepingCapacity: true)
        for (place, result) in scratch.results.enumerated() {
            scratch.place[Int(result.item)] = Int32(place)
            scratch.strongest.append(0)
        }
        neighbours.withUnsafeRows { offsets, items, weights in
            scratch.place.withUnsafeBufferPointer { places in
                for item in history where item >= 0 && Int(item) < neighbours.count {
                    for index in Int(offsets[Int(item)])..<Int(offsets[Int(item) + 1]) {
                        let place = Int(places[Int(items[index])])
                        guard place >= 0, weights[index] > scratch.strongest[place] else { continue }
                        scratch.strongest[place] = weights[index]
                        scratch.results[place].because = item
                    }
                }
            }
        }
        for result in scratch.results { scratch.place[Int(result.item)] = -1 }
    }
}
