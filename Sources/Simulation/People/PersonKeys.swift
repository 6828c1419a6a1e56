/// Short texts for numbers, and a reversible scrambling so that neighbours do not look alike.
enum PersonKeys {
    /// Crockford's base 32.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let mask: UInt64 = (1 << 40) - 1
    private static let factor: UInt64 = 0x5A_B9E3_779F | 1

    /// The low bits of a number, five for each digit. Up to fifteen bytes a string needs no memory of its own.
    static func text(_ value: UInt64, digits: Int) -> String {
        String(unsafeUninitializedCapacity: digits) { buffer in
            for index in 0..<digits {
                buffer[index] = alphabet[Int(value >> UInt64(5 * (digits - 1 - index)) & 31)]
            }
            return digits
        }
    }

    static func number(_ text: some StringProtocol) -> UInt64? {
        var value: UInt64 = 0
        for byte in text.utf8 {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            value = value << 5 | UInt64(digit)
        }
        return value
    }

    /// A bijection of 40 bits.
    static func scramble(_ value: UInt64) -> UInt64 {
        var x = value & mask
        x = (x &* factor) & mask
        x ^= x >> 20
        return (x &* factor) & mask
    }

    static func unscramble(_ value: UInt64) -> UInt64 {
        var x = (value &* inverse) & mask
        x ^= x >> 20
        return (x &* inverse) & mask
    }

    /// The factor's inverse modulo 2^40, by Newton's iteration.
    private static let inverse: UInt64 = {
        var x: UInt64 = factor
        for _ in 0..<6 { x = x &* (2 &- factor &* x) }
        return x & mask
    }()
}
