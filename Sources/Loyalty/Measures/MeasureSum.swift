import Primitives

/// What members add up to in one cell of a measure. In whole numbers, so that the same members give the same sums in
/// whatever order they came and went.
public struct MeasureSum: Sendable, Hashable {
    /// Of a share of 1. A hundred million members whose share changed by all of it still fit.
    static let scale: Int64 = 100_000

    public var members: Int64 = 0
    /// The sum of the shares of members' beginnings, in ``scale``.
    public var baseline: Int64 = 0
    public var since: Int64 = 0
    /// The sum of the squares of members' changes, in ``scale`` squared.
    public var squares: Int64 = 0

    public init() {}

    init(members: Int64, baseline: Int64, since: Int64, squares: Int64) {
        self.members = members
        self.baseline = baseline
        self.since = since
        self.squares = squares
    }

    /// One member.
    init(_ before: MeasureStanding.Count, _ after: MeasureStanding.Count) {
        members = 1
        baseline = Self.scaled(before)
        since = Self.scaled(after)
        squares = (since - baseline) * (since - baseline)
    }

    /// The share, rounded half up.
    private static func scaled(_ count: MeasureStanding.Count) -> Int64 {
        (2 * scale * count.behaviour + count.all) / (2 * count.all)
    }

    static func + (left: MeasureSum, right: MeasureSum) -> MeasureSum {
        MeasureSum(
            members: left.members + right.members, baseline: left.baseline + right.baseline,
            since: left.since + right.since, squares: left.squares + right.squares)
    }

    static prefix func - (sum: MeasureSum) -> MeasureSum {
        MeasureSum(members: -sum.members, baseline: -sum.baseline, since: -sum.since, squares: -sum.squares)
    }

    var isZero: Bool { self == MeasureSum() }

    /// The mean change, from -1 to 1.
    var mean: Double { Double(since - baseline) / Double(members) / Double(Self.scale) }

    /// The variance of the mean, from the sample variance.
    var variance: Double {
        guard members > 1 else { return 0 }
        let n = Double(members)
        let scale = Double(Self.scale)
        let change = Double(since - baseline) / scale
        return max(0, (Double(squares) / scale / scale - change * change / n) / (n - 1)) / n
    }
}

/// A cell of a measure.
public enum MeasurePart: Sendable, Hashable, Comparable {
    case all
    case treated
    case heldOut
    /// Members whose trait has this value.
    case group(String)

    /// As it is stored. A trait may hold any text, so it is written as JSON does.
    var text: String {
        switch self {
        case .all: "all"
        case .treated: "treated"
        case .heldOut: "held-out"
        case .group(let value): JSONValue.string(value).text()
        }
    }

    init?(text: String) {
        switch text {
        case "all": self = .all
        case "treated": self = .treated
        case "held-out": self = .heldOut
        default:
            guard case .string(let value)? = try? JSONValue(parsing: text) else { return nil }
            self = .group(value)
        }
    }

    public static func < (left: MeasurePart, right: MeasurePart) -> Bool { left.text < right.text }
}

/// A cell of a measure of a programme.
public struct MeasureCellKey: Sendable, Hashable, Comparable {
    public var measure: String
    public var part: MeasurePart

    public static func < (left: Self, right: Self) -> Bool {
        left.measure != right.measure ? left.measure < right.measure : left.part < right.part
    }
}
