/// What a watched event gives besides points, as it is remembered: per day, so that a case of that day can set it aside.
enum WatchedKind: String, CaseIterable {
    case badge = "watched"
    case access = "watched-access"
    case tickets = "watched-tickets"
    case webhook = "watched-webhook"

    /// The name of the counter.
    ///
    /// - Parameter by: an event type, or `streak:` and the name of a streak.
    func counter(_ thing: String, by: String) -> String { "\(rawValue)/\(by)/\(thing)" }

    /// The kind, by and thing that a counter is about; `nil` if it is none of these.
    static func parse(_ counter: String) -> (kind: WatchedKind, by: String, thing: String)? {
        guard counter.hasPrefix("watched") else { return nil }
        let parts = counter.split(separator: "/", maxSplits: 2).map(String.init)
        guard parts.count == 3, let kind = WatchedKind(rawValue: parts[0]) else { return nil }
        return (kind, parts[1], parts[2])
    }
}

/// One mark of such a counter: how often the day's events gave it, and whether the member has it.
struct WatchedMark: Hashable {
    enum State: Int32 {
        case given = 1
        case waits = 2
        /// A webhook that was sent and whose receiver was told that it does not hold.
        case takenBack = 3
    }

    var day: Int32
    var state: State
    /// How often it changed hands: the effects of each time have identifiers of their own.
    var turn: Int32
    /// Until when access lasts, in milliseconds; 1 for the rest.
    var value: Int64
    var count: Int64

    init(day: Int32, state: State, value: Int64 = 1, count: Int64) {
        self.day = day
        self.state = state
        self.value = value
        self.count = count
        turn = 0
    }

    init?(_ mark: CounterMark) {
        day = mark.day
        if mark.slot == 0 {
            // As badges were remembered at first: the size was the state, the count the turn.
            guard let state = State(rawValue: Int32(clamping: mark.wanted)) else { return nil }
            self.state = state
            turn = Int32(clamping: mark.count)
            value = 1
            count = 1
        } else {
            guard let state = State(rawValue: mark.slot & 3) else { return nil }
            self.state = state
            turn = mark.slot >> 2
            value = mark.wanted
            count = mark.count
        }
    }

    var mark: CounterMark { CounterMark(day: day, slot: turn << 2 | state.rawValue, wanted: value, count: count) }
}

extension Counter {
    var watched: [WatchedMark] { marks.compactMap { WatchedMark($0) } }

    init(watched: [WatchedMark]) {
        self.init()
        for one in watched { add(one.mark) }
    }
}
