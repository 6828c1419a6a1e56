public import Primitives

/// A set of experiments of which a unit is in one at most, because they would disturb one another.
///
/// Each experiment owns buckets by number, so that adding or removing one moves nobody else.
public struct Layer: Hashable, Sendable {
    public struct Slot: Hashable, Sendable {
        /// The experiment's name.
        public let name: String
        /// Within 0..<10,000.
        public let buckets: [Range<Int>]

        public init(name: String, buckets: [Range<Int>]) {
            self.name = name
            self.buckets = buckets
        }

        /// The share of units in this slot.
        public var share: BasisPoints { BasisPoints(buckets.map(\.count).reduce(0, +)) ?? .all }
    }

    public let name: String
    public let slots: [Slot]

    /// - Throws: when names repeat, or buckets overlap or are out of range.
    public init(name: String, slots: [Slot] = []) throws(AssignmentProblem) {
        var owners = [String?](repeating: nil, count: Assignment.bucketCount)
        var names: Set<String> = []
        for slot in slots {
            guard names.insert(slot.name).inserted else { throw .duplicateName(slot.name) }
            for range in slot.buckets {
                guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= Assignment.bucketCount else {
                    throw .bucketsOutOfRange(slot: slot.name)
                }
                for bucket in range {
                    if let owner = owners[bucket] { throw .overlap(owner, slot.name) }
                    owners[bucket] = slot.name
                }
            }
        }
        self.name = name
        self.slots = slots
    }

    /// The experiment that the unit may be in, if any.
    public func experiment(for unit: ID128) -> String? {
        let bucket = Assignment.bucket(unit: unit, salt: "layer:\(name)")
        return slots.first { $0.buckets.contains { $0.contains(bucket) } }?.name
    }

    /// The layer with one more experiment, in the lowest free buckets.
    ///
    /// - Throws: when the name is taken or too few buckets are free.
    public func adding(_ experiment: String, share: BasisPoints) throws(AssignmentProblem) -> Layer {
        var taken = [Bool](repeating: false, count: Assignment.bucketCount)
        for range in slots.flatMap(\.buckets) { for bucket in range { taken[bucket] = true } }
        let free = taken.indices.filter { !taken[$0] }
        guard free.count >= share.value else {
            throw .layerFull(layer: name, free: free.count, asked: share.value)
        }
        var ranges: [Range<Int>] = []
        for bucket in free.prefix(share.value) {
            if let last = ranges.last, last.upperBound == bucket {
                ranges[ranges.count - 1] = last.lowerBound..<bucket + 1
            } else {
                ranges.append(bucket..<bucket + 1)
            }
        }
        return try Layer(name: name, slots: slots + [Slot(name: experiment, buckets: ranges)])
    }

    /// The layer without an experiment; its buckets are free again.
    public func removing(_ experiment: String) -> Layer {
        Layer(name: name, checked: slots.filter { $0.name != experiment })
    }

    private init(name: String, checked slots: [Slot]) {
        self.name = name
        self.slots = slots
    }
}
