/// Reads JSON from bytes, one piece at a time, without building anything that is not asked for.
///
/// Everything that is read, skipped or returned raw has been validated in full: the grammar of RFC 8259, UTF-8, escapes
/// and surrogate pairs, number ranges, depth, and that no object has the same key twice. `finish()` refuses anything
/// that follows. A text that passes once therefore passes again, whatever is asked of it.
///
/// Of a number too large for 64 bits, `value()` gives the nearest double, as ECMAScript does; one that a double cannot
/// hold is refused everywhere.
///
/// A problem of kind (`wrongKind`, `notWhole`, `numberOutOfRange` of `int()`) leaves the reader in front of the value;
/// `unwind(to:)` goes on after the container it stands in. Any other problem is in the text and comes again.
///
/// - Complexity: linear in the bytes, also for objects of very many keys.
public struct JSONReader: ~Copyable, ~Escapable {
    /// Levels of nesting allowed unless said otherwise.
    public static let defaultDepth = 64

    let base: UnsafePointer<UInt8>
    let end: Int
    let maximumDepth: Int
    var position: Int
    /// A value must come at `position`.
    private var awaitsValue = true
    /// Whether the innermost container has had a member or element.
    private var hasPrevious = false
    private var keys = JSONKeyStack()

    /// - Parameters:
    ///   - bytes: a JSON text in UTF-8.
    ///   - maximumDepth: deepest nesting of arrays and objects allowed, at most 512.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>, maximumDepth: Int = JSONReader.defaultDepth) {
        let (base, count) = bytes.withUnsafeBufferPointer { ($0.baseAddress, $0.count) }
        self.base = base ?? Self.nowhere
        self.end = count
        self.position = 0
        self.maximumDepth = min(maximumDepth, 512)
    }

    /// As over a span of bytes; for `UnsafeRawBufferPointer.bytes` of a network buffer.
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, maximumDepth: Int = JSONReader.defaultDepth) {
        let (base, count) = bytes.withUnsafeBytes { ($0.baseAddress, $0.count) }
        self.base = base?.assumingMemoryBound(to: UInt8.self) ?? Self.nowhere
        self.end = count
        self.position = 0
        self.maximumDepth = min(maximumDepth, 512)
    }

    @_lifetime(copy parent)
    private init(_ parent: borrowing JSONReader, _ range: Range<Int>) {
        base = parent.base
        end = range.upperBound
        position = range.lowerBound
        maximumDepth = parent.maximumDepth
    }

    /// Stands for the address of an empty text; never read.
    private static var nowhere: UnsafePointer<UInt8> { ("" as StaticString).utf8Start }

    /// Containers around the current place.
    public var depth: Int { keys.depth }

    /// Bytes read so far.
    public var offset: Int { position }

    /// A reader over a value that `rawValue()` gave; its problems are located in the whole text.
    ///
    /// - Returns: `nil` when the range is not inside the text.
    @_lifetime(copy self)
    public func reader(over range: Range<Int>) -> JSONReader? {
        guard range.lowerBound >= 0, range.upperBound <= end else { return nil }
        return JSONReader(self, range)
    }

    // MARK: Objects and arrays

    /// Enters an object.
    public mutating func beginObject() throws(JSONProblem) {
        try expect(.object)
        try enter(isObject: true)
    }

    /// The next key of the innermost object, or `nil` at its end, which leaves it.
    ///
    /// A value of the previous key that was not read is skipped, and validated.
    @_lifetime(copy self)
    public mutating func nextKey() throws(JSONProblem) -> JSONKey? {
        guard try advanceToKey() else { return nil }
        let record = keys.last
        if record.isUnescaped {
            let bytes = keys.unescapedBytes(of: record)
            return JSONKey(base: base, byteCount: bytes.count, unescaped: bytes)
        }
        return JSONKey(base: base + record.start, byteCount: record.count, unescaped: nil)
    }

    /// Enters an array.
    public mutating func beginArray() throws(JSONProblem) {
        try expect(.array)
        try enter(isObject: false)
    }

    /// Goes to the next element of the innermost array; `false` at its end, which leaves it.
    ///
    /// A previous element that was not read is skipped, and validated.
    public mutating func nextElement() throws(JSONProblem) -> Bool {
        guard depth > 0, !keys.isInObject else { throw problem(.outOfTurn) }
        if awaitsValue { try skip() }
        skipSpace()
        guard position < end else { throw problem(.unexpectedEnd) }
        if base[position] == UInt8(ascii: "]") {
            leave()
            return false
        }
        if hasPrevious {
            guard base[position] == UInt8(ascii: ",") else { throw problem(.expectedCommaOrEnd) }
            position += 1
        }
        hasPrevious = true
        awaitsValue = true
        return true
    }

    /// Skips to behind the containers that are open beyond `depth` levels; for going on after a problem of kind.
    public mutating func unwind(to depth: Int) throws(JSONProblem) {
        while self.depth > depth {
            if keys.isInObject {
                while try advanceToKey() {}
            } else {
                while try nextElement() {}
            }
        }
    }

    /// Refuses anything but white space after the value.
    public mutating func finish() throws(JSONProblem) {
        guard depth == 0 else { throw problem(.outOfTurn) }
        if awaitsValue { try skip() }
        skipSpace()
        guard position == end else { throw problem(.trailingBytes) }
    }

    // MARK: Values

    /// The kind of the value that comes next, without reading it.
    public mutating func peek() throws(JSONProblem) -> JSONKind {
        guard awaitsValue else { throw problem(.outOfTurn) }
        skipSpace()
        guard position < end else { throw problem(.unexpectedEnd) }
        switch base[position] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case 0xEF where position == 0: throw problem(.byteOrderMark)
        default: throw problem(.expectedValue)
        }
    }

    public mutating func string() throws(JSONProblem) -> String {
        try expect(.string)
        let text = try scanString()
        awaitsValue = false
        if text.hasEscapes {
            return String(decoding: unescape(text.range), as: UTF8.self)
        }
        return String(
            decoding: UnsafeBufferPointer(start: base + text.range.lowerBound, count: text.range.count), as: UTF8.self)
    }

    /// A whole number in 64 bits; `30.0` and `3e1` count as whole.
    public mutating func int() throws(JSONProblem) -> Int64 {
        try expect(.number)
        let start = position
        let number = try scanNumber()
        if number.isInteger {
            if let value = number.int64 {
                awaitsValue = false
                return value
            }
        } else {
            let value = try double(of: number, from: start)
            if let whole = JSONNumber.whole(value) {
                awaitsValue = false
                return whole
            }
            if value.rounded() != value {
                position = start
                throw problem(.notWhole)
            }
        }
        position = start
        throw problem(.numberOutOfRange)
    }

    /// Any number, as the nearest double.
    public mutating func double() throws(JSONProblem) -> Double {
        try expect(.number)
        let start = position
        let number = try scanNumber()
        let value = try double(of: number, from: start)
        awaitsValue = false
        return value
    }

    public mutating func bool() throws(JSONProblem) -> Bool {
        try expect(.bool)
        let isTrue = base[position] == UInt8(ascii: "t")
        try scanLiteral(isTrue ? "true" : "false")
        awaitsValue = false
        return isTrue
    }

    public mutating func null() throws(JSONProblem) {
        try expect(.null)
        try scanLiteral("null")
        awaitsValue = false
    }

    /// Reads a `null` if one comes next; `false` leaves the value to be read.
    public mutating func nullIfPresent() throws(JSONProblem) -> Bool {
        guard try peek() == .null else { return false }
        try null()
        return true
    }

    /// Reads the next value whole.
    public mutating func value() throws(JSONProblem) -> JSONValue {
        switch try peek() {
        case .string: return .string(try string())
        case .bool: return .bool(try bool())
        case .null:
            try null()
            return .null
        case .number:
            let start = position
            let number = try scanNumber()
            awaitsValue = false
            if let value = number.int64 { return .integer(value) }
            if let value = number.uint64 { return .unsigned(value) }
            return .double(try double(of: number, from: start))
        case .array:
            try beginArray()
            var elements: [JSONValue] = []
            while try nextElement() { elements.append(try value()) }
            return .array(elements)
        case .object:
            try beginObject()
            var object = JSONObject()
            while try advanceToKey() {
                let key = keys.string(of: keys.last, in: base)
                object.append(key: key, value: try value())
            }
            return .object(object)
        }
    }

    /// Skips the next value, and validates it.
    public mutating func skip() throws(JSONProblem) {
        let outer = depth
        try skipOne()
        while depth > outer {
            if keys.isInObject {
                guard try advanceToKey() else { continue }
            } else {
                guard try nextElement() else { continue }
            }
            try skipOne()
        }
    }

    /// Skips the next value, validates it, and gives the range of its bytes in the text.
    public mutating func rawValue() throws(JSONProblem) -> Range<Int> {
        _ = try peek()
        let start = position
        try skip()
        return start..<position
    }

    /// A problem at the current place, for what only the caller can judge.
    public func problem(_ reason: JSONProblem.Reason) -> JSONProblem {
        problem(reason, at: position)
    }

    // MARK: Machinery

    private mutating func expect(_ kind: JSONKind) throws(JSONProblem) {
        let found = try peek()
        guard found == kind else { throw problem(.wrongKind(expected: kind, found: found)) }
    }

    private mutating func enter(isObject: Bool) throws(JSONProblem) {
        guard depth < maximumDepth else { throw problem(.tooDeep(limit: maximumDepth)) }
        position += 1
        keys.push(isObject: isObject)
        awaitsValue = false
        hasPrevious = false
    }

    private mutating func leave() {
        position += 1
        keys.pop()
        hasPrevious = true
        awaitsValue = false
    }

    /// Reads `, "key" :` or the end of the object.
    private mutating func advanceToKey() throws(JSONProblem) -> Bool {
        guard depth > 0, keys.isInObject else { throw problem(.outOfTurn) }
        if awaitsValue { try skip() }
        skipSpace()
        guard position < end else { throw problem(.unexpectedEnd) }
        if base[position] == UInt8(ascii: "}") {
            leave()
            return false
        }
        if hasPrevious {
            guard base[position] == UInt8(ascii: ",") else { throw problem(.expectedCommaOrEnd) }
            position += 1
            skipSpace()
            guard position < end else { throw problem(.unexpectedEnd) }
        }
        guard base[position] == UInt8(ascii: "\"") else { throw problem(.expectedKey) }
        let start = position
        let text = try scanString()
        let isNew =
            text.hasEscapes
            ? keys.insert(unescaped: unescape(text.range), base: base)
            : keys.insert(start: text.range.lowerBound, count: text.range.count, base: base)
        guard isNew else { throw problem(.duplicateKey, at: start) }
        skipSpace()
        guard position < end else { throw problem(.unexpectedEnd) }
        guard base[position] == UInt8(ascii: ":") else { throw problem(.expectedColon) }
        position += 1
        hasPrevious = true
        awaitsValue = true
        return true
    }

    private mutating func skipOne() throws(JSONProblem) {
        switch try peek() {
        case .object: try enter(isObject: true)
        case .array: try enter(isObject: false)
        case .string:
            _ = try scanString()
            awaitsValue = false
        case .number:
            let start = position
            let number = try scanNumber()
            if !number.isSurelyFinite { _ = try double(of: number, from: start) }
            awaitsValue = false
        case .bool: _ = try bool()
        case .null: try null()
        }
    }
}
