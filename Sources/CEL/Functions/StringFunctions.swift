/// The strings extension. Indices and lengths count code points.
enum StringFunctions {
    static func define(in library: inout FunctionLibrary) {
        library.define("charAt", [.member([.string, .int], .string)], cost: .linear) {
            budget, arguments throws(Failure) in
            let scalars = try scalars(arguments[0], &budget)
            let position = try index(arguments[1], upTo: scalars.count)
            return .string(position == scalars.count ? "" : String(scalars[position]))
        }
        for (name, isLast) in [("indexOf", false), ("lastIndexOf", true)] {
            let overloads: [Overload] = [
                .member([.string, .string], .int), .member([.string, .string, .int], .int),
            ]
            library.define(name, overloads, cost: .linear) { budget, arguments throws(Failure) in
                try find(arguments, isLast: isLast, &budget)
            }
        }
        library.define(
            "substring", [.member([.string, .int], .string), .member([.string, .int, .int], .string)], cost: .linear
        ) { budget, arguments throws(Failure) in
            let scalars = try scalars(arguments[0], &budget)
            let start = try index(arguments[1], upTo: scalars.count)
            let end = arguments.count > 2 ? try index(arguments[2], upTo: scalars.count) : scalars.count
            guard start <= end else { throw Failure(.invalidIndex) }
            return .string(string(scalars[start..<end]))
        }
        library.define("trim", [.member([.string], .string)], cost: .linear) { budget, arguments throws(Failure) in
            let scalars = try scalars(arguments[0], &budget)
            let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
            let end = scalars.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
            return .string(string(scalars[..<end].drop(while: isSpace)))
        }
        for (name, first, offset) in [("lowerAscii", UInt8(0x41), UInt8(0x20)), ("upperAscii", 0x61, 0xe0)] {
            library.define(name, [.member([.string], .string)], cost: .linear) { budget, arguments throws(Failure) in
                let text = try text(arguments[0])
                try budget.chargeString(bytes: text.utf8.count)
                let bytes = text.utf8.map { $0 >= first && $0 < first + 26 ? $0 &+ offset : $0 }
                return .string(String(decoding: bytes, as: UTF8.self))
            }
        }
        library.define("reverse", [.member([.string], .string)], cost: .linear) { budget, arguments throws(Failure) in
            try ListFunctions.reverse(arguments[0], &budget)
        }
        library.define("strings.quote", [.global([.string], .string)], cost: .linear) {
            budget, arguments throws(Failure) in
            let text = try text(arguments[0])
            try budget.chargeString(bytes: text.utf8.count * 2 + 2)
            return .string(quote(text))
        }
        library.define("format", [.member([.string, .list(.dyn)], .string)], cost: .linear) {
            budget, arguments throws(Failure) in
            guard case .list(let values) = arguments[1] else { throw Failure(.noSuchOverload) }
            return .string(try StringFormat.format(try text(arguments[0]), values, &budget))
        }
        defineLists(in: &library)
    }

    private static func defineLists(in library: inout FunctionLibrary) {
        library.define(
            "join",
            [.member([.list(.string)], .string), .member([.list(.string), .string], .string)], cost: .linear
        ) { budget, arguments throws(Failure) in
            guard case .list(let elements) = arguments[0] else { throw Failure(.noSuchOverload) }
            let separator = arguments.count > 1 ? try text(arguments[1]) : ""
            var result = ""
            for (position, element) in elements.enumerated() {
                let text = try text(element)
                try budget.charge((text.utf8.count + separator.utf8.count) >> 4 + 1)
                if result.utf8.count + text.utf8.count + separator.utf8.count > budget.stringBytes {
                    throw Failure(.resultTooLarge)
                }
                if position > 0 { result += separator }
                result += text
            }
            return .string(result)
        }
        library.define(
            "split",
            [
                .member([.string, .string], .list(.string)), .member([.string, .string, .int], .list(.string)),
            ], cost: .linear
        ) { budget, arguments throws(Failure) in
            let limit = try limit(arguments, at: 2)
            let parts = try split(try text(arguments[0]), try text(arguments[1]), limit, &budget)
            return .list(parts.map { .string($0) })
        }
        library.define(
            "replace",
            [
                .member([.string, .string, .string], .string),
                .member([.string, .string, .string, .int], .string),
            ], cost: .linear
        ) { budget, arguments throws(Failure) in
            let limit = try limit(arguments, at: 3)
            return .string(
                try replace(
                    try text(arguments[0]), try text(arguments[1]), try text(arguments[2]), limit, &budget))
        }
    }

    // MARK: Arguments

    private static func text(_ value: Value) throws(Failure) -> String {
        guard case .string(let text) = value else { throw Failure(.noSuchOverload) }
        return text
    }

