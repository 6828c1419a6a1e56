public import Loyalty
public import Primitives

/// All that anyone may know of a raffle: what was promised, the list once it is closed, and how it was drawn.
public struct RaffleStanding: Sendable {
    public enum Stage: String, Sendable, Hashable, CaseIterable {
        /// Its days have not begun, or the commitment is not written yet.
        case announced
        case open
        /// The days are over; late events may still come in.
        case ended
        case closed
        case drawn
    }

    public var raffle: Raffle
    public var record: RaffleRecord?
    public var stage: Stage
    /// From when on the list may be closed.
    public var closesFrom: Instant
    /// The closed list, sorted.
    public var entries: [RaffleEntry]
    public var places: [RafflePlace]
    /// Whose each line is; for staff and the member only.
    var owners: [ID128: MemberID]
}

/// What a raffle says to one member.
public struct MemberRaffle: Sendable {
    public var standing: RaffleStanding
    /// How many tickets count, and how many were taken for nothing.
    public var tickets: Int64
    public var freeTaken: Int64
    /// How many bought ones can be given back now.
    public var returnable: Int64 = 0
    /// Their lines of the list: known before it closes, so that they can recognise them. More than one where two records
    /// turned out to be one person.
    public var lines: [Line]

    public struct Line: Sendable {
        public var entry: RaffleEntry
        /// Where it stands in the sorted list, and the hashes from it to the root; `nil` while the list is open.
        public var proof: (index: Int, hashes: [[UInt8]])?
        /// The places it was drawn for, counted from 0.
        public var places: [Int]
    }

    /// The first prize that waits to be taken.
    public var toTake: (place: Int, prize: String, until: Int32?)? {
        for line in lines {
            for place in line.places where standing.places[place].state == .offered {
                guard let prize = standing.places[place].prize else { continue }
                return (place, prize, standing.places[place].until)
            }
        }
        return nil
    }
}
