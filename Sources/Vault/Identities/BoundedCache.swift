/// A cache with a fixed number of places that keeps what was used last.
///
/// Two generations: what is found in the old one moves to the young one, and when the young one is full it becomes the
/// old one. At least the last `capacity / 2` keys used are kept, never more than `capacity`, with no list to maintain.
///
/// - Complexity: O(1), amortised, for every operation.
package struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let half: Int

    package init(capacity: Int) {
        half = max(1, capacity / 2)
    }

    package var count: Int { young.count + old.count }

    package mutating func value(_ key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old.removeValue(forKey: key) else { return nil }
        insert(value, for: key)
        return value
    }

    package mutating func insert(_ value: Value, for key: Key) {
        old.removeValue(forKey: key)
        if young.count >= half, young[key] == nil {
            old = young
            young = Dictionary(minimumCapacity: min(half, 1 << 16))
        }
        young[key] = value
    }

    package mutating func remove(_ key: Key) {
        young.removeValue(forKey: key)
        old.removeValue(forKey: key)
    }

    package mutating func removeAll() {
        young = [:]
        old = [:]
    }
}
