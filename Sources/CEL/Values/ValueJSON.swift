extension Value {
    /// The value as compact JSON that keeps its type.
    ///
    /// `null`, truth values, strings, lists, ints up to 2^53 and finite doubles (always with a point or an exponent) are
    /// themselves; everything else is an object with one member: `{"i":"9007199254740993"}` int, `{"u":"5"}` uint,
    /// `{"d":"NaN"}` double, `{"b":"AAE="}` bytes, `{"t":"2026-01-31T12:00:00Z"}` timestamp, `{"n":"1500000000"}`
    /// duration in nanoseconds, `{"m":[[key,value]]}` map, `{"y":"int"}` type, `{"o":[value]}` optional,
    /// `{"ip":"::1"}`, `{"cidr":"10.0.0.0/8"}`.
    public var json: String { encoded.text }

    /// Reads what ``json`` writes.
    public init?(json: String) {
        guard let value = JSONReader.read(Array(json.utf8)).flatMap(Value.init(encoded:)) else { return nil }
        self = value
    }

    var encoded: JSON {
        let tagged = { (tag: String, text: String) in JSON.object([(tag, .string(text))]) }
        switch self {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number):
            return number.magnitude <= 1 << 53 ? .number(String(number)) : tagged("i", String(number))
        case .uint(let number): return tagged("u", String(number))
        case .double(let number):
            if let special = DoubleText.special(number) { return tagged("d", special) }
            let text = DoubleText.general(number)
            let isPlain = text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") }
            return .number(isPlain ? text : text + ".0")
        case .string(let text): return .string(text)
        case .bytes(let bytes): return tagged("b", Base64.encode(bytes))
        case .timestamp(let instant): return tagged("t", instant.rfc3339)
        case .duration(let span): return tagged("n", String(span.nanoseconds))
        case .list(let elements): return .array(elements.map(\.encoded))
        case .map(let map):
            return .object([("m", .array(map.entries.map { .array([$0.key.encoded, $0.value.encoded]) }))])
        case .type(let name): return tagged("y", name.name)
        case .optional(let content): return .object([("o", .array(content.map { [$0.encoded] } ?? []))])
        case .ip(let address): return tagged("ip", address.text)
        case .cidr(let block): return tagged("cidr", block.text)
        }
    }

    init?(encoded json: JSON) {
        let value: Value?
        switch json {
        case .null: value = .null
        case .bool(let flag): value = .bool(flag)
        case .string(let text): value = .string(text)
        case .number(let text):
            let isDouble = text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
            value = isDouble ? DoubleText.parse(text).map { .double($0) } : Int64(text).map { .int($0) }
        case .array(let elements):
            let values = elements.compactMap(Value.init(encoded:))
            value = values.count == elements.count ? .list(values) : nil
        case .object(let members):
            guard members.count == 1 else { return nil }
            value = Value.tagged(members[0].key, members[0].value)
        }
        guard let value else { return nil }
        self = value
    }

    private static func tagged(_ tag: String, _ json: JSON) -> Value? {
        if tag == "m" { return map(json) }
        if tag == "o" {
            guard let content = json.array, content.count <= 1 else { return nil }
            guard let first = content.first else { return .optional(nil) }
            return Value(encoded: first).map { .optional($0) }
        }
        guard let text = json.string else { return nil }
        switch tag {
        case "i": return Int64(text).map { .int($0) }
        case "u": return UInt64(text).map { .uint($0) }
        case "d":
            return switch text {
            case "NaN": .double(.nan)
            case "Infinity": .double(.infinity)
            case "-Infinity": .double(-.infinity)
            default: nil
            }
        case "b": return Base64.decode(text).map { .bytes($0) }
        case "t": return Timestamp(rfc3339: text).map { .timestamp($0) }
        case "n": return Int64(text).map { .duration(TimeSpan(nanoseconds: $0)) }
        case "y": return .type(TypeName(text))
        case "ip": return IPAddress(text).map { .ip($0) }
        case "cidr": return CIDRBlock(text).map { .cidr($0) }
        default: return nil
        }
    }

    private static func map(_ json: JSON) -> Value? {
        var entries: [(key: Value, value: Value)] = []
        for entry in json.array ?? [] {
            guard let pair = entry.array, pair.count == 2, let key = Value(encoded: pair[0]),
                let value = Value(encoded: pair[1])
            else { return nil }
            entries.append((key, value))
        }
        return MapValue(entries: entries).map { .map($0) }
    }
}
