public import Primitives

/// The leaderboards of one programme in memory: a list per board, period and cohort, computed from the counters and from
/// nothing else. Only those with a score above zero are in a list.
public struct BoardBook: Sendable {
    private struct Key: Hashable {
        var board: String
        /// The first day of the period; `Int32.min` for a board without periods.
        var first: Int32
        var cell: String
    }

    /// One who takes part.
    private struct Participant {
        var draws: Int64
        var cell: String
    }

    /// Periods that are kept per board: those that can still change, with those just before them.
    static let periods = 4

    private var lists: [Key: RankedList] = [:]
    private var participants: [String: [MemberID: Participant]] = [:]
    /// The first days of the periods that there are lists of.
    private var firsts: [String: Set<Int32>] = [:]

    public init() {}

    /// Sees a member, or a team, as they are now.
    ///
    /// - Parameters:
    ///   - day: today in the programme's time zone. Members elsewhere are up to two days apart from it, and late events
    ///     count in the period before: those periods are computed anew.
    ///   - today: the day whose tier is a member's cohort, for lists of another time.
    /// - Complexity: O(log n) in the participants of a board.
    public mutating func update(
        _ state: MemberState, in programme: CompiledProgramme, day: Int32, today: Int32? = nil
    ) {
        let calendar = DayPeriods()
        for (id, board) in programme.leaderboards where board.board.teams == state.shared?.kind {
            let isOn = state.isOn(id)
            let before = participants[id]?[state.id]
            guard isOn || before != nil else { continue }
            let cell = isOn ? state.cell(of: board.board, in: programme, day: today ?? day) : ""
            participants[id, default: [:]][state.id] =
                isOn ? Participant(draws: state.draws(for: id), cell: cell) : nil
            if let before, !isOn || before.cell != cell {
                for first in firsts[id] ?? [] {
                    lists[Key(board: id, first: first, cell: before.cell)]?.remove(state.id)
                }
            }
            guard isOn else { continue }
            let every = board.board.every
            let current = calendar.firstDay(of: every, containing: day)
            var scored: Set<Int32> = [current, calendar.firstDay(of: every, containing: day + 2)]
            scored.insert(calendar.firstDay(of: every, containing: day + 1))
            if current != .min { scored.insert(calendar.firstDay(of: every, containing: current - 1)) }
            // Whoever changed cohorts takes all that is still listed along.
            if let before, before.cell != cell { scored.formUnion(firsts[id] ?? []) }
            for first in scored {
                let days = calendar.days(of: every, containing: first == .min ? day : first)
                let score = state.score(on: board, days: days)
                let key = Key(board: id, first: first, cell: cell)
                if score > 0 {
                    lists[key, default: RankedList()].update(state.id, score: score)
                    if firsts[id, default: []].insert(first).inserted { prune(id) }
                } else {
                    lists[key]?.remove(state.id)
                }
            }
        }
    }

    private mutating func prune(_ board: String) {
        guard let known = firsts[board], known.count > Self.periods else { return }
        let gone = Set(known.sorted().dropLast(Self.periods))
        firsts[board]?.subtract(gone)
        for key in lists.keys where key.board == board && gone.contains(key.first) { lists[key] = nil }
    }

    /// The lists of a board's period, by cohort.
    public func lists(of board: String, first: Int32) -> [(cell: String, list: RankedList)] {
        lists.filter { $0.key.board == board && $0.key.first == first && $0.value.count > 0 }
            .map { ($0.key.cell, $0.value) }.sorted { $0.0 < $1.0 }
    }

    /// In which cohort someone is, and with which score they stand in a period's list; `nil` for who takes no part.
    public func entry(of member: MemberID, on board: String, first: Int32) -> (cell: String, score: Int64)? {
        guard let participant = participants[board]?[member] else { return nil }
        let list = lists[Key(board: board, first: first, cell: participant.cell)]
        return (participant.cell, list?.score(of: member) ?? 0)
    }

    /// How many take part.
    public func participants(of board: String) -> Int { participants[board]?.count ?? 0 }

