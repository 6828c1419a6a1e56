/// The number texts of JSON and ECMAScript.
enum JSONNumber {
    /// A double without a fraction, where every whole number up to it is a double too (2^53).
    static func whole(_ value: Double) -> Int64? {
        guard abs(value) <= 9_007_199_254_740_992, value == value.rounded(.towardZero) else { return nil }
        return Int64(value)
    }

    /// Powers of ten that a double holds exactly.
    static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The shortest text that reads back as the same double, in the format of ECMAScript's `Number::toString`
    /// (ECMA-262, section 6.1.6.1.20; required by RFC 8785, section 3.2.2.3).
    ///
    /// - Parameter keepsKind: adds `.0` to whole numbers, so that they read back as doubles.
    static func append(_ value: Double, to bytes: inout [UInt8], keepsKind: Bool) {
        guard value.isFinite else {
            bytes.append(contentsOf: "null".utf8)
            return
        }
        if let whole = whole(value) {
            if value == 0, value.sign == .minus, keepsKind { bytes.append(UInt8(ascii: "-")) }
            append(whole, to: &bytes)
            if keepsKind { bytes.append(contentsOf: ".0".utf8) }
            return
        }
        if appendShortFraction(value, to: &bytes) { return }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let (digits, exponent) = shortestDigits(of: abs(value))
        let count = digits.count
        // The value is 0.d1d2d3… × 10^exponent.
        if exponent > 21 || exponent < -5 {
            bytes.append(digits[0])
            if count > 1 {
                bytes.append(UInt8(ascii: "."))
                bytes.append(contentsOf: digits[1...])
            }
            bytes.append(UInt8(ascii: "e"))
            bytes.append(exponent > 0 ? UInt8(ascii: "+") : UInt8(ascii: "-"))
            append(Int64(abs(exponent - 1)), to: &bytes)
        } else if exponent <= 0 {
            bytes.append(contentsOf: "0.".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -exponent))
            bytes.append(contentsOf: digits)
        } else if exponent >= count {
            bytes.append(contentsOf: digits)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent - count))
            if keepsKind { bytes.append(contentsOf: ".0".utf8) }
        } else {
            bytes.append(contentsOf: digits[..<exponent])
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: digits[exponent...])
        }
    }

    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        append(value.magnitude, to: &bytes)
    }

    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        if value < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
            return
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
            var rest = value
            var start = 20
            while rest > 0 {
                start -= 1
                buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            bytes.append(contentsOf: buffer[start...])
        }
    }

    /// Values such as 0.85: few decimals, moderate size. A text of at most 15 digits that reads back as the value is
    /// the shortest one when no shorter was found before it.
    private static func appendShortFraction(_ value: Double, to bytes: inout [UInt8]) -> Bool {
        let magnitude = abs(value)
        guard magnitude < 1e9, magnitude >= 1e-4 else { return false }
        for decimals in 1...6 {
            let scaled = (magnitude * powersOfTen[decimals]).rounded()
            guard scaled / powersOfTen[decimals] == magnitude else { continue }
            if value < 0 { bytes.append(UInt8(ascii: "-")) }
            let unit = UInt64(powersOfTen[decimals])
            let digits = UInt64(scaled)
            append(digits / unit, to: &bytes)
            bytes.append(UInt8(ascii: "."))
            var rest = digits % unit
            var place = unit / 10
            while place > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / place))
                rest %= place
                place /= 10
            }
            return true
        }
        return false
    }

    /// The shortest digits that read back as `value` (positive, finite), and the exponent of `0.digits × 10^exponent`.
    private static func shortestDigits(of value: Double) -> (digits: [UInt8], exponent: Int) {
        // The standard library prints the shortest digits (SwiftDtoa); only its layout differs.
        var digits: [UInt8] = []
        var exponent = 0
        var point: Int?
        var text = value.description
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: ".") {
                    point = digits.count
                } else if byte == UInt8(ascii: "e") {
                    var sign = 1
                    while index < bytes.count {
                        switch bytes[index] {
                        case UInt8(ascii: "-"): sign = -1
                        case UInt8(ascii: "+"): break
                        default: exponent = exponent * 10 + Int(bytes[index] - UInt8(ascii: "0"))
                        }
                        index += 1
                    }
                    exponent *= sign
                } else {
                    digits.append(byte)
                }
            }
        }
        exponent += point ?? digits.count
        while let last = digits.last, last == UInt8(ascii: "0") { digits.removeLast() }
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        return (digits, exponent - leading)
    }
}
