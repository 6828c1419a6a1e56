internal import Primitives

/// How the scalars of a document are read: each function says what is wrong, at the place, and gives `nil`.
extension DocumentReader {
    /// Amounts of points, counts and stocks.
    static let amounts: ClosedRange<Int64> = 1...1_000_000_000

    func scalar(_ node: DocumentNode, _ expected: String) -> DocumentNode.Scalar? {
        guard case .scalar(let scalar) = node else {
            report("Here stands \(node.kind) where \(expected) was expected.", at: node.mark)
            return nil
        }
        return scalar
    }

    /// A text that is not empty. Numbers and booleans must be quoted to be texts.
    func text(_ node: DocumentNode, _ expected: String = "a text", maximum: Int = 4_000) -> String? {
        guard let scalar = scalar(node, expected) else { return nil }
        switch scalar.plainMeaning {
        case .text: break
        case .null:
            report("Here stands nothing where \(expected) was expected.", at: scalar.mark)
            return nil
        case .boolean, .integer, .number:
            report(
                "'\(scalar.text)' is \(node.kind) here, but \(expected) was expected.", at: scalar.mark,
                fix: "Put it between quotes: '\(scalar.text)'.")
            return nil
        }
        guard !scalar.text.isEmpty else {
            report("The text is empty.", at: scalar.mark)
            return nil
        }
        guard !scalar.text.unicodeScalars.contains(where: Self.isInvisible) else {
            report("The text contains a control character.", at: scalar.mark, fix: "Take it out.")
            return nil
        }
        guard scalar.text.unicodeScalars.count <= maximum else {
            report("The text has more than \(maximum) characters.", at: scalar.mark)
            return nil
        }
        return scalar.text
    }

    /// Characters that no text for people needs, and that tell lies about what is written.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// A name that refers to or declares something. Unlike other texts it needs no quotes when it looks like a number.
    func word(_ node: DocumentNode, _ expected: String, _ pattern: DocumentName) -> String? {
        guard let scalar = scalar(node, expected) else { return nil }
        guard pattern.matches(scalar.text) else {
            report(
                "'\(scalar.text.prefix(80))' is not \(expected).", at: scalar.mark, fix: "It is \(pattern.explanation)."
            )
            return nil
        }
        return scalar.text
    }

    func boolean(_ node: DocumentNode) -> Bool? {
        guard let scalar = scalar(node, "true or false") else { return nil }
        if case .boolean(let value) = scalar.plainMeaning { return value }
        var fix = "Write true or false."
        if scalar.isOldBoolean {
            let meant = ["yes", "on", "y"].contains(scalar.text.lowercased())
            fix = "'\(scalar.text)' is a text in YAML 1.2: write \(meant)."
        }
        report("Here stands \(node.kind) where true or false was expected.", at: scalar.mark, fix: fix)
        return nil
    }

    func integer(_ node: DocumentNode, _ range: ClosedRange<Int64> = amounts) -> Int64? {
        guard let scalar = scalar(node, "a whole number") else { return nil }
        guard case .integer(let value) = scalar.plainMeaning else {
            let digits = scalar.text.filter { !"_., ".contains($0) }
            let plain = !digits.isEmpty && digits.utf8.allSatisfy(DocumentNode.Scalar.isDigit)
            report(
                "'\(scalar.text.prefix(80))' is not a whole number.", at: scalar.mark,
                fix: plain ? "Write it without quotes, points and spaces, as in 1500." : nil)
            return nil
        }
        guard range.contains(value) else {
            report("\(value) is outside \(range.lowerBound) to \(range.upperBound).", at: scalar.mark)
            return nil
        }
        return value
    }

    func number(_ node: DocumentNode) -> Double? {
        guard let scalar = scalar(node, "a number") else { return nil }
        switch scalar.plainMeaning {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default:
            report("'\(scalar.text.prefix(80))' is not a number.", at: scalar.mark)
            return nil
        }
    }

    /// A share from 0 to 1 in at most four decimals, as basis points.
    func basisPoints(_ node: DocumentNode) -> Int? {
        guard let scalar = scalar(node, "a share from 0 to 1") else { return nil }
        let share: Double
        switch scalar.plainMeaning {
        case .integer(let value): share = Double(value)
        case .number(let value): share = value
        default:
            let percent = scalar.text.hasSuffix("%") ? Double(scalar.text.dropLast().trimmed) : nil
            report(
                "'\(scalar.text.prefix(80))' is not a share from 0 to 1.", at: scalar.mark,
                fix: percent.map { "Write \($0 / 100)." } ?? "Write five per cent as 0.05.")
            return nil
        }
        guard (0...1).contains(share) else {
            report(
                "\(scalar.text) is not a share from 0 to 1.", at: scalar.mark,
                fix: (1...100).contains(share) ? "Write \(share / 100) for \(scalar.text) per cent." : nil)
            return nil
        }
        let points = (share * 10_000).rounded()
        guard abs(points - share * 10_000) < 1e-6 else {
            report("\(scalar.text) is finer than a hundredth of a per cent.", at: scalar.mark)
            return nil
        }
        return Int(points)
    }

