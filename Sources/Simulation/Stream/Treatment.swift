public import Assignment
public import Primitives

/// Who receives rewards in the simulated world, and since when. Their effect on each person is known: `RewardResponse`.
public struct Treatment: Sendable {
    public let from: Instant
    let applies: @Sendable (SimulatedMember) -> Bool

    public init(from: Instant, applies: @escaping @Sendable (SimulatedMember) -> Bool) {
        self.from = from
        self.applies = applies
    }

    /// Nobody, ever.
    public static let none = Treatment(from: .latest) { _ in false }

    public static func everyone(from: Instant) -> Treatment { Treatment(from: from) { _ in true } }

    /// Everyone but the hold-out: a randomised experiment on `SimulatedMember.unit`.
    public static func randomised(holdOut: HoldOut, from: Instant) -> Treatment {
        Treatment(from: from) { !holdOut.contains($0.unit) }
    }
}
