/// What changed, over members: never a figure of fewer than the measure's minimum.
public struct MeasureFigures: Sendable, Hashable {
    public struct Cell: Sendable, Hashable {
        public var members: Int64
        /// Mean shares, from 0 to 1.
        public var baseline: Double
        public var since: Double
        /// The mean of the members' own changes, with its 95 % interval (normal approximation).
        public var change: Double
        public var low: Double
        public var high: Double
    }

    /// The treated less the held-out: the change that the rule is the cause of (Welch's interval).
    public struct Effect: Sendable, Hashable {
        public var change: Double
        public var low: Double
        public var high: Double
    }

    /// All members; `nil`: too few.
    public var all: Cell?
    public var treated: Cell?
    public var heldOut: Cell?
    public var effect: Effect?
    /// By group; `nil`: too few, or it would tell such a figure.
    public var groups: [String: Cell?]

    /// z for 95 % of a normal distribution.
    static let z = 1.959963984540054

    /// Judges what is added up: see ``MeasureTerms/cells(of:_:traits:isMerged:)``.
    public init(_ sums: [MeasurePart: MeasureSum], of measure: Measure) {
        let minimum = Int64(max(measure.minimum, Measure.least))
        func cell(_ part: MeasurePart) -> Cell? {
            sums[part].flatMap { $0.members >= minimum ? Cell($0) : nil }
        }
        all = cell(.all)
        var counts: [String: Int64] = [:]
        groups = [:]
        for (part, sum) in sums {
            guard case .group(let name) = part, sum.members > 0 else { continue }
            counts[name] = sum.members
            groups[name] = .some(cell(part))
        }
        hideWhatTheSumWouldTell(counts, outside: (sums[.all]?.members ?? 0) - counts.values.reduce(0, +), minimum)
        if let mine = cell(.treated), let theirs = cell(.heldOut), let treated = sums[.treated],
            let heldOut = sums[.heldOut]
        {
            (self.treated, self.heldOut) = (mine, theirs)
            let change = mine.change - theirs.change
            let width = Self.z * (treated.variance + heldOut.variance).squareRoot()
            effect = Effect(change: change, low: change - width, high: change + width)
        }
    }

    /// Whoever has the sum and all groups but some knows those: so what is left out must be enough members, in more than
    /// one group. The smallest of the others go with it until it is.
    ///
    /// - Parameter outside: members who are in no group.
    private mutating func hideWhatTheSumWouldTell(_ counts: [String: Int64], outside: Int64, _ minimum: Int64) {
        var hidden = outside > 0 ? [outside] : []
        var shown: [(name: String, members: Int64)] = []
        for (name, members) in counts {
            if groups[name] == .some(nil) { hidden.append(members) } else { shown.append((name, members)) }
        }
        shown.sort { ($0.members, $0.name) > ($1.members, $1.name) }
        while !hidden.isEmpty, hidden.count == 1 || hidden.reduce(0, +) < minimum, let smallest = shown.popLast() {
            groups[smallest.name] = .some(nil)
            hidden.append(smallest.members)
        }
    }
}

extension MeasureFigures.Cell {
    init(_ sum: MeasureSum) {
        let n = Double(sum.members) * Double(MeasureSum.scale)
        let width = MeasureFigures.z * sum.variance.squareRoot()
        self.init(
            members: sum.members, baseline: Double(sum.baseline) / n, since: Double(sum.since) / n, change: sum.mean,
            low: sum.mean - width, high: sum.mean + width)
    }
}
