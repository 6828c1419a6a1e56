/// Reads `&amp;`, `&#228;` and `&#xE4;` in mark-up.
enum CharacterReference {
    /// The character that the reference at `start` (an `&`) stands for, and where the text goes on; `nil` when there is no
    /// well-formed reference, so that the `&` stands for itself.
    ///
    /// Numbers of characters that XML forbids give U+FFFD: they come from strangers.
    static func read(_ bytes: ArraySlice<UInt8>, at start: Int) -> (scalar: Unicode.Scalar, end: Int)? {
        var index = start + 1
        guard index < bytes.endIndex else { return nil }
        if bytes[index] == UInt8(ascii: "#") {
            index += 1
            return number(bytes, at: index)
        }
        let limit = min(bytes.endIndex, index + NamedCharacters.longestName + 1)
        guard let end = bytes[index..<limit].firstIndex(of: UInt8(ascii: ";")),
            let scalar = NamedCharacters.scalar(named: String(decoding: bytes[index..<end], as: UTF8.self))
        else { return nil }
        return (scalar, end + 1)
    }

    private static func number(_ bytes: ArraySlice<UInt8>, at start: Int) -> (scalar: Unicode.Scalar, end: Int)? {
        var index = start
        var radix: UInt32 = 10
        if index < bytes.endIndex, bytes[index] | 0x20 == UInt8(ascii: "x") {
            radix = 16
            index += 1
        }
        let digits = index
        var value: UInt32 = 0
        while index < bytes.endIndex, let digit = digit(bytes[index]), digit < radix {
            // Leading zeros are allowed; beyond the last scalar the value no longer matters.
            value = min(value * radix + digit, 0x110000)
            index += 1
        }
        guard index > digits, index < bytes.endIndex, bytes[index] == UInt8(ascii: ";") else { return nil }
        let scalar = Unicode.Scalar(value)
        return (scalar.flatMap { isAllowed($0) ? $0 : nil } ?? "\u{FFFD}", index + 1)
    }

    /// XML 1.0, production `Char`.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
