public import Primitives

/// What became of one place of a draw.
public struct RafflePlace: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Next in line for a prize that is not taken.
        case reserve
        /// The prize waits for its winner.
        case offered
        case taken
        /// It was not taken in time, or its holder is no more: the prize went on.
        case lapsed
    }

    public var entry: ID128
    public var prize: String?
    public var state: State
    /// The last day for taking it, in the programme's time zone.
    public var until: Int32?

    public init(entry: ID128, prize: String? = nil, state: State = .reserve, until: Int32? = nil) {
        self.entry = entry
        self.prize = prize
        self.state = state
        self.until = until
    }

    /// Who has which prize on the day `today`: a pure function of the order, of what was taken and of who is no more.
    ///
    /// The first places have the prizes in their order. A prize that is not taken in time goes to the next place that has
    /// none, on the day after; of several on one day, the earlier prize first.
    ///
    /// - Parameters:
    ///   - prizes: one entry per prize to be won.
    ///   - take: in how many days a prize must be taken; `nil` gives it at once.
    ///   - taken: places whose prize was given.
    ///   - absent: places whose holder was erased.
    public static func assign(
        _ prizes: [String], order: [ID128], take: Int32?, taken: Set<Int>, absent: Set<Int>, drawn: Int32,
        today: Int32
    ) -> [RafflePlace] {
        var places = order.map { RafflePlace(entry: $0) }
        var next = 0
        // By the day on which it is free, then by prize.
        var free = prizes.enumerated().map { (day: drawn, index: $0.offset, prize: $0.element) }
        while let one = free.first, one.day <= today, next < places.count {
            free.removeFirst()
            let until = take.map { one.day + $0 }
            places[next].prize = one.prize
            places[next].until = until
            if taken.contains(next) {
                places[next].state = .taken
            } else if absent.contains(next) {
                places[next].state = .lapsed
                free.insert(one, at: 0)
            } else if let until, until < today {
                places[next].state = .lapsed
                let back = (day: until + 1, index: one.index, prize: one.prize)
                let at = free.firstIndex { ($0.day, $0.index) > (back.day, back.index) } ?? free.endIndex
                free.insert(back, at: at)
            } else {
                places[next].state = .offered
            }
            next += 1
        }
        return places
    }

    /// Places of a person who has another one: of two that are not taken, the later.
    ///
    /// - Parameters:
    ///   - owners: whose each place is; `nil` for who was erased.
    ///   - successors: by record, the one that answers for it.
    public static func repeated(
        _ owners: [MemberID?], successors: [MemberID: MemberID], taken: Set<Int>
    ) -> Set<Int> {
        func person(_ member: MemberID) -> MemberID {
            var member = member
            for _ in 0..<8 { member = successors[member] ?? member }
            return member
        }
        var seen = Set(taken.compactMap { owners.indices.contains($0) ? owners[$0].map(person) : nil })
        var repeated: Set<Int> = []
        for (place, owner) in owners.enumerated() where !taken.contains(place) {
            guard let owner else { continue }
            if !seen.insert(person(owner)).inserted { repeated.insert(place) }
        }
        return repeated
    }
}
