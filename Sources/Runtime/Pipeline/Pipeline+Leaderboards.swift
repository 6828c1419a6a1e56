public import Loyalty
public import Primitives
import Storage

/// The leaderboards of a programme live beside its one writer: computed from the stored counters when somebody first
/// looks, and changed after each commit by what was committed.
extension Pipeline {
    /// What a member, or anybody, may see of a board; `nil` if there is no such board.
    ///
    /// - Parameter member: whoever looks; their own calendar says which period it is.
    public func standings(
        of board: String, member: MemberID?, cell: String = "", top: Int, in programme: ProgrammeID, now: Instant
    ) async throws -> Standings? {
        guard let compiled = host[programme], let board = compiled.leaderboards[board]?.board else { return nil }
        var day = calendars.programmeDay(compiled, now)
        var shown = member
        var cell = cell
        var friends: [MemberID] = []
        if let member, let viewer = try await viewer(member, in: programme) {
            let context = calendars.context(compiled, viewer.state.profile, now)
            day = context.calendar.day(of: now)
            friends = viewer.friends
            shown = viewer.state.id
            if let kind = board.teams {
                shown = viewer.state.team(of: kind, on: day)
                friends = []
            } else if cell.isEmpty {
                cell = viewer.state.boardCell(board, in: compiled, day: day)
            }
        }
        let book = try await boardBook(of: programme, now: now)
        return book.standings(
            of: board, day: day, member: shown, cell: cell, friends: friends, top: top, programme: programme)
    }

    /// Whoever looks at a board, and with whom they are connected.
    private func viewer(
        _ member: MemberID, in programme: ProgrammeID
    ) async throws -> (state: MemberState, friends: [MemberID])? {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection -> (MemberState, [MemberID])? in
            guard var state = try store.load([member], joinedDay: 0, connection)[member], state.isStored else {
                return nil
            }
            if let into = state.profile.mergedInto {
                guard let root = try store.load([into], joinedDay: 0, connection)[into] else { return nil }
                state = root
            }
            return (state, try store.friends(of: state.id, connection))
        }
    }

    /// The cohorts of a board that are large enough to be shown.
    public func cells(
        of board: String, in programme: ProgrammeID, now: Instant
    ) async throws -> [(cell: String, count: Int)] {
        guard let compiled = host[programme], let board = compiled.leaderboards[board]?.board else { return [] }
        let day = calendars.programmeDay(compiled, now)
        return try await boardBook(of: programme, now: now).cells(of: board, day: day)
    }

    /// Under which names some members stand on a board now; not those who left it.
    func boardNames(
        _ members: [MemberID], on board: String, in programme: ProgrammeID, now: Instant
    ) async throws -> [MemberID: BoardName] {
        let book = try await boardBook(of: programme, now: now)
        var names: [MemberID: BoardName] = [:]
        for member in members { names[member] = book.name(of: member, on: board, in: programme) }
        return names
    }

    /// What a team's owner asks of a leaderboard of teams.
    func ask(
        _ request: BoardRequest, of board: String, _ team: MemberID, _ now: Instant, _ compiled: CompiledProgramme,
        _ context: DecisionContext, _ state: MemberState, _ work: inout Work
    ) throws {
        guard state.memberships[team]?.role == .owner else { throw CommandProblem.notOwner }
        try withOther(team, now, compiled, settles: context.settles, &work) { side in
            guard side.state.shared?.kind == compiled.leaderboards[board]?.board.teams else {
                throw CommandProblem.unknownLeaderboard
            }
            try side.state.ask(request, of: board, side.context, into: &side.changes)
        }
    }

    func boardBook(of programme: ProgrammeID, now: Instant) async throws -> BoardBook {
        for _ in 0..<5 {
            if let book = boards.books[programme] { return book }
            guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
            let epoch = boards.epoch
            // Whatever is committed while the counters are read is seen again afterwards: it may be newer than what was
            // read, and it is never older.
            boards.loading += 1
            defer { endLoading() }
            let day = calendars.programmeDay(compiled, now)
            let names = compiled.leaderboards.keys.sorted()
            var book = BoardBook()
            var last: MemberID?
            while case let page = try await participants(of: names, after: last, in: programme), !page.isEmpty {
                for state in page { book.update(state, in: compiled, day: day) }
                last = page.last?.id
            }
            guard boards.epoch == epoch else { continue }
            for state in boards.committed.values where state.programme == compiled.id {
                book.update(state, in: compiled, day: day)
            }
            boards.books[compiled.id] = book
            return book
        }
        throw PipelineProblem.unavailable
    }

    /// Members per read.
    private static let participantsPerRead = 500

    /// The next of those who asked to be on one of some boards, by identifier.
    func participants(
        of boards: [String], after last: MemberID?, in programme: ProgrammeID
    ) async throws -> [MemberState] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            let members = try store.participants(
                of: boards, after: last, limit: Self.participantsPerRead, connection)
            return try store.load(members, joinedDay: 0, connection).values.sorted { $0.id < $1.id }
        }
    }

    /// Ends a reading of counters that ``Boards/loading`` was told of.
    func endLoading() {
        boards.loading -= 1
        if boards.loading == 0 { boards.committed = [:] }
    }

    /// Shows committed states to the boards.
    func showBoards(_ work: Work) {
        for (id, state) in work.states {
            guard work.changes[id].map({ !$0.isEmpty }) ?? false else { continue }
            guard let compiled = host[state.programme], !compiled.leaderboards.isEmpty else { continue }
            boards.books[state.programme]?.update(state, in: compiled, day: work.days[state.programme] ?? 0)
            if boards.loading > 0 { boards.committed[id] = state }
        }
    }

    /// What the pipeline keeps of boards.
    struct Boards {
        var books: [ProgrammeID: BoardBook] = [:]
        /// Readings of counters that are under way.
        var loading = 0
        /// What was committed meanwhile.
        var committed: [MemberID: MemberState] = [:]
        /// When the next period is to be fixed, under which version.
        var nextFinish: [ProgrammeID: (at: Instant, version: Int64)] = [:]
        /// Programmes that owe nobody a prize.
        var isPaid: Set<ProgrammeID> = []
        /// Finished periods whose scores are followed, with those that were just fixed, by board and first day.
        var followed: [ProgrammeID: [String: [Int32: Range<Int32>]]] = [:]
        /// Periods that were fixed, and are not marked as followed yet.
        var fresh: [ProgrammeID: [(board: String, first: Int32)]] = [:]
        /// Those whose places are to be looked at again.
        var recheck: [ProgrammeID: Set<MemberID>] = [:]
        /// Records of the batch whose late changes were looked for already and that is not on disk yet.
        var running: [ProgrammeID: Set<MemberID>] = [:]
        /// Changes whenever everything is forgotten.
        var epoch = 0

        mutating func forget() {
            books = [:]
            nextFinish = [:]
            isPaid = []
            followed = [:]
            fresh = [:]
            recheck = [:]
            committed = [:]
            epoch += 1
        }
    }
}
