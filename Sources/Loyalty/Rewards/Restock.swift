/// Whether a reward ran out and came back: a pure state machine, fed with what is left.
public struct Restock: Sendable, Hashable {
    /// How often it came back.
    public var number: Int64
    public var isOut: Bool
    /// Up to which time the members who wish for it were told.
    public var told: Int64

    public init(number: Int64 = 0, isOut: Bool = false, told: Int64 = 0) {
        self.number = number
        self.isOut = isOut
        self.told = told
    }

    /// Whether members are still to be told that it is there again.
    public var isToTell: Bool { told < number }

    /// What it is after a look at what is left; `nil` for no end.
    public func seen(left: Int64?) -> Restock {
        var next = self
        let isGone = left.map { $0 <= 0 } ?? false
        if isOut, !isGone { next.number += 1 }
        next.isOut = isGone
        return next
    }
}
