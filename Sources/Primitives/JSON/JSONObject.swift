/// The members of a JSON object, in the order they were written; look-up by key takes constant time.
///
/// Keys are compared by their bytes, not by Unicode equivalence. Two objects are equal when they hold the same members
/// in any order, as objects are unordered by RFC 8259.
public struct JSONObject: Sendable {
    public struct Member: Hashable, Sendable {
        public let key: String
        public internal(set) var value: JSONValue

        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    public private(set) var members: [Member]
    /// Positions by key, kept only for objects too large to look through.
    private var positions: [ExactString: Int]?

    /// Above this many members a look-up table is kept.
    private static let smallCount = 12

    public init() {
        members = []
        positions = nil
    }

    /// Members in order; of two with the same key the last one counts and stands where the first one stood.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in members { self[key] = value }
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [String] { members.map(\.key) }

    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (nil, let value?): append(key: key, value: value)
            case (let position?, nil): remove(at: position)
            case (nil, nil): break
            }
        }
    }

    public subscript(key: String, default fallback: JSONValue) -> JSONValue { self[key] ?? fallback }

    /// Adds a member whose key is known to be new.
    mutating func append(key: String, value: JSONValue) {
        members.append(Member(key: key, value: value))
        if positions != nil {
            positions?[ExactString(text: key)] = members.count - 1
        } else if members.count > Self.smallCount {
            rebuildPositions()
        }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        positions = nil
        if members.count > Self.smallCount { rebuildPositions() }
    }

    private mutating func rebuildPositions() {
        var positions: [ExactString: Int] = [:]
        positions.reserveCapacity(members.count * 2)
        for (position, member) in members.enumerated() { positions[ExactString(text: member.key)] = position }
        self.positions = positions
    }

    private func position(of key: String) -> Int? {
        if let positions { return positions[ExactString(text: key)] }
        return members.firstIndex { ExactString.same($0.key, key) }
    }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for (index, member) in left.members.enumerated() {
            let other = right.members[index]
            if ExactString.same(member.key, other.key) {
                guard member.value == other.value else { return false }
            } else {
                guard right[member.key] == member.value else { return false }
            }
        }
        return true
    }

    public func hash(into hasher: inout Hasher) {
        // Order must not matter, so the members' hashes are added up.
        var sum = 0
        for member in members {
            var each = Hasher()
            ExactString(text: member.key).hash(into: &each)
            each.combine(member.value)
            sum &+= each.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { members.count }
    public subscript(position: Int) -> Member { members[position] }
}

/// A string compared by its UTF-8 bytes.
struct ExactString: Hashable {
    let text: String

    static func == (left: ExactString, right: ExactString) -> Bool { same(left.text, right.text) }

    static func same(_ left: String, _ right: String) -> Bool {
        // Equal by Unicode equivalence is the fast path; the bytes decide.
        left == right && left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(text.utf8.count)
    }
}
