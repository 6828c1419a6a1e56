/// The optional parts of the language.
public struct Extensions: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `charAt`, `indexOf`, `format`, `join`, `replace`, `split`, `substring`, `trim`, …
    public static let strings = Extensions(rawValue: 1 << 0)
    /// `math.greatest`, `math.abs`, `math.round`, `math.bitAnd`, …
    public static let math = Extensions(rawValue: 1 << 1)
    /// `optional.of`, `a.?b`, `a[?i]`, `orValue`, `optMap`, …
    public static let optionals = Extensions(rawValue: 1 << 2)
    /// `cel.bind(name, value, expression)`.
    public static let bindings = Extensions(rawValue: 1 << 3)
    /// `base64.encode` and `base64.decode`.
    public static let encoders = Extensions(rawValue: 1 << 4)
    /// `list.all(i, v, …)`, `transformList`, `transformMap`, …
    public static let twoVariableComprehensions = Extensions(rawValue: 1 << 5)
    /// `ip`, `cidr`, `isIP`, `containsIP`, …
    public static let network = Extensions(rawValue: 1 << 6)
    /// `cel.block`, which optimisers write.
    public static let block = Extensions(rawValue: 1 << 7)
    /// `slice`, `flatten`, `distinct`, `sort`, `sortBy`, `reverse`, `first`, `last`, `lists.range`.
    public static let lists = Extensions(rawValue: 1 << 8)

    public static let none: Extensions = []
    public static let all: Extensions = [
        .strings, .math, .optionals, .bindings, .encoders, .twoVariableComprehensions, .network, .block, .lists,
    ]
}