    private static func scalars(_ value: Value, _ budget: inout Budget) throws(Failure) -> [Unicode.Scalar] {
        let text = try text(value)
        try budget.chargeString(bytes: text.utf8.count)
        return Array(text.unicodeScalars)
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func index(_ value: Value, upTo count: Int) throws(Failure) -> Int {
        guard case .int(let number) = value else { throw Failure(.noSuchOverload) }
        guard number >= 0, number <= Int64(count) else { throw Failure(.invalidIndex) }
        return Int(number)
    }

    /// The limit on parts or replacements: none when absent or negative.
    private static func limit(_ arguments: [Value], at position: Int) throws(Failure) -> Int {
        guard arguments.count > position else { return .max }
        guard case .int(let number) = arguments[position] else { throw Failure(.noSuchOverload) }
        return number < 0 ? .max : Int(clamping: number)
    }

    // MARK: Functions

    /// `indexOf` and `lastIndexOf`: found by bytes in linear time, answered in code points.
    private static func find(_ arguments: [Value], isLast: Bool, _ budget: inout Budget) throws(Failure) -> Value {
        let text = try text(arguments[0])
        var haystack = Array(text.utf8)
        var needle = Array(try StringFunctions.text(arguments[1]).utf8)
        try budget.chargeString(bytes: haystack.count + needle.count)
        // The offset of the code point from which, or up to which, a match may begin.
        var bound = isLast ? haystack.count : 0
        if arguments.count > 2 {
            let position = try index(arguments[2], upTo: text.unicodeScalars.count)
            let scalars = text.unicodeScalars
            let start = scalars.index(scalars.startIndex, offsetBy: position)
            bound = text.utf8.distance(from: text.utf8.startIndex, to: start)
        }
        let found: Int?
        if isLast {
            haystack.reverse()
            needle.reverse()
            // A match that begins at or before `bound` ends, read backwards, at or after its mirror.
            let end = max(haystack.count - bound - needle.count, 0)
            found = ByteSearch.first(needle, in: haystack, from: end).map { haystack.count - $0 - needle.count }
            haystack.reverse()
        } else {
            found = ByteSearch.first(needle, in: haystack, from: bound)
        }
        guard let found else { return .int(-1) }
        return .int(haystack[..<found].reduce(0) { $0 + ($1 & 0xc0 == 0x80 ? 0 : 1) })
    }

    private static func split(
        _ text: String, _ separator: String, _ limit: Int, _ budget: inout Budget
    ) throws(Failure) -> [String] {
        guard limit != 0 else { return [] }
        guard limit != 1 else { return [text] }
        try budget.chargeString(bytes: text.utf8.count)
        if separator.isEmpty {
            let scalars = Array(text.unicodeScalars)
            try budget.chargeList(count: min(scalars.count, limit))
            guard scalars.count > limit else { return scalars.map { String($0) } }
            return scalars[..<(limit - 1)].map { String($0) } + [string(scalars[(limit - 1)...])]
        }
        let bytes = Array(text.utf8)
        let mark = Array(separator.utf8)
        var parts: [String] = []
        var start = 0
        while parts.count + 1 < limit, let found = ByteSearch.first(mark, in: bytes, from: start) {
            parts.append(String(decoding: bytes[start..<found], as: UTF8.self))
            start = found + mark.count
            try budget.charge(1)
            if parts.count >= budget.listElements { throw Failure(.resultTooLarge) }
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }

    private static func replace(
        _ text: String, _ old: String, _ new: String, _ limit: Int, _ budget: inout Budget
    ) throws(Failure) -> String {
        try budget.chargeString(bytes: text.utf8.count)
        let bytes = Array(text.utf8)
        let wanted = Array(old.utf8)
        let replacement = Array(new.utf8)
        var result: [UInt8] = []
        var start = 0
        var count = 0
        while count < limit, let found = ByteSearch.first(wanted, in: bytes, from: start) {
            result += bytes[start..<found]
            result += replacement
            start = found + wanted.count
            count += 1
            try budget.charge(replacement.count >> 4 + 1)
            if result.count > budget.stringBytes { throw Failure(.resultTooLarge) }
            if wanted.isEmpty {
                // An empty pattern is found before every code point and at the end.
                guard start < bytes.count else { break }
                repeat {
                    result.append(bytes[start])
                    start += 1
                } while start < bytes.count && bytes[start] & 0xc0 == 0x80
            }
        }
        result += bytes[start...]
        if result.count > budget.stringBytes { throw Failure(.resultTooLarge) }
        return String(decoding: result, as: UTF8.self)
    }

    private static func quote(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{07}": output += "\\a"
            case "\u{08}": output += "\\b"
            case "\u{0c}": output += "\\f"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{0b}": output += "\\v"
            case "\\": output += "\\\\"
            case "\"": output += "\\\""
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}
