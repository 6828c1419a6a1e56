public import Assignment
public import Primitives

/// Who receives rewards in the simulated world, and since when. Their effect on each person is known: `RewardResponse`.
public struct Treatment: Sendable {
    /// The day from which a member has rewards, in days since 1970-01-01; `nil` for one who never gets any.
    let day: @Sendable (SimulatedMember) -> Int?

    public init(from: Instant, applies: @escaping @Sendable (SimulatedMember) -> Bool) {
        let first = Population.day(of: from)
        day = { applies($0) ? first : nil }
    }

    private init(day: @escaping @Sendable (SimulatedMember) -> Int?) {
        self.day = day
    }

    /// Nobody, ever.
    public static let none = Treatment { _ in nil }

    public static func everyone(from: Instant) -> Treatment { Treatment(from: from) { _ in true } }

    /// Everyone but the hold-out: a randomised experiment on `SimulatedMember.unit`.
    public static func randomised(holdOut: HoldOut, from: Instant) -> Treatment {
        Treatment(from: from) { !holdOut.contains($0.unit) }
    }

    /// Each member from a day of their own, by their number: what a programme has given to whom so far.
    public static func since(_ days: [Int: Int]) -> Treatment { Treatment { days[$0.index] } }
}
