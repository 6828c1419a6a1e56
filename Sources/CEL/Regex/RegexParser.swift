/// Reads the syntax of RE2, without Unicode scripts and `\C`.
struct RegexParser {
    private struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var flags = Flags()
    private var depth = 0

    static func parse(_ pattern: String) throws(RegexProblem) -> RegexNode {
        var parser = RegexParser(scalars: Array(pattern.unicodeScalars))
        let node = try parser.alternation()
        guard parser.position == parser.scalars.count else { throw RegexProblem(message: "unexpected `)`") }
        return node
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func skip(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    // MARK: Structure

    private mutating func alternation() throws(RegexProblem) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw RegexProblem(message: "groups nest too deeply") }
        var branches = [try concatenation()]
        while skip("|" as Unicode.Scalar) { branches.append(try concatenation()) }
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    private mutating func concatenation() throws(RegexProblem) -> RegexNode {
        var parts: [RegexNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if skip("\\Q") {
                while position < scalars.count, !skip("\\E") {
                    parts.append(literal(scalars[position]))
                    position += 1
                }
                continue
            }
            guard let atom = try atom() else { continue }
            parts.append(try repeated(atom))
        }
        return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .concatenation(parts)
    }

    private mutating func repeated(_ atom: RegexNode) throws(RegexProblem) -> RegexNode {
        var node = atom
        var count = 0
        while let scalar = next {
            var bounds: (Int, Int?)
            switch scalar {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{":
                let start = position
                guard let counted = countedRepetition() else {
                    position = start
                    return node
                }
                bounds = counted
                position -= 1
            default: return node
            }
            position += 1
            // A lazy repetition matches the same texts.
            _ = skip("?" as Unicode.Scalar)
            guard bounds.0 <= 1000, bounds.1 ?? 0 <= 1000, bounds.0 <= bounds.1 ?? .max else {
                throw RegexProblem(message: "a repetition counts to 1000 at most")
            }
            count += 1
            guard count == 1 else { throw RegexProblem(message: "a repetition repeats nothing") }
            node = .repetition(node, minimum: bounds.0, maximum: bounds.1)
        }
        return node
    }

    /// `{2}`, `{2,}` or `{2,5}`; nil for a brace that stands for itself.
    private mutating func countedRepetition() -> (Int, Int?)? {
        guard skip("{" as Unicode.Scalar), let minimum = number() else { return nil }
        if skip("}" as Unicode.Scalar) { return (minimum, minimum) }
        guard skip("," as Unicode.Scalar) else { return nil }
        if skip("}" as Unicode.Scalar) { return (minimum, nil) }
        guard let maximum = number(), skip("}" as Unicode.Scalar) else { return nil }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = next, scalar.value >= 0x30, scalar.value <= 0x39 {
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
            position += 1
        }
        return value
    }

    // MARK: Atoms

    private func literal(_ scalar: Unicode.Scalar) -> RegexNode {
        .scalars(ScalarSet(scalar.value...scalar.value, ignoresCase: flags.ignoresCase))
    }

    /// One atom; nil where only flags were set.
    private mutating func atom() throws(RegexProblem) -> RegexNode? {
        guard let scalar = next else { return .empty }
        position += 1
        switch scalar {
        case "(": return try group()
        case "[": return .scalars(try bracket())
        case ".":
            var set = ScalarSet(0x0a...0x0a)
            if flags.dotMatchesNewline { set = ScalarSet() }
            return .scalars(set.negated)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "*", "+", "?": throw RegexProblem(message: "a repetition repeats nothing")
        case "\\": return try escape()
        default: return literal(scalar)
        }
    }

    private mutating func group() throws(RegexProblem) -> RegexNode? {
        let outer = flags
        if skip("?P<") || skip("?<") {
            var length = 0
            while let scalar = next, ScalarSet.words.contains(scalar) {
                position += 1
                length += 1
            }
            guard length > 0, skip(">" as Unicode.Scalar) else { throw RegexProblem(message: "invalid group name") }
        } else if skip("?" as Unicode.Scalar) {
            guard try groupFlags() else { return nil }
        }
        let node = try alternation()
        guard skip(")" as Unicode.Scalar) else { throw RegexProblem(message: "a group has no `)`") }
        flags = outer
        return node
    }

    /// Reads flags up to `:` (true: a group follows) or `)` (false: they hold until the end of this group).
    private mutating func groupFlags() throws(RegexProblem) -> Bool {
        var isOn = true
        while let scalar = next {
            position += 1
            switch scalar {
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.dotMatchesNewline = isOn
            case "U": break
            case "-": isOn = false
            case ":": return true
            case ")": return false
            default: throw RegexProblem(message: "unknown group syntax; look-around is not supported")
            }
        }
        throw RegexProblem(message: "a group has no `)`")
    }

    private mutating func escape() throws(RegexProblem) -> RegexNode {
        switch next {
        case "A":
            position += 1
            return .assertion(.textStart)
        case "z":
            position += 1
            return .assertion(.textEnd)
        case "b":
            position += 1
            return .assertion(.wordBoundary)
        case "B":
            position += 1
            return .assertion(.notWordBoundary)
        default: break
        }
        if let set = try classEscape() { return .scalars(set) }
        return literal(try scalarEscape())
    }

    /// A class such as `\d` or `\p{Lu}`, nil for other escapes.
    private mutating func classEscape() throws(RegexProblem) -> ScalarSet? {
        guard let scalar = next else { throw RegexProblem(message: "the pattern ends with a backslash") }
        let set: ScalarSet
        switch scalar {
        case "d": set = .digits
        case "D": set = ScalarSet.digits.negated
        case "s": set = .spaces
        case "S": set = ScalarSet.spaces.negated
        case "w": set = .words
        case "W": set = ScalarSet.words.negated
        case "p", "P":
            position += 1
            return try category(isNegated: scalar == "P")
        default: return nil
        }
        position += 1
        return set
    }

    private mutating func category(isNegated: Bool) throws(RegexProblem) -> ScalarSet {
        var name = ""
        var isNegated = isNegated
        if skip("{" as Unicode.Scalar) {
            if skip("^" as Unicode.Scalar) { isNegated.toggle() }
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard skip("}" as Unicode.Scalar) else { throw RegexProblem(message: "`\\p{` has no `}`") }
        } else if let scalar = next {
            name = String(scalar)
            position += 1
        }
        guard let names = ScalarSet.categories(named: name) else {
            throw RegexProblem(message: "unknown Unicode category; scripts are not supported")
        }
        var set = ScalarSet()
        set.insert(category: names, isNegated: isNegated)
        return set
    }

    /// An escape that stands for one code point.
    private mutating func scalarEscape() throws(RegexProblem) -> Unicode.Scalar {
        guard let scalar = next else { throw RegexProblem(message: "the pattern ends with a backslash") }
        position += 1
        switch scalar {
        case "a": return "\u{07}"
        case "f": return "\u{0c}"
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "v": return "\u{0b}"
        case "x":
            let isBraced = skip("{" as Unicode.Scalar)
            var value: UInt32 = 0
            var digits = 0
            while let next, next.isASCII, let digit = UInt8(next.value).hexDigitValue, digits < (isBraced ? 6 : 2) {
                value = value << 4 | UInt32(digit)
                digits += 1
                position += 1
            }
            guard digits == 2 || (isBraced && digits > 0), !isBraced || skip("}" as Unicode.Scalar),
                let result = Unicode.Scalar(value)
            else { throw RegexProblem(message: "invalid `\\x` escape") }
            return result
        case "0"..."7":
            var value = scalar.value - 0x30
            var digits = 1
            while let next, next.value >= 0x30, next.value <= 0x37, digits < 3 {
                value = value << 3 | (next.value - 0x30)
                digits += 1
                position += 1
            }
            guard scalar == "0" || digits > 1, let result = Unicode.Scalar(value) else {
                throw RegexProblem(message: "back-references are not supported")
            }
            return result
        default:
            guard scalar.isASCII, !ScalarSet.words.contains(scalar) else {
                throw RegexProblem(message: "unknown escape sequence")
            }
            return scalar
        }
    }

    // MARK: Brackets

    private mutating func bracket() throws(RegexProblem) -> ScalarSet {
        var set = ScalarSet()
        set.ignoresCase = flags.ignoresCase
        set.isNegated = skip("^" as Unicode.Scalar)
        var isFirst = true
        while isFirst || next != "]" {
            guard let scalar = next else { throw RegexProblem(message: "a bracket has no `]`") }
            isFirst = false
            if scalar == "[", let named = try namedClass() {
                set.insert(named)
                continue
            }
            if scalar == "\\" {
                position += 1
                if let escaped = try classEscape() {
                    set.insert(escaped)
                    continue
                }
                position -= 1
            }
            let low = try bracketScalar()
            if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                let high = try bracketScalar()
                guard low <= high else { throw RegexProblem(message: "a range runs backwards") }
                set.insert(low.value...high.value)
            } else {
                set.insert(low.value...low.value)
            }
        }
        position += 1
        return set
    }

    private mutating func bracketScalar() throws(RegexProblem) -> Unicode.Scalar {
        guard let scalar = next else { throw RegexProblem(message: "a bracket has no `]`") }
        position += 1
        return scalar == "\\" ? try scalarEscape() : scalar
    }

    /// `[:alpha:]` and its like, nil when the bracket stands for itself.
    private mutating func namedClass() throws(RegexProblem) -> ScalarSet? {
        let start = position
        guard skip("[:") else { return nil }
        let isNegated = skip("^" as Unicode.Scalar)
        var name = ""
        while let scalar = next, scalar.isASCII, ScalarSet.words.contains(scalar) {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard skip(":]") else {
            position = start
            return nil
        }
        guard let ranges = RegexParser.namedRanges[name] else { throw RegexProblem(message: "unknown class name") }
        var set = ScalarSet()
        for range in ranges { set.insert(range) }
        return isNegated ? set.negated : set
    }

    private static let namedRanges: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5a, 0x61...0x7a], "alpha": [0x41...0x5a, 0x61...0x7a], "ascii": [0...0x7f],
        "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1f, 0x7f...0x7f], "digit": [0x30...0x39],
        "graph": [0x21...0x7e], "lower": [0x61...0x7a], "print": [0x20...0x7e],
        "punct": [0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e], "space": [0x09...0x0d, 0x20...0x20],
        "upper": [0x41...0x5a], "word": [0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a],
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]
}
