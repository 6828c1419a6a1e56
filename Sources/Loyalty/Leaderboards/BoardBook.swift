public import Primitives

/// The leaderboards of one programme in memory: a list per board and period, computed from the members' counters and
/// from nothing else. Only members with a score above zero are in a list.
public struct BoardBook: Sendable {
    private struct Key: Hashable {
        var board: String
        /// The first day of the period; `Int32.min` for a board without periods.
        var first: Int32
    }

    /// Lists that are kept per board: those that can still change, with those just before them.
    static let periods = 4

    private var lists: [Key: RankedList] = [:]
    private var draws: [String: [MemberID: Int64]] = [:]

    public init() {}

    /// Sees a member as they are now.
    ///
    /// - Parameter day: today in the programme's time zone. Members elsewhere are up to two days apart from it, and late
    ///   events count in the period before: those periods are computed anew.
    public mutating func update(_ state: MemberState, in programme: CompiledProgramme, day: Int32) {
        let calendar = DayPeriods()
        for (id, board) in programme.leaderboards {
            let isOn = state.isOn(id)
            guard isOn || draws[id]?[state.id] != nil else { continue }
            draws[id, default: [:]][state.id] = isOn ? state.draws(for: id) : nil
            let every = board.board.every
            let current = calendar.firstDay(of: every, containing: day)
            var firsts: Set<Int32> = [current, calendar.firstDay(of: every, containing: day + 2)]
            firsts.insert(calendar.firstDay(of: every, containing: day + 1))
            if current != .min { firsts.insert(calendar.firstDay(of: every, containing: current - 1)) }
            guard isOn else {
                for key in lists.keys where key.board == id { lists[key]?.remove(state.id) }
                continue
            }
            for first in firsts {
                let days = calendar.days(of: every, containing: first == .min ? day : first)
                let key = Key(board: id, first: first)
                let score = state.score(on: board, days: days)
                if score > 0 {
                    lists[key, default: RankedList()].update(state.id, score: score)
                } else {
                    lists[key]?.remove(state.id)
                }
            }
            prune(id)
        }
    }

    private mutating func prune(_ board: String) {
        let firsts = lists.keys.filter { $0.board == board }.map(\.first)
        guard firsts.count > Self.periods else { return }
        for first in firsts.sorted().dropLast(Self.periods) { lists[Key(board: board, first: first)] = nil }
    }

    /// What one member, or anybody, may see of a board.
    ///
    /// - Parameters:
    ///   - day: the local day of whoever looks.
    ///   - top: the most places shown from the first on.
    /// - Complexity: O(top · log n).
    public func standings(
        of board: Leaderboard, day: Int32, member: MemberID?, top: Int, programme: ProgrammeID
    ) -> Standings {
        let calendar = DayPeriods()
        let days = calendar.days(of: board.every, containing: day)
        let list = lists[Key(board: board.id, first: days.lowerBound)] ?? RankedList()
        var standings = Standings(board: board.id, days: days)
        standings.isOn = member.map { draws[board.id]?[$0] != nil } ?? false
        if standings.isOn, let member {
            standings.name = name(of: member, on: board.id, programme)
            standings.score = list.score(of: member) ?? 0
        }
        guard list.count >= board.minimum else { return standings }
        func place(_ entry: RankedList.Entry) -> Standings.Place {
            Standings.Place(
                rank: list.rank(ofScore: entry.score), score: entry.score,
                name: name(of: entry.member, on: board.id, programme), isMe: entry.member == member)
        }
        standings.showsRanks = true
        // Nobody is shown as one of the last: the list for all ends at its middle, and whoever stands in the lower half
        // sees those before them.
        let upper = (list.count + 1) / 2
        standings.top = list.entries(in: 0..<min(top, upper)).map(place)
        if let member, standings.isOn, let own = list.rank(of: member) {
            standings.rank = own
            let around = list.neighbours(of: member, each: 2)
            let index = around.firstIndex { $0.member == member } ?? 0
            let seesBelow = own + 2 <= upper
            standings.around = (seesBelow ? around : Array(around[...index])).map(place)
        }
        return standings
    }

    private func name(of member: MemberID, on board: String, _ programme: ProgrammeID) -> BoardName {
        BoardName(member: member, board: board, draw: draws[board]?[member] ?? 0, programme: programme)
    }
}

/// What is shown of a leaderboard to one who looks.
public struct Standings: Sendable, Hashable {
    public struct Place: Sendable, Hashable {
        public var rank: Int
        public var score: Int64
        public var name: BoardName
        /// Whether it is the one who looks.
        public var isMe: Bool
    }

    public var board: String
    public var days: Range<Int32>
    /// Whether the one who looks takes part.
    public var isOn = false
    /// Under which name.
    public var name: BoardName?
    /// What they reached; 0 without anything, or without taking part.
    public var score: Int64 = 0
    /// Whether there are enough participants for ranks.
    public var showsRanks = false
    /// Their rank; `nil` if no ranks are shown or nothing was reached.
    public var rank: Int?
    public var top: [Place] = []
    public var around: [Place] = []

    init(board: String, days: Range<Int32>) {
        self.board = board
        self.days = days
    }
}
