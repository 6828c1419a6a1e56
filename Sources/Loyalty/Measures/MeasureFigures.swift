import Assignment
public import Primitives

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

    private struct Sum {
        var count: Int64 = 0
        var baseline = 0.0
        var since = 0.0
        var change = 0.0
        var squares = 0.0

        mutating func add(_ before: Double, _ after: Double) {
            count += 1
            baseline += before
            since += after
            change += after - before
            squares += (after - before) * (after - before)
        }

        var mean: Double { change / Double(count) }
        /// The variance of the mean, from the sample variance.
        var variance: Double {
            guard count > 1 else { return 0 }
            let n = Double(count)
            return max(0, (squares - change * change / n) / (n - 1)) / n
        }

        func cell(_ minimum: Int) -> Cell? {
            guard count >= Int64(max(minimum, Measure.least)) else { return nil }
            let n = Double(count)
            let width = MeasureFigures.z * variance.squareRoot()
            return Cell(
                members: count, baseline: baseline / n, since: since / n, change: mean, low: mean - width,
                high: mean + width)
        }
    }

    /// Sums members up, one by one, in any order.
    public struct Collector: Sendable {
        private let measure: Measure
        private let holdout: Int
        private var all = Sum()
        private var treated = Sum()
        private var heldOut = Sum()
        private var groups: [String: Sum] = [:]

        public init(_ measure: Measure, in programme: Programme) {
            self.measure = measure
            holdout = programme.rules.first { $0.id == measure.against }?.holdoutBasisPoints ?? 0
        }

        public mutating func add(_ state: MemberState) {
            guard state.profile.mergedInto == nil else { return }
            let standing = state.standing(measure)
            guard let before = standing.baseline.share, let after = standing.since.share else { return }
            all.add(before, after)
            if let rule = measure.against, holdout > 0 {
                if Assignment.bucket(unit: state.id.value, salt: rule) < holdout {
                    heldOut.add(before, after)
                } else {
                    treated.add(before, after)
                }
            }
            if let trait = measure.group, case .string(let group)? = state.traits[trait] {
                groups[group, default: Sum()].add(before, after)
            }
        }

        public var figures: MeasureFigures {
            let minimum = measure.minimum
            var cells = groups.mapValues { $0.cell(minimum) }
            // If one group alone is left out, the others and the sum would tell it: the smallest of them goes with it.
            let outside = all.count - groups.values.reduce(0) { $0 + $1.count }
            let hidden = cells.filter { $0.value == nil }.count + (outside > 0 ? 1 : 0)
            if hidden == 1,
                let smallest = cells.filter({ $0.value != nil }).min(by: {
                    ($0.value?.members ?? 0, $0.key) < ($1.value?.members ?? 0, $1.key)
                })?.key
            {
                cells[smallest] = .some(nil)
            }
            var figures = MeasureFigures(all: all.cell(minimum), groups: cells)
            let parts = (treated.cell(minimum), heldOut.cell(minimum))
            if let mine = parts.0, let theirs = parts.1 {
                (figures.treated, figures.heldOut) = (mine, theirs)
                let change = mine.change - theirs.change
                let width = MeasureFigures.z * (treated.variance + heldOut.variance).squareRoot()
                figures.effect = Effect(change: change, low: change - width, high: change + width)
            }
            return figures
        }
    }

    init(all: Cell?, groups: [String: Cell?]) {
        self.all = all
        self.groups = groups
    }
}
