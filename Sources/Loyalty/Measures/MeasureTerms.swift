import Assignment
import Primitives

/// What decides where a member's days count in the sums of a measure. Sums that are kept say under which terms, so that
/// whoever finds other ones there adds them up anew.
public struct MeasureTerms: Sendable, Hashable {
    public var measure: String
    var weeks: Int
    var group: String?
    var against: String?
    /// The hold-out of the rule ``against``, in basis points.
    var holdout: Int

    public init(_ measure: Measure, in programme: Programme) {
        self.measure = measure.id
        weeks = measure.baselineWeeks
        group = measure.group
        holdout = programme.rules.first { $0.id == measure.against }?.holdoutBasisPoints ?? 0
        against = holdout > 0 ? measure.against : nil
    }

    /// As it is stored.
    var text: String {
        var json: JSONValue = [
            "weeks": .integer(Int64(weeks)), "holdout": .integer(Int64(holdout)), "scale": .integer(MeasureSum.scale),
        ]
        json["group"] = group.map { .string($0) }
        json["against"] = against.map { .string($0) }
        return json.text()
    }

    /// - Returns: `nil` for terms of another release.
    init?(measure: String, text: String) {
        guard let json = try? JSONValue(parsing: text), let weeks = json["weeks"]?.intValue,
            let holdout = json["holdout"]?.intValue, json["scale"]?.intValue == MeasureSum.scale
        else { return nil }
        self.measure = measure
        self.weeks = Int(clamping: weeks)
        self.holdout = Int(clamping: holdout)
        group = json["group"]?.stringValue
        against = json["against"]?.stringValue
    }

    /// What a member adds to the sums: nothing before their share can be told, nor once another record has taken them over.
    func cells(
        of member: MemberID, _ counter: Counter?, traits: [String: JSONValue], isMerged: Bool
    ) -> [MeasureCellKey: MeasureSum] {
        guard !isMerged, let counter else { return [:] }
        let standing = MeasureStanding(baselineWeeks: weeks, counter)
        guard standing.baseline.share != nil, standing.since.share != nil else { return [:] }
        let sum = MeasureSum(standing.baseline, standing.since)
        var cells = [MeasureCellKey(measure: measure, part: .all): sum]
        if let against {
            let isHeldOut = Assignment.bucket(unit: member.value, salt: against) < holdout
            cells[MeasureCellKey(measure: measure, part: isHeldOut ? .heldOut : .treated)] = sum
        }
        if let group, case .string(let value)? = traits[group] {
            cells[MeasureCellKey(measure: measure, part: .group(value))] = sum
        }
        return cells
    }
}

extension MemberState {
    /// What this member adds to the sums of all measures of a programme.
    public func measureCells(_ terms: [MeasureTerms]) -> [MeasureCellKey: MeasureSum] {
        var cells: [MeasureCellKey: MeasureSum] = [:]
        for terms in terms {
            let counter = counters[Measure.counter(terms.measure)]
            cells.merge(
                terms.cells(of: id, counter, traits: traits, isMerged: profile.mergedInto != nil)
            ) { first, _ in first }
        }
        return cells
    }
}

/// How the sums of a programme's measures change.
public struct MeasureChanges: Sendable {
    private(set) var cells: [MeasureCellKey: MeasureSum] = [:]

    public init() {}

    /// A member added this before, and adds that now.
    public mutating func replace(_ before: [MeasureCellKey: MeasureSum], by after: [MeasureCellKey: MeasureSum]) {
        guard before != after else { return }
        for (key, sum) in before { cells[key] = (cells[key] ?? MeasureSum()) + -sum }
        for (key, sum) in after { cells[key] = (cells[key] ?? MeasureSum()) + sum }
    }

    public var isEmpty: Bool { cells.allSatisfy(\.value.isZero) }
}
