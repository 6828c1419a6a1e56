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
        of board: String, member: MemberID?, top: Int, in programme: ProgrammeID, now: Instant
    ) async throws -> Standings? {
        guard let compiled = host[programme], let board = compiled.leaderboards[board]?.board else { return nil }
        var day = calendars.programmeDay(compiled, now)
        var canonical = member
        if let member {
            let store = LoyaltyStore(programme: programme)
            let profile = try await database.read { connection -> (MemberID, MemberProfile)? in
                guard let state = try store.load([member], joinedDay: 0, connection)[member], state.isStored else {
                    return nil
                }
                guard let into = state.profile.mergedInto else { return (member, state.profile) }
                return try store.load([into], joinedDay: 0, connection)[into].map { (into, $0.profile) }
            }
            if let (known, profile) = profile {
                canonical = known
                let context = calendars.context(compiled, profile, now)
                day = context.calendar.day(of: now)
            }
        }
        let book = try await boardBook(of: programme, now: now)
        return book.standings(of: board, day: day, member: canonical, top: top, programme: programme)
    }

    private func boardBook(of programme: ProgrammeID, now: Instant) async throws -> BoardBook {
        for _ in 0..<5 {
            if let book = boards.books[programme] { return book }
            guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
            let epoch = boards.epoch
            // Whatever is committed while the counters are read is seen again afterwards: it may be newer than what was
            // read, and it is never older.
            boards.loading += 1
            defer {
                boards.loading -= 1
                if boards.loading == 0 { boards.committed = [:] }
            }
            let day = calendars.programmeDay(compiled, now)
            let store = LoyaltyStore(programme: compiled.id)
            let names = compiled.leaderboards.keys.sorted().map { CompiledLeaderboard.counter(of: $0) }
            var book = try await database.read { connection in
                var book = BoardBook()
                let members = try store.members(withCounters: names, connection)
                var start = 0
                while start < members.count {
                    let page = Array(members[start..<min(start + 500, members.count)])
                    for state in try store.load(page, joinedDay: 0, connection).values {
                        book.update(state, in: compiled, day: day)
                    }
                    start += 500
                }
                return book
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
        /// Changes whenever everything is forgotten.
        var epoch = 0

        mutating func forget() {
            books = [:]
            committed = [:]
            epoch += 1
        }
    }
}