    /// Whether someone takes part, and under which name.
    public func name(of member: MemberID, on board: String, in programme: ProgrammeID) -> BoardName? {
        participants[board]?[member].map {
            BoardName(member: member, board: board, draw: $0.draws, programme: programme)
        }
    }

    /// What one member, or anybody, may see of a board.
    ///
    /// - Parameters:
    ///   - day: the local day of whoever looks.
    ///   - member: whoever looks, or their team.
    ///   - cell: the cohort that somebody looks at who takes no part; see ``cells(of:day:)``.
    ///   - friends: those with whom the member is connected.
    ///   - top: the most places shown from the first on.
    /// - Complexity: O(top · log n).
    public func standings(
        of board: Leaderboard, day: Int32, member: MemberID?, cell: String = "", friends: [MemberID] = [], top: Int,
        programme: ProgrammeID
    ) -> Standings {
        let days = DayPeriods().days(of: board.every, containing: day)
        let own = member.flatMap { participants[board.id]?[$0] }
        let cell = own?.cell ?? cell
        let list = lists[Key(board: board.id, first: days.lowerBound, cell: cell)] ?? RankedList()
        var standings = Standings(board: board.id, days: days)
        standings.cell = cell
        standings.isOn = own != nil
        if standings.isOn, let member {
            standings.name = name(of: member, on: board.id, in: programme)
            standings.score = list.score(of: member) ?? 0
            standings.friends = among(friends, member, board, days.lowerBound, programme)
        }
        guard list.count >= board.minimum else { return standings }
        func place(_ entry: RankedList.Entry) -> Standings.Place? {
            guard let name = name(of: entry.member, on: board.id, in: programme) else { return nil }
            return Standings.Place(
                rank: list.rank(ofScore: entry.score), score: entry.score, name: name, isMe: entry.member == member)
        }
        standings.showsRanks = true
        standings.participants = list.count
        // Nobody is shown as one of the last: the list for all ends at its middle, and whoever stands in the lower half
        // sees those before them.
        let upper = (list.count + 1) / 2
        standings.top = list.entries(in: 0..<min(top, upper)).compactMap(place)
        if let member, standings.isOn, let own = list.rank(of: member) {
            standings.rank = own
            let around = list.neighbours(of: member, each: 2)
            let index = around.firstIndex { $0.member == member } ?? 0
            let seesBelow = own + 2 <= upper
            standings.around = (seesBelow ? around : Array(around[...index])).compactMap(place)
        }
        return standings
    }

    /// The cohorts of a board that have enough participants to be shown.
    public func cells(of board: Leaderboard, day: Int32) -> [(cell: String, count: Int)] {
        let first = DayPeriods().days(of: board.every, containing: day).lowerBound
        return lists.filter {
            $0.key.board == board.id && $0.key.first == first && $0.value.count >= board.minimum
        }.map { ($0.key.cell, $0.value.count) }.sorted { $0.0 < $1.0 }
    }

    /// A member among those friends who take part too. They agreed to see each other, so there is no least number and no
    /// lower half; one without a score is not shown.
    private func among(
        _ friends: [MemberID], _ member: MemberID, _ board: Leaderboard, _ first: Int32, _ programme: ProgrammeID
    ) -> [Standings.Place] {
        guard !friends.isEmpty else { return [] }
        let entries = ([member] + friends).compactMap { one -> RankedList.Entry? in
            guard let participant = participants[board.id]?[one],
                let score = lists[Key(board: board.id, first: first, cell: participant.cell)]?.score(of: one)
            else { return nil }
            return RankedList.Entry(member: one, score: score)
        }.sorted { $0.precedes($1) }
        guard entries.contains(where: { $0.member != member }) else { return [] }
        return entries.compactMap { entry in
            name(of: entry.member, on: board.id, in: programme).map { name in
                Standings.Place(
                    rank: 1 + entries.count { $0.score > entry.score }, score: entry.score, name: name,
                    isMe: entry.member == member)
            }
        }
    }
}
