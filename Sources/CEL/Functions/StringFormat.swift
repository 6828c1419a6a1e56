/// `string.format(list)`: `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X`, `%%`, with `.precision` for `%f` and `%e`.
///
/// The same in every locale.
enum StringFormat {
    static func format(_ pattern: String, _ values: [Value], _ budget: inout Budget) throws(Failure) -> String {
        var output = ""
        var scanner = ByteScanner(pattern)
        var literal: [UInt8] = []
        var next = 0
        while let byte = scanner.next {
            scanner.advance()
            guard byte == UInt8(ascii: "%") else {
                literal.append(byte)
                continue
            }
            if scanner.skip("%") {
                literal.append(byte)
                continue
            }
            output += String(decoding: literal, as: UTF8.self)
            literal.removeAll()
            var precision: Int?
            if scanner.skip(".") {
                guard var digits = scanner.digits(1) else { throw Failure(.invalidValue) }
                while let digit = scanner.digits(1) { digits = min(digits * 10 + digit, 10_000) }
                precision = digits
            }
            guard let verb = scanner.next else { throw Failure(.invalidValue) }
            scanner.advance()
            guard next < values.count else { throw Failure(.invalidIndex) }
            output += try text(of: values[next], verb, precision, &budget)
            next += 1
            try budget.charge(1)
            if output.utf8.count > budget.stringBytes { throw Failure(.resultTooLarge) }
        }
        output += String(decoding: literal, as: UTF8.self)
        try budget.chargeString(bytes: output.utf8.count)
        return output
    }

    private static func text(
        of value: Value, _ verb: UInt8, _ precision: Int?, _ budget: inout Budget
    ) throws(Failure) -> String {
        switch Unicode.Scalar(verb) {
        case "s": return try plain(value, &budget)
        case "d": return try decimal(value)
        case "f": return DoubleText.fixed(try number(value), places: try places(precision))
        case "e": return DoubleText.scientific(try number(value), places: try places(precision))
        case "b":
            if case .bool(let flag) = value { return flag ? "1" : "0" }
            return try integer(value, radix: 2)
        case "o": return try integer(value, radix: 8)
        case "x": return try hexadecimal(value, isUppercase: false, &budget)
        case "X": return try hexadecimal(value, isUppercase: true, &budget)
        default: throw Failure(.invalidValue)
        }
    }

    private static func places(_ precision: Int?) throws(Failure) -> Int {
        let places = precision ?? 6
        guard places <= 1000 else { throw Failure(.outOfRange) }
        return places
    }

    private static func number(_ value: Value) throws(Failure) -> Double {
        switch value {
        case .double(let number): return number
        case .int(let number): return Double(number)
        case .uint(let number): return Double(number)
        default: throw Failure(.noSuchOverload)
        }
    }

    private static func decimal(_ value: Value) throws(Failure) -> String {
        if case .double(let number) = value { return DoubleText.plain(number) }
        return try integer(value, radix: 10)
    }

    private static func integer(_ value: Value, radix: Int) throws(Failure) -> String {
        switch value {
        case .int(let number): return String(number, radix: radix)
        case .uint(let number): return String(number, radix: radix)
        default: throw Failure(.noSuchOverload)
        }
    }

    private static func hexadecimal(
        _ value: Value, isUppercase: Bool, _ budget: inout Budget
    ) throws(Failure) -> String {
        let bytes: [UInt8]
        switch value {
        case .int(let number): return String(number, radix: 16, uppercase: isUppercase)
        case .uint(let number): return String(number, radix: 16, uppercase: isUppercase)
        case .string(let text): bytes = Array(text.utf8)
        case .bytes(let content): bytes = content
        default: throw Failure(.noSuchOverload)
        }
        try budget.chargeString(bytes: bytes.count * 2)
        let digits = Array((isUppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The value as `%s` shows it. Charges for every part, because values may share their parts many times over.
    private static func plain(_ value: Value, _ budget: inout Budget) throws(Failure) -> String {
        try budget.charge(1)
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number): return DoubleText.plain(number)
        case .string(let text):
            try budget.charge(text.utf8.count >> 4)
            return text
        case .bytes(let bytes):
            try budget.chargeString(bytes: bytes.count)
            return repaired(bytes)
        case .timestamp(let instant): return instant.rfc3339
        case .duration(let span): return span.text
        case .type(let name): return name.name
        case .ip(let address): return address.text
        case .cidr(let block): return block.text
        case .list(let elements):
            var output = "["
            for (position, element) in elements.enumerated() {
                if position > 0 { output += ", " }
                output += try plain(element, &budget)
                if output.utf8.count > budget.stringBytes { throw Failure(.resultTooLarge) }
            }
            return output + "]"
        case .map(let map):
            var entries: [(key: String, text: String)] = []
            var length = 0
            for entry in map.entries {
                let key = try plain(entry.key, &budget)
                let text = try plain(entry.value, &budget)
                length += key.utf8.count + text.utf8.count
                if length > budget.stringBytes { throw Failure(.resultTooLarge) }
                entries.append((key, text))
            }
            entries.sort { $0.key.precedesByBytes($1.key) }
            return "{" + entries.map { "\($0.key): \($0.text)" }.joined(separator: ", ") + "}"
        case .optional: throw Failure(.noSuchOverload)
        }
    }

    /// The text of the bytes, each run of invalid ones replaced by one U+FFFD.
    private static func repaired(_ bytes: [UInt8]) -> String {
        var output = ""
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var isInError = false
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar):
                output.unicodeScalars.append(scalar)
                isInError = false
            case .error:
                if !isInError { output += "\u{fffd}" }
                isInError = true
            case .emptyInput: return output
            }
        }
    }
}
