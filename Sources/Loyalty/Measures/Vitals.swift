public import Primitives

/// How a programme's members keep coming: what its makers look at first. Estimates from a sample of members, each with its
/// 95 % interval; `nil` for what too few people stand behind, or too short a time.
///
/// A member *comes* on a day on which something was given to them or refused them for what they did.
public struct Vitals: Sendable, Hashable {
    /// One sampled member.
    public struct Person: Sendable, Hashable {
        public var member: MemberID
        /// The day on which they were first seen.
        public var joined: Int32
        /// Days on which they came, in any order.
        public var days: [Int32]

        public init(member: MemberID, joined: Int32, days: [Int32]) {
            self.member = member
            self.joined = joined
            self.days = days
        }
    }

    /// Something on average.
    public struct Mean: Sendable, Hashable {
        public var value: Double
        public var interval: ClosedRange<Double>
    }

    /// Who came again with what a rule gives, and who without it: the rule's hold-out.
    public struct Comparison: Sendable, Hashable {
        public var rule: String
        public var with: Proportion
        public var without: Proportion

        public var difference: Double { with.value - without.value }
        public var interval: ClosedRange<Double> { with.difference(from: without) }
    }

    /// A rule with a hold-out.
    public struct HoldOut: Sendable, Hashable {
        public var rule: String
        public var isWithout: @Sendable (MemberID) -> Bool

        public init(rule: String, isWithout: @escaping @Sendable (MemberID) -> Bool) {
            self.rule = rule
            self.isWithout = isWithout
        }

        public static func == (left: Self, right: Self) -> Bool { left.rule == right.rule }
        public func hash(into hasher: inout Hasher) { hasher.combine(rule) }
    }

    /// Days of one window: today is not in it, because it is not over.
    public static let window: Int32 = 28
    /// Fewer people stand behind no figure.
    public static let fewest = 100
    /// Fewer people are no side of a comparison.
    public static let fewestOfASide = 50

    /// How many members were looked at, and how many days there have been since the first of them came.
    public let sampled: Int
    public let historyDays: Int32
    /// Came in the last 28 days, of all.
    public let active: Proportion?
    /// On how many of the last 28 days, of those who came.
    public let activeDays: Mean?
    /// Came in the 28 days before the last 28, and not since.
    public let churn: Proportion?
    public let comparisons: [Comparison]

    public init(_ people: [Person], today: Int32, holdOuts: [HoldOut]) {
        sampled = people.count
        historyDays = people.map(\.joined).min().map { max(0, today - $0) } ?? 0
        let (recent, before) = (today - Self.window..<today, today - 2 * Self.window..<today - Self.window)
        let lately = people.map { person in Set(person.days.filter(recent.contains)).count }
        let known = people.indices.filter { people[$0].joined < today }
        active =
            known.count >= Self.fewest
            ? Proportion(known.count { lately[$0] > 0 }, of: known.count) : nil
        activeDays = Self.mean(lately.filter { $0 > 0 })
        // Whoever came in the window before the last.
        let regulars = people.indices.filter { people[$0].days.contains(where: before.contains) }
        guard historyDays >= 2 * Self.window, regulars.count >= Self.fewest else {
            (churn, comparisons) = (nil, [])
            return
        }
        churn = Proportion(regulars.count { lately[$0] == 0 }, of: regulars.count)
        comparisons = holdOuts.compactMap { holdOut in
            let without = regulars.filter { holdOut.isWithout(people[$0].member) }
            let with = regulars.filter { !holdOut.isWithout(people[$0].member) }
            guard min(with.count, without.count) >= Self.fewestOfASide else { return nil }
            return Comparison(
                rule: holdOut.rule, with: Proportion(with.count { lately[$0] > 0 }, of: with.count),
                without: Proportion(without.count { lately[$0] > 0 }, of: without.count))
        }
    }

    private static func mean(_ counts: [Int]) -> Mean? {
        guard counts.count >= fewest else { return nil }
        let n = Double(counts.count)
        let value = Double(counts.reduce(0, +)) / n
        let variance = counts.reduce(0.0) { $0 + (Double($1) - value) * (Double($1) - value) } / (n - 1)
        // A normal approximation, over at least a hundred people.
        let half = 1.959963984540054 * (variance / n).squareRoot()
        return Mean(value: value, interval: max(0, value - half)...(value + half))
    }
}
