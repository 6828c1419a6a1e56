/// What an expression may cost, from reading it to its result.
public struct Limits: Sendable, Hashable {
    /// UTF-8 bytes of an expression.
    public var expressionBytes = 65_536
    /// How deep an expression may nest.
    public var nestingDepth = 200
    /// Syntax nodes of an expression.
    public var nodes = 20_000
    /// Problems reported before the rest is left out.
    public var problems = 20
    /// The largest worst-case cost an expression may have (see ``CostEstimate``).
    public var estimatedCost: UInt64 = 10_000_000
    /// The length the cost estimate assumes for lists and maps of the frame.
    public var assumedListLength: UInt64 = 100
    /// The length the cost estimate assumes for strings of the frame, in code points.
    public var assumedStringLength: UInt64 = 1000
    /// Steps of one evaluation: one for each turn of a comprehension and for every few bytes that are copied.
    public var steps = 2_000_000
    /// UTF-8 bytes of any string that is built.
    public var stringBytes = 1_048_576
    /// Elements of any list or map that is built.
    public var listElements = 100_000
    /// Elements, at all depths, of a result that is returned.
    public var resultElements = 100_000
    /// Instructions of a compiled regular expression.
    public var patternSize = 5_000
    /// UTF-8 bytes of a regular expression.
    public var patternBytes = 2_000

    public init() {}

    /// Limits for expressions that people write: generous for rules, small for machines.
    public static let standard = Limits()

    static let unlimited: Limits = {
        var limits = Limits()
        limits.steps = .max
        limits.stringBytes = .max
        limits.listElements = .max
        return limits
    }()
}

/// What an evaluation has left to spend, and what its functions may ask of the host.
struct Budget {
    private(set) var remaining: Int
    let stringBytes: Int
    let listElements: Int
    let patternSize: Int
    let patternBytes: Int
    let zones: (any TimeZoneSource)?

    init(limits: Limits, zones: (any TimeZoneSource)?) {
        remaining = limits.steps
        stringBytes = limits.stringBytes
        listElements = limits.listElements
        patternSize = limits.patternSize
        patternBytes = limits.patternBytes
        self.zones = zones
    }

    @inline(__always)
    mutating func charge(_ steps: Int) throws(Failure) {
        remaining -= steps
        if remaining < 0 { throw Failure(.budgetExceeded) }
    }

    /// Charges a string of `bytes` that is about to be built or read whole.
    @inline(__always)
    mutating func chargeString(bytes: Int) throws(Failure) {
        if bytes > stringBytes { throw Failure(.resultTooLarge) }
        try charge(bytes >> 4 + 1)
    }

    /// Charges a value that is about to be read whole: compared, hashed, converted.
    @inline(__always)
    mutating func chargeRead(_ value: Value) throws(Failure) {
        switch value {
        case .string(let text): try chargeRead(text)
        case .bytes(let bytes): if bytes.count > 64 { try charge(bytes.count >> 6) }
        default: break
        }
    }

    @inline(__always)
    mutating func chargeRead(_ text: String) throws(Failure) {
        let count = text.utf8.count
        if count > 64 { try charge(count >> 6) }
    }

    /// Charges a list or map of `count` elements that is about to be built.
    @inline(__always)
    mutating func chargeList(count: Int) throws(Failure) {
        if count > listElements { throw Failure(.resultTooLarge) }
        try charge(count >> 1 + 1)
    }
}
