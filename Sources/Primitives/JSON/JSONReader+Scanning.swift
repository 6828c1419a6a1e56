/// The byte level: white space, strings, numbers, literals.
extension JSONReader {
    /// The content of a string between its quotes.
    struct ScannedString {
        let range: Range<Int>
        let hasEscapes: Bool
    }

    struct ScannedNumber {
        var isNegative = false
        /// Without fraction and exponent.
        var isInteger = true
        /// The first digits as a number, as many as 64 bits hold.
        var mantissa: UInt64 = 0
        /// Power of ten to multiply the mantissa with.
        var exponent = 0
        /// More digits stood there than the mantissa holds.
        var isTruncated = false

        var int64: Int64? {
            guard let magnitude else { return nil }
            if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
            return Int64(exactly: magnitude)
        }

        var uint64: UInt64? { isNegative ? nil : magnitude }

        /// The absolute value of an integer that fits 64 bits.
        private var magnitude: UInt64? { isInteger && !isTruncated ? mantissa : nil }

        /// Not near the largest double, 1.8 × 10^308.
        var isSurelyFinite: Bool { exponent < 280 }
    }

    @inline(__always)
    mutating func skipSpace() {
        while position < end {
            let byte = base[position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    mutating func scanLiteral(_ literal: StaticString) throws(JSONProblem) {
        for index in 0..<literal.utf8CodeUnitCount {
            guard position + index < end else { throw problem(.unexpectedEnd, at: end) }
            guard base[position + index] == literal.utf8Start[index] else { throw problem(.expectedValue) }
        }
        position += literal.utf8CodeUnitCount
    }

    /// Reads a string from its opening to behind its closing quote and validates all of it.
    mutating func scanString() throws(JSONProblem) -> ScannedString {
        let start = position + 1
        var index = start
        var hasEscapes = false
        while true {
            index = plainRun(from: index)
            guard index < end else { throw problem(.unexpectedEnd, at: end) }
            let byte = base[index]
            if byte == UInt8(ascii: "\"") {
                position = index + 1
                return ScannedString(range: start..<index, hasEscapes: hasEscapes)
            } else if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index = try checkEscape(at: index)
            } else if byte < 0x20 {
                throw problem(.unescapedControlCharacter, at: index)
            } else {
                let length = UTF8Check.sequenceLength(base, at: index, end: end)
                guard length > 0 else { throw problem(.invalidUTF8, at: index) }
                index += length
            }
        }
    }

    /// The first place from `index` on that holds a quote, a backslash, a control character or a byte beyond ASCII.
    @inline(__always)
    private func plainRun(from index: Int) -> Int {
        var index = index
        // Eight bytes at a time; "Bit Twiddling Hacks" (Anderson), "Determine if a word has a zero byte".
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawPointer(base)
        while index &+ 8 <= end {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quotes = (word ^ (ones &* 0x22)) &- ones
            let backslashes = (word ^ (ones &* 0x5C)) &- ones
            let controls = word &- (ones &* 0x20)
            let special = (((quotes | backslashes | controls) & ~word) | word) & tops
            if special != 0 { return index &+ special.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end {
            let byte = base[index]
            if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            index += 1
        }
        return index
    }

    /// Checks the escape whose backslash stands at `index`; gives the place behind it.
    private func checkEscape(at index: Int) throws(JSONProblem) -> Int {
        guard index + 1 < end else { throw problem(.unexpectedEnd, at: end) }
        switch base[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(at: index)
            switch unit {
            case 0xD800...0xDBFF:
                let second = index + 6
                guard second + 1 < end, base[second] == UInt8(ascii: "\\"), base[second + 1] == UInt8(ascii: "u") else {
                    throw problem(.loneSurrogate, at: index)
                }
                guard (0xDC00...0xDFFF).contains(try codeUnit(at: second)) else {
                    throw problem(.loneSurrogate, at: index)
                }
                return index + 12
            case 0xDC00...0xDFFF: throw problem(.loneSurrogate, at: index)
            default: return index + 6
            }
        default: throw problem(.invalidEscape, at: index)
        }
    }

    /// The four hexadecimal digits of the `\u` escape at `index`.
    private func codeUnit(at index: Int) throws(JSONProblem) -> UInt32 {
        guard index + 6 <= end else { throw problem(.unexpectedEnd, at: end) }
        var unit: UInt32 = 0
        for place in 2..<6 {
            let byte = base[index + place]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw problem(.invalidEscape, at: index)
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// The UTF-8 bytes of a string that `scanString()` has validated.
    func unescape(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = base[index]
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                index += 1
                continue
            }
            switch base[index + 1] {
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = (try? codeUnit(at: index)) ?? 0xFFFD
                index += 6
                if (0xD800...0xDBFF).contains(scalar), let low = try? codeUnit(at: index) {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                    index += 6
                }
                bytes.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
                continue
            default: bytes.append(base[index + 1])
            }
            index += 2
        }
        return bytes
    }

    /// Reads a number and validates its grammar.
    mutating func scanNumber() throws(JSONProblem) -> ScannedNumber {
        var number = ScannedNumber()
        var index = position
        if base[index] == UInt8(ascii: "-") {
            number.isNegative = true
            index += 1
        }
        guard index < end else { throw problem(.unexpectedEnd, at: end) }
        if base[index] == UInt8(ascii: "0") {
            index += 1
            if index < end, isDigit(base[index]) { throw problem(.invalidNumber) }
        } else {
            guard isDigit(base[index]) else { throw problem(.invalidNumber) }
            while index < end, isDigit(base[index]) {
                add(base[index], to: &number, isFraction: false)
                index += 1
            }
        }
        if index < end, base[index] == UInt8(ascii: ".") {
            number.isInteger = false
            index += 1
            guard index < end else { throw problem(.unexpectedEnd, at: end) }
            guard isDigit(base[index]) else { throw problem(.invalidNumber) }
            while index < end, isDigit(base[index]) {
                add(base[index], to: &number, isFraction: true)
                index += 1
            }
        }
        if index < end, base[index] | 0x20 == UInt8(ascii: "e") {
            number.isInteger = false
            index += 1
            var isNegative = false
            if index < end, base[index] == UInt8(ascii: "-") || base[index] == UInt8(ascii: "+") {
                isNegative = base[index] == UInt8(ascii: "-")
                index += 1
            }
            guard index < end else { throw problem(.unexpectedEnd, at: end) }
            guard isDigit(base[index]) else { throw problem(.invalidNumber) }
            var exponent = 0
            while index < end, isDigit(base[index]) {
                // A billion is beyond every double and far from overflow.
                if exponent < 1_000_000_000 { exponent = exponent * 10 + Int(base[index] - UInt8(ascii: "0")) }
                index += 1
            }
            number.exponent += isNegative ? -exponent : exponent
        }
        position = index
        return number
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always)
    private func add(_ digit: UInt8, to number: inout ScannedNumber, isFraction: Bool) {
        let value = UInt64(digit &- UInt8(ascii: "0"))
        if !number.isTruncated {
            let (product, overflow) = number.mantissa.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(value)
            if !overflow, !carry {
                number.mantissa = sum
                if isFraction { number.exponent -= 1 }
                return
            }
        }
        number.isTruncated = true
        if !isFraction { number.exponent += 1 }
    }

    /// The double nearest to the number that was read from `start` to `position`.
    mutating func double(of number: ScannedNumber, from start: Int) throws(JSONProblem) -> Double {
        // Both factors exact: one rounding, so the result is the nearest double (Clinger, PLDI 1990).
        if !number.isTruncated, number.mantissa <= 1 << 53, abs(number.exponent) <= 22 {
            let mantissa = Double(number.mantissa)
            let power = JSONNumber.powersOfTen[abs(number.exponent)]
            let value = number.exponent < 0 ? mantissa / power : mantissa * power
            return number.isNegative ? -value : value
        }
        let text = String(decoding: UnsafeBufferPointer(start: base + start, count: position - start), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            position = start
            throw problem(.numberOutOfRange)
        }
        return value
    }

    func problem(_ reason: JSONProblem.Reason, at offset: Int) -> JSONProblem {
        var line = 1
        var column = 1
        for index in 0..<min(offset, end) {
            if base[index] == 0x0A {
                line += 1
                column = 1
            } else if base[index] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONProblem(reason: reason, offset: offset, line: line, column: column)
    }
}
