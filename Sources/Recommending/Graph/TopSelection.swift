/// Keeps the K entries with the largest size, by partial quicksort; equal sizes go to the lower item, so that the
/// same input gives the same rows everywhere.
struct TopSelection {
    /// Sizes in the upper half, brought into the order of unsigned numbers; items in the lower half, the lower the larger.
    private var keys: [UInt64] = []

    /// What ``offer(size:item:limit:)`` need not look at again.
    private var bar: UInt64 = 0

    mutating func removeAll() {
        keys.removeAll(keepingCapacity: true)
        bar = 0
    }

    @inline(__always)
    mutating func append(size: Float, item: Int32) { keys.append(Self.key(size, item)) }

    /// Appends what may be among the first `limit`; it chooses in between, so that most is passed over.
    @inline(__always)
    mutating func offer(size: Float, item: Int32, limit: Int) {
        let key = Self.key(size, item)
        guard key > bar else { return }
        keys.append(key)
        guard limit > 0, keys.count >= 3 * limit else { return }
        choose(limit)
        bar = keys.min() ?? 0
    }

    @inline(__always)
    private static func key(_ size: Float, _ item: Int32) -> UInt64 {
        let bits = size.bitPattern
        let ordered = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
        return UInt64(ordered) << 32 | UInt64(~UInt32(bitPattern: item))
    }

    var count: Int { keys.count }

    subscript(index: Int) -> (item: Int32, size: Float) {
        @inline(__always)
        get {
            let ordered = UInt32(keys[index] >> 32)
            let bits = ordered >> 31 == 1 ? ordered & 0x7FFF_FFFF : ~ordered
            return (Int32(bitPattern: ~UInt32(truncatingIfNeeded: keys[index])), Float(bitPattern: bits))
        }
    }

    /// What is kept.
    var entries: [(item: Int32, size: Float)] { keys.indices.map { self[$0] } }

    /// Leaves the first `limit`, largest first.
    mutating func keep(_ limit: Int) {
        choose(limit)
        keys.sort(by: >)
    }

    /// Leaves the first `limit`, in an order that depends on the input alone.
    mutating func choose(_ limit: Int) {
        guard keys.count > limit else { return }
        if limit > 0 { keys.withUnsafeMutableBufferPointer { Self.select($0, limit) } }
        keys.removeLast(keys.count - limit)
    }

    private static func select(_ keys: UnsafeMutableBufferPointer<UInt64>, _ limit: Int) {
        var (low, high) = (0, keys.count - 1)
        while low < high {
            let pivot = keys[(low + high) >> 1]
            var (left, right) = (low, high)
            while left <= right {
                while keys[left] > pivot { left += 1 }
                while keys[right] < pivot { right -= 1 }
                if left <= right {
                    let kept = keys[left]
                    keys[left] = keys[right]
                    keys[right] = kept
                    left += 1
                    right -= 1
                }
            }
            if limit - 1 <= right { high = right } else if limit - 1 >= left { low = left } else { return }
        }
    }
}
