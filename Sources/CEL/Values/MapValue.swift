/// An immutable map of the language: keys are `bool`, `int`, `uint` or `string`, in the order they were given.
///
/// A key of one numeric type finds an equal key of another: `{1: 'a'}[1u]` is `'a'`.
public struct MapValue: Sendable, Hashable {
    final class Storage: Sendable {
        let entries: [(key: Value, value: Value)]
        /// Present above eight entries; fewer are found faster by looking at each.
        let index: [MapKey: Int]?

        init(entries: [(key: Value, value: Value)], index: [MapKey: Int]?) {
            self.entries = entries
            self.index = index
        }
    }

    let storage: Storage

    /// The empty map.
    public init() { storage = Storage(entries: [], index: nil) }

    /// A map with text keys, in ascending order of the keys.
    public init(_ dictionary: [String: Value]) {
        let sorted = dictionary.sorted { $0.key.precedesByBytes($1.key) }
        let entries = sorted.map { (key: Value.string($0.key), value: $0.value) }
        // Swift's dictionary is coarser than byte equality, so its keys are distinct here.
        self.init(distinct: entries)
    }

    /// A map of the given entries.
    /// - Returns: nil when a key has no allowed type or occurs twice (`1` and `1u` are the same key).
    /// - Complexity: O(n).
    public init?(entries: [(key: Value, value: Value)]) {
        if entries.count <= 8 {
            for index in entries.indices {
                guard let key = MapKey(entries[index].key) else { return nil }
                for earlier in 0..<index where MapKey(entries[earlier].key) == key { return nil }
            }
            storage = Storage(entries: entries, index: nil)
            return
        }
        var index: [MapKey: Int] = [:]
        index.reserveCapacity(entries.count)
        for (position, entry) in entries.enumerated() {
            guard let key = MapKey(entry.key), index.updateValue(position, forKey: key) == nil else { return nil }
        }
        storage = Storage(entries: entries, index: index)
    }

    private init(distinct entries: [(key: Value, value: Value)]) {
        var index: [MapKey: Int]?
        if entries.count > 8 {
            var built: [MapKey: Int] = [:]
            for (position, entry) in entries.enumerated() {
                if let key = MapKey(entry.key) { built[key] = position }
            }
            index = built
        }
        storage = Storage(entries: entries, index: index)
    }

    public var count: Int { storage.entries.count }

    /// The entries in the order they were given.
    public var entries: [(key: Value, value: Value)] { storage.entries }

    /// The value stored under a key equal to `key` in the language's sense, or nil.
    /// - Complexity: O(1) above eight entries.
    public subscript(key: Value) -> Value? {
        guard let wanted = MapKey(lookingUp: key) else { return nil }
        if let index = storage.index {
            guard let position = index[wanted] else { return nil }
            return storage.entries[position].value
        }
        for entry in storage.entries where wanted.matches(entry.key) { return entry.value }
        return nil
    }

    public static func == (left: MapValue, right: MapValue) -> Bool {
        guard left.storage !== right.storage else { return true }
        guard left.count == right.count else { return false }
        for entry in left.entries {
            guard let other = right[entry.key], other == entry.value else { return false }
        }
        return true
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(count) }
}

/// A map key in the form under which equal numbers of different types are one key.
enum MapKey: Hashable {
    case bool(Bool)
    /// Every integer that fits, whichever its type.
    case int(Int64)
    /// Unsigned integers above `Int64.max`.
    case large(UInt64)
    case string(ByteString)

    /// The key for a value that may be stored, nil for a type that may not be a key.
    init?(_ value: Value) {
        switch value {
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .uint(let number): self = Int64(exactly: number).map(MapKey.int) ?? .large(number)
        case .string(let text): self = .string(ByteString(text))
        default: return nil
        }
    }

    /// The key to look for: as above, and doubles with an integral value.
    init?(lookingUp value: Value) {
        guard case .double(let number) = value else {
            self.init(value)
            return
        }
        if let exact = Int64(exactly: number) {
            self = .int(exact)
        } else if let exact = UInt64(exactly: number) {
            self = .large(exact)
        } else {
            return nil
        }
    }

    /// Whether a stored key is this key.
    func matches(_ stored: Value) -> Bool {
        switch (self, stored) {
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.int(let a), .uint(let b)): a >= 0 && UInt64(a) == b
        case (.large(let a), .uint(let b)): a == b
        case (.string(let a), .string(let b)): a.string.hasSameBytes(as: b)
        default: false
        }
    }
}
