/// A 128-bit identifier: sixteen bytes, compared and hashed as two machine words, never allocated.
///
/// The text form is a lower-case hyphenated UUID (RFC 9562, section 4). No ordering in time is implied: rows linked to
/// a member use random or derived identifiers so that their order tells nothing.
public struct ID128: Hashable, Sendable, Comparable {
    /// The first eight bytes, big-endian.
    public var high: UInt64
    /// The last eight bytes, big-endian.
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads sixteen bytes; `nil` for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(high: high, low: low)
    }

    /// Reads the hyphenated (36 characters) or plain (32 characters) hexadecimal form; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        var position = 0
        let hyphenated = text.utf8.count == 36
        guard hyphenated || text.utf8.count == 32 else { return nil }
        for byte in text.utf8 {
            defer { position += 1 }
            if hyphenated, position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let value: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            if digits < 16 { high = high << 4 | UInt64(value) } else { low = low << 4 | UInt64(value) }
            digits += 1
        }
        self.init(high: high, low: low)
    }

    /// The sixteen bytes, most significant first.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            for index in 0..<8 {
                buffer[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
                buffer[index + 8] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
            }
            count = 16
        }
    }

    public static func < (left: ID128, right: ID128) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// The identifier with the version and variant bits of a UUID set.
    ///
    /// - Parameter version: 4 for random, 5 for derived from a name with SHA-1, 7 for time-ordered, 8 for own schemes.
    public func asUUID(version: UInt64) -> ID128 {
        ID128(high: high & ~0xF000 | (version & 0xF) << 12, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}

extension ID128: CustomStringConvertible {
    public var description: String {
        let digits = StaticHex.digits
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var out = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    buffer[out] = UInt8(ascii: "-")
                    out += 1
                }
                let word = nibble < 16 ? high : low
                buffer[out] = digits[Int(word >> UInt64(60 - 4 * (nibble & 15)) & 15)]
                out += 1
            }
            return out
        }
    }
}

enum StaticHex {
    static let digits: [UInt8] = Array("0123456789abcdef".utf8)
}

extension ID128: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ID128(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a UUID")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
