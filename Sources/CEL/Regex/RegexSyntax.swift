/// A regular expression that cannot be used.
struct RegexProblem: Error {
    let message: String
}

/// What a regular expression means, before it is compiled.
indirect enum RegexNode {
    case empty
    case scalars(ScalarSet)
    case concatenation([RegexNode])
    case alternation([RegexNode])
    /// `maximum` is nil for no bound.
    case repetition(RegexNode, minimum: Int, maximum: Int?)
    case assertion(RegexAssertion)
}

enum RegexAssertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
}

/// A set of code points: ranges and Unicode categories, perhaps negated, perhaps without regard to case.
struct ScalarSet: Sendable {
    private(set) var ranges: [ClosedRange<UInt32>] = []
    private(set) var categories: [(names: Set<String>, isNegated: Bool)] = []
    private(set) var nested: [ScalarSet] = []
    var isNegated = false
    var ignoresCase = false

    init() {}

    init(_ range: ClosedRange<UInt32>, ignoresCase: Bool = false) {
        ranges = [range]
        self.ignoresCase = ignoresCase
    }

    /// The code point of a set that holds exactly one.
    var single: UInt32? {
        guard !isNegated, !ignoresCase, categories.isEmpty, nested.isEmpty, ranges.count == 1,
            ranges[0].lowerBound == ranges[0].upperBound
        else { return nil }
        return ranges[0].lowerBound
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

    mutating func insert(_ set: ScalarSet) { nested.append(set) }

    mutating func insert(category names: Set<String>, isNegated: Bool) { categories.append((names, isNegated)) }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var isMember = containsExactly(scalar)
        if !isMember, ignoresCase { isMember = ScalarSet.caseVariants(scalar).contains(where: containsExactly) }
        return isMember != isNegated
    }

    private func containsExactly(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        for range in ranges where range.contains(value) { return true }
        for set in nested where set.contains(scalar) { return true }
        for category in categories
        where category.names.contains(ScalarSet.categoryName(scalar)) != category.isNegated { return true }
        return false
    }

    /// The upper and lower case forms that are one code point each.
    private static func caseVariants(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let properties = scalar.properties
        return [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { text in
            text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
        }
    }

    static func categoryName(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }

    private static let categoryNames: Set<String> = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
    ]

    /// The categories that `\p{name}` stands for, nil for names that are not supported (scripts among them).
    static func categories(named name: String) -> Set<String>? {
        if name == "Any" { return categoryNames.union(["Cn"]) }
        let matching = categoryNames.filter { $0 == name || (name.count == 1 && $0.hasPrefix(name)) }
        return matching.isEmpty ? nil : matching
    }

    static let digits = ScalarSet(0x30...0x39)

    static let spaces: ScalarSet = {
        var set = ScalarSet(0x09...0x0a)
        set.insert(0x0c...0x0d)
        set.insert(0x20...0x20)
        return set
    }()

    static let words: ScalarSet = {
        var set = ScalarSet(0x30...0x39)
        set.insert(0x41...0x5a)
        set.insert(0x5f...0x5f)
        set.insert(0x61...0x7a)
        return set
    }()

    var negated: ScalarSet {
        var set = self
        set.isNegated.toggle()
        return set
    }
}
