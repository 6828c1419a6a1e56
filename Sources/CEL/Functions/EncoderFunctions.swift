/// `base64.encode` and `base64.decode`.
enum EncoderFunctions {
    static func define(in library: inout FunctionLibrary) {
        library.define("base64.encode", [.global([.bytes], .string)], cost: .linear) {
            budget, arguments throws(Failure) in
            guard case .bytes(let bytes) = arguments[0] else { throw Failure(.noSuchOverload) }
            try budget.chargeString(bytes: bytes.count / 3 * 4 + 4)
            return .string(Base64.encode(bytes))
        }
        library.define("base64.decode", [.global([.string], .bytes)], cost: .linear) {
            budget, arguments throws(Failure) in
            guard case .string(let text) = arguments[0] else { throw Failure(.noSuchOverload) }
            try budget.chargeString(bytes: text.utf8.count)
            guard let bytes = Base64.decode(text) else { throw Failure(.invalidValue) }
            return .bytes(bytes)
        }
    }
}

/// RFC 4648 base 64 with the standard alphabet.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let rest = bytes.count - index
            let group =
                UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
            output.append(alphabet[Int(group >> 18)])
            output.append(alphabet[Int(group >> 12 & 63)])
            output.append(rest > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            output.append(rest > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
            index += 3
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes, with or without padding; nil for text that is not base 64.
    static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        if digits.count % 4 == 0 {
            for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
        }
        guard digits.count % 4 != 1 else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(digits.count * 3 / 4)
        var group: UInt32 = 0
        var bits = 0
        for digit in digits {
            let value: UInt32
            switch digit {
            case 0x41...0x5a: value = UInt32(digit) - 0x41
            case 0x61...0x7a: value = UInt32(digit) - 0x61 + 26
            case 0x30...0x39: value = UInt32(digit) - 0x30 + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: return nil
            }
            group = group << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                output.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        return output
    }
}
