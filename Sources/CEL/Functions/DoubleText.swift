/// Decimal text of doubles, independent of any locale.
enum DoubleText {
    /// Reads decimal text with optional sign, fraction and exponent; nil for other text.
    ///
    /// Too small a number is zero, too large a number infinite.
    static func parse(_ text: String) -> Double? {
        var hasDigits = false
        var isExponent = false
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39: hasDigits = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard hasDigits, !isExponent else { return nil }
                isExponent = true
                hasDigits = false
            case UInt8(ascii: "+"), UInt8(ascii: "-"):
                guard previous == 0 || previous | 0x20 == UInt8(ascii: "e") else { return nil }
            case UInt8(ascii: "."): guard !isExponent else { return nil }
            default: return nil
            }
            previous = byte
        }
        guard hasDigits, text.utf8.count <= 4096 else { return nil }
        return Double(text)
    }

    /// The digits and the decimal exponent of the shortest text that reads back as the same double:
    /// the value is `0.d1d2d3… × 10^point`.
    static func shortestDigits(_ magnitude: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        let text = Array(magnitude.description.utf8)
        for (index, byte) in text.enumerated() {
            if byte.isDigit {
                digits.append(byte)
            } else if byte == UInt8(ascii: ".") {
                point = digits.count
            } else {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            }
        }
        var place = (point ?? digits.count) + exponent
        while digits.count > 1, digits.first == 0x30 {
            digits.removeFirst()
            place -= 1
        }
        while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
        if digits == [0x30] { place = 1 }
        return (digits, place)
    }

    /// The shortest decimal text without exponent: `56.8`, `1000000`, `NaN`, `-Infinity`.
    static func plain(_ value: Double) -> String {
        if let special = special(value) { return special }
        let (digits, point) = shortestDigits(value.magnitude)
        var text = value.sign == .minus ? "-" : ""
        if point <= 0 {
            text += "0." + String(repeating: "0", count: -point) + String(decoding: digits, as: UTF8.self)
        } else if point >= digits.count {
            text += String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: point - digits.count)
        } else {
            text += String(decoding: digits[..<point], as: UTF8.self) + "."
            text += String(decoding: digits[point...], as: UTF8.self)
        }
        return text
    }

    /// The shortest text, with an exponent below 1e-4 and from 1e21: what `string(double)` gives.
    static func general(_ value: Double) -> String {
        if let special = special(value) { return special }
        let (digits, point) = shortestDigits(value.magnitude)
        guard value != 0, point - 1 < -4 || point - 1 >= 21 else { return plain(value) }
        var text = value.sign == .minus ? "-" : ""
        text += String(decoding: digits[..<1], as: UTF8.self)
        if digits.count > 1 { text += "." + String(decoding: digits[1...], as: UTF8.self) }
        text += point - 1 < 0 ? "e-" : "e+"
        text.appendPadded(Int64(abs(point - 1)), to: 2)
        return text
    }

    /// The text of a double that has no digits.
    static func special(_ value: Double) -> String? {
        value.isNaN ? "NaN" : value.isInfinite ? value < 0 ? "-Infinity" : "Infinity" : nil
    }

    /// The exact decimal expansion: integer digits, then fraction digits.
    ///
    /// - Complexity: at most about 1,100 digits.
    private static func exactDigits(_ magnitude: Double) -> (integer: [UInt8], fraction: [UInt8]) {
        let exponent = Int(magnitude.exponentBitPattern)
        let fractionBits = magnitude.significandBitPattern
        let mantissa = exponent == 0 ? fractionBits : fractionBits | 1 << 52
        let power = (exponent == 0 ? 1 : exponent) - 1075
        var number = BigDecimal(mantissa)
        if power >= 0 {
            for _ in 0..<(power / 16) { number.multiply(by: 1 << 16) }
            number.multiply(by: 1 << UInt64(power % 16))
            return (number.digits, [])
        }
        // m / 2^k = m * 5^k / 10^k
        for _ in 0..<(-power / 8) { number.multiply(by: 390_625) }
        for _ in 0..<(-power % 8) { number.multiply(by: 5) }
        var digits = number.digits
        if digits.count < -power { digits = Array(repeating: 0, count: -power - digits.count) + digits }
        return (Array(digits[..<(digits.count + power)]), Array(digits[(digits.count + power)...]))
    }

    /// `places` digits after the point, rounded half to even on the exact value.
    static func fixed(_ value: Double, places: Int) -> String {
        if let special = special(value) { return special }
        let (integer, fraction) = exactDigits(value.magnitude)
        let all = [0] + integer + fraction
        let rounded = round(all, keeping: 1 + integer.count + places)
        var whole = Array(rounded[..<(1 + integer.count)].drop { $0 == 0 })
        if whole.isEmpty { whole = [0] }
        var text = value.sign == .minus ? "-" : ""
        text += ascii(whole)
        if places > 0 { text += "." + ascii(rounded[(1 + integer.count)...]) }
        return text
    }

    /// One digit before the point, `places` after it, and an exponent of at least two digits.
    static func scientific(_ value: Double, places: Int) -> String {
        if let special = special(value) { return special }
        let (integer, fraction) = exactDigits(value.magnitude)
        var digits = integer + fraction
        var exponent = integer.count - 1
        while digits.count > 1, digits.first == 0, value != 0 {
            digits.removeFirst()
            exponent -= 1
        }
        if value == 0 {
            digits = [0]
            exponent = 0
        }
        var rounded = round([0] + digits, keeping: places + 2)
        if rounded[0] == 0 {
            rounded.removeFirst()
        } else {
            exponent += 1
            rounded.removeLast()
        }
        var text = value.sign == .minus ? "-" : ""
        text += ascii(rounded[..<1])
        if places > 0 { text += "." + ascii(rounded[1...]) }
        text += exponent < 0 ? "e-" : "e+"
        text.appendPadded(Int64(abs(exponent)), to: 2)
        return text
    }

    /// The first `count` digits, rounded half to even; the first digit must be 0 to take a carry.
    private static func round(_ digits: [UInt8], keeping count: Int) -> [UInt8] {
        guard count < digits.count else { return digits + Array(repeating: 0, count: count - digits.count) }
        var kept = Array(digits[..<count])
        let rest = digits[count...]
        let isAboveHalf = digits[count] > 5 || (digits[count] == 5 && rest.dropFirst().contains { $0 != 0 })
        let isHalf = digits[count] == 5 && !isAboveHalf
        guard isAboveHalf || (isHalf && (kept.last ?? 0) % 2 == 1) else { return kept }
        var index = count - 1
        while index > 0, kept[index] == 9 {
            kept[index] = 0
            index -= 1
        }
        kept[index] += 1
        return kept
    }

    private static func ascii(_ digits: some Sequence<UInt8>) -> String {
        String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    }
}

/// A non-negative integer of any size, in base 10^9.
private struct BigDecimal {
    private var limbs: [UInt64]

    init(_ value: UInt64) {
        limbs = [value % 1_000_000_000, value / 1_000_000_000 % 1_000_000_000, value / 1_000_000_000_000_000_000]
    }

    mutating func multiply(by factor: UInt64) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = limbs[index] * factor + carry
            limbs[index] = product % 1_000_000_000
            carry = product / 1_000_000_000
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// Decimal digits without leading zeros, at least one.
    var digits: [UInt8] {
        var result: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                result.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while result.count > 1, result.last == 0 { result.removeLast() }
        return result.reversed()
    }
}