    /// One of the words of an enumeration.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ node: DocumentNode, _ expected: String, _: Value.Type = Value.self
    ) -> Value? where Value.RawValue == String {
        guard let scalar = scalar(node, expected) else { return nil }
        if let value = Value(rawValue: scalar.text) { return value }
        let known = Value.allCases.map(\.rawValue)
        let nearest = DocumentSuggestion.nearest(to: scalar.text, in: known)
        report(
            "'\(scalar.text.prefix(80))' is not \(expected).", at: scalar.mark,
            fix: nearest.map { "Did you mean '\($0)'?" } ?? "Choose from: \(known.joined(separator: ", ")).")
        return nil
    }

    /// A length of time: `24 months`, `72 hours`, `none`. The outer optional is a problem, the inner one is `none`.
    func duration(_ node: DocumentNode, allowsNone: Bool) -> DurationSpan?? {
        let expected = allowsNone ? "a length of time or none" : "a length of time"
        guard let scalar = scalar(node, expected) else { return nil }
        if scalar.text == "none", allowsNone { return .some(nil) }
        if let span = DurationSpan(documentText: scalar.text) { return span }
        var fix = "Write it as in '72 hours', '1 day' or '24 months'."
        if scalar.text == "none" { fix = "It cannot be none here. " + fix }
        report("'\(scalar.text.prefix(80))' is not \(expected).", at: scalar.mark, fix: fix)
        return nil
    }

    /// A time of day, as minutes after midnight.
    func timeOfDay(_ node: DocumentNode) -> Int? {
        guard let scalar = scalar(node, "a time of day") else { return nil }
        let parts = scalar.text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(DocumentNode.Scalar.isDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        {
            return hour * 60 + minute
        }
        report(
            "'\(scalar.text.prefix(80))' is not a time of day.", at: scalar.mark, fix: "Write it as in 04:00 or 18:30.")
        return nil
    }

    /// A point in time (RFC 3339).
    func instant(_ node: DocumentNode) -> Instant? {
        guard let scalar = scalar(node, "a point in time") else { return nil }
        if let instant = RFC3339.parse(scalar.text) { return instant }
        report(
            "'\(scalar.text.prefix(80))' is not a point in time.", at: scalar.mark,
            fix: "Write date, time and offset, as in 2026-03-01T00:00:00+01:00.")
        return nil
    }

    /// The value of a node as JSON, by the core schema of YAML 1.2.
    func json(_ node: DocumentNode) -> JSONValue {
        switch node {
        case .scalar(let scalar):
            switch scalar.plainMeaning {
            case .null: return .null
            case .boolean(let value): return .bool(value)
            case .integer(let value): return .integer(value)
            case .number(let value): return UInt64(scalar.text).map(JSONValue.unsigned) ?? .double(value)
            case .text: return .string(scalar.text)
            }
        case .list(let elements, _): return .array(elements.map(json))
        case .mapping(let entries, _): return .object(JSONObject(entries.map { ($0.key.text, json($0.value)) }))
        }
    }
}

extension Substring {
    var trimmed: Substring {
        var slice = self
        while slice.first == " " { slice = slice.dropFirst() }
        while slice.last == " " { slice = slice.dropLast() }
        return slice
    }
}

/// The kinds of names in a document.
enum DocumentName {
    /// Rules, units, badges, challenges, budgets, tiers, rewards, webhooks, exclusivity groups.
    case thing
    /// Event types: also dots, capitals and spaces, because senders have names of their own (`Order Completed`).
    case event
    /// Fields and traits: names that a condition can say after a dot.
    case field
    /// Entitlements, purposes, keys of texts: things with dots and colons.
    case dotted
    /// Topics, item and maker ids come from the catalogue: anything short without control characters.
    case foreign

    static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
        "namespace", "null", "package", "return", "true", "var", "void", "while",
    ]

    func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last else { return false }
        func lower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
        func upper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
        func digit(_ byte: UInt8) -> Bool { DocumentNode.Scalar.isDigit(byte) }
        func oneOf(_ byte: UInt8, _ allowed: String) -> Bool { allowed.utf8.contains(byte) }
        switch self {
        case .thing:
            return bytes.count <= 64 && lower(first) && last != UInt8(ascii: "-")
                && bytes.allSatisfy { lower($0) || digit($0) || oneOf($0, "-") }
        case .event:
            return bytes.count <= 100 && (lower(first) || upper(first)) && last != UInt8(ascii: " ")
                && bytes.allSatisfy { lower($0) || upper($0) || digit($0) || oneOf($0, "._- ") }
        case .field:
            return bytes.count <= 64 && (lower(first) || upper(first)) && !Self.reserved.contains(text)
                && bytes.allSatisfy { lower($0) || upper($0) || digit($0) || oneOf($0, "_") }
        case .dotted:
            return bytes.count <= 100 && lower(first)
                && bytes.allSatisfy { lower($0) || upper($0) || digit($0) || oneOf($0, "._-:") }
        case .foreign:
            return bytes.count <= 200 && text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        }
    }

    var explanation: String {
        switch self {
        case .thing: "made of at most 64 small letters, digits and hyphens, and starts with a letter"
        case .event:
            "made of at most 100 letters, digits, dots, hyphens, underscores and spaces, and starts with a letter"
        case .field: "made of at most 64 letters, digits and underscores, starts with a letter, and is no word of CEL"
        case .dotted: "made of at most 100 letters, digits, dots, hyphens and colons, and starts with a small letter"
        case .foreign: "at most 200 characters long"
        }
    }
}
