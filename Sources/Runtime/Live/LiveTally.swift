import Loyalty

/// What happened in one hour, counted as it was committed.
public struct LiveTally: Sendable, Hashable {
    public var events: Int64 = 0
    public var awards: Int64 = 0

    mutating func add(_ update: LiveUpdate) {
        guard update.status == "accepted" else { return }
        events += 1
        for effect in update.effects where effect.kind == .award { awards += 1 }
    }
}
