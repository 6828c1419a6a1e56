/// Writes JSON into bytes, piece by piece; commas and colons come by themselves.
///
/// The caller opens and closes in balance and gives a key before each value inside an object.
public struct JSONWriter: Sendable {
    /// How the text looks.
    public struct Style: Hashable, Sendable {
        /// Spaces for each level; 0 writes everything on one line without spaces.
        public var indent: Int
        /// Escapes `<`, `>`, `&`, U+2028 and U+2029, so that the text can stand inside an HTML `<script>` element.
        public var isSafeInHTML: Bool
        /// Sorts the members of `JSONValue` objects by their keys' UTF-16 code units and writes numbers as ECMAScript
        /// does (RFC 8785). Members written with `key(_:)` stay in the order they were written.
        public var isCanonical: Bool

        public init(indent: Int = 0, isSafeInHTML: Bool = false, isCanonical: Bool = false) {
            self.indent = indent
            self.isSafeInHTML = isSafeInHTML
            self.isCanonical = isCanonical
        }

        public static let compact = Style()
        public static let pretty = Style(indent: 2)
        public static let canonical = Style(isCanonical: true)
        public static let html = Style(isSafeInHTML: true)
    }

    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    public let style: Style
    private var needsComma = false
    private var level = 0

    public init(_ style: Style = .compact, reservingCapacity capacity: Int = 0) {
        self.style = style
        if capacity > 0 { bytes.reserveCapacity(capacity) }
    }

    /// What has been written so far, as a string.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets what was written and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
        level = 0
    }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// A key of the program's own: written as it is, so it must need no escaping.
    public mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        endKey()
    }

    public mutating func key(_ key: String) {
        separate()
        quoted(key)
        endKey()
    }

    public mutating func null() { literal("null") }
    public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    public mutating func integer(_ value: some FixedWidthInteger & SignedInteger) {
        separate()
        JSONNumber.append(Int64(value), to: &bytes)
        needsComma = true
    }

    public mutating func unsigned(_ value: UInt64) {
        separate()
        JSONNumber.append(value, to: &bytes)
        needsComma = true
    }

    /// The shortest text that reads back as the same double; a NaN or an infinity becomes `null`.
    public mutating func double(_ value: Double) {
        separate()
        JSONNumber.append(value, to: &bytes, keepsKind: !style.isCanonical)
        needsComma = true
    }

    public mutating func string(_ value: String) {
        separate()
        quoted(value)
        needsComma = true
    }

    /// A value that is JSON already, such as a range that `JSONReader.rawValue()` found; nothing is checked.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .unsigned(let value): unsigned(value)
        case .double(let value): double(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object): self.object(object)
        }
    }

    public mutating func object(_ object: JSONObject) {
        beginObject()
        if style.isCanonical {
            for member in object.members.sorted(by: { Self.precedes($0.key, $1.key) }) {
                key(member.key)
                value(member.value)
            }
        } else {
            for member in object.members {
                key(member.key)
                value(member.value)
            }
        }
        endObject()
    }

    /// A key and its value.
    public mutating func member(_ key: StaticString, _ value: String) {
        self.key(key)
        string(value)
    }

    public mutating func member(_ key: StaticString, _ value: some FixedWidthInteger & SignedInteger) {
        self.key(key)
        integer(value)
    }

    public mutating func member(_ key: StaticString, _ value: Double) {
        self.key(key)
        double(value)
    }

    public mutating func member(_ key: StaticString, _ value: Bool) {
        self.key(key)
        bool(value)
    }

    public mutating func member(_ key: StaticString, _ value: JSONValue) {
        self.key(key)
        self.value(value)
    }

    /// The order of RFC 8785, section 3.2.3: by UTF-16 code units.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf16.lexicographicallyPrecedes(right.utf16)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        if style.indent > 0 { breakLine(after: needsComma) }
    }

    private mutating func breakLine(after comma: Bool) {
        // Not at the start of the text, and not between a key and its value.
        guard comma || bytes.last == UInt8(ascii: "[") || bytes.last == UInt8(ascii: "{") else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * style.indent))
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
        level += 1
    }

    private mutating func close(_ bracket: UInt8) {
        level -= 1
        if style.indent > 0, needsComma {
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, level) * style.indent))
        }
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func endKey() {
        bytes.append(UInt8(ascii: ":"))
        if style.indent > 0 { bytes.append(UInt8(ascii: " ")) }
        needsComma = false
    }

    private mutating func literal(_ text: StaticString) {
        separate()
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        needsComma = true
    }

    private mutating func quoted(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { JSONEscaping.append($0, to: &bytes, isSafeInHTML: style.isSafeInHTML) }
        bytes.append(UInt8(ascii: "\""))
    }
}

enum JSONEscaping {
    /// Appends the content of a JSON string: runs that need no escape are copied whole.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], isSafeInHTML: Bool) {
        var start = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            let plain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            if plain, !isSafeInHTML || !needsHTMLEscape(text, at: index) {
                index += 1
                continue
            }
            bytes.append(contentsOf: text[start..<index])
            bytes.append(UInt8(ascii: "\\"))
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
            case 0x08: bytes.append(UInt8(ascii: "b"))
            case 0x09: bytes.append(UInt8(ascii: "t"))
            case 0x0A: bytes.append(UInt8(ascii: "n"))
            case 0x0C: bytes.append(UInt8(ascii: "f"))
            case 0x0D: bytes.append(UInt8(ascii: "r"))
            case 0xE2:
                // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
                bytes.append(contentsOf: (text[index + 2] == 0xA8 ? "u2028" : "u2029").utf8)
                index += 2
            default:
                bytes.append(contentsOf: "u00".utf8)
                bytes.append(StaticHex.digits[Int(byte >> 4)])
                bytes.append(StaticHex.digits[Int(byte & 15)])
            }
            index += 1
            start = index
        }
        bytes.append(contentsOf: text[start...])
    }

    private static func needsHTMLEscape(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): true
        case 0xE2: index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8
        default: false
        }
    }
}
