public import Loyalty
public import Primitives
import Storage

extension Pipeline {
    /// Places written in one transaction.
    private static let placesPerWrite = 5_000

    /// Fixes what is to be fixed by now: final standings are stored once, and events that come later change counters, not
    /// them. A period whose end nobody was there to see is fixed when somebody is, from the counters as they are then.
    ///
    /// - Returns: whether there may be prizes that nobody was given yet.
    public func finishBoards(of programme: ProgrammeID, now: Instant) async throws -> Bool {
        guard let compiled = host[programme], !compiled.leaderboards.isEmpty else { return false }
        let owes = !boards.isPaid.contains(programme)
        if let next = boards.nextFinish[programme], now < next.at, next.version == compiled.version { return owes }
        let store = LoyaltyStore(programme: programme)
        let last = try await database.read { try store.lastFinished($0) }
        let minutes = compiled.programme.dayStartMinutes
        var next: Instant?
        for board in compiled.programme.leaderboards {
            guard let days = board.lastFinished(at: now, dayStartMinutes: minutes) else { continue }
            for days in Self.periods(of: board, after: last[board.id], upTo: days) {
                boards.isPaid.remove(programme)
                try await finish(board, days, compiled, now)
            }
            let following = DayPeriods().days(of: board.every, containing: days.upperBound)
            if let at = board.finish(of: following, dayStartMinutes: minutes) { next = next.map { min($0, at) } ?? at }
        }
        boards.nextFinish[programme] = (next ?? .latest, compiled.version)
        return !boards.isPaid.contains(programme)
    }

    /// The periods that are still to be fixed, the earliest first: all since the last one, if that was kept long enough; of
    /// a board that is new, the last.
    private static func periods(of board: Leaderboard, after last: Int32?, upTo days: Range<Int32>) -> [Range<Int32>] {
        guard let last else { return [days] }
        var open: [Range<Int32>] = []
        var period = days
        while period.lowerBound > last, open.count < board.keep {
            open.append(period)
            period = DayPeriods().days(of: board.every, containing: period.lowerBound - 1)
        }
        return open.reversed()
    }

    private func finish(
        _ board: Leaderboard, _ days: Range<Int32>, _ compiled: CompiledProgramme, _ now: Instant
    ) async throws {
        guard let lease else { throw PipelineProblem.notOwner }
        let store = LoyaltyStore(programme: compiled.id)
        let book = try await book(covering: days, of: board, compiled, now)
        let cells = book.entries(of: board.id, first: days.lowerBound)
        let today = calendars.programmeDay(compiled, now)
        // What a crash cut off begins anew.
        try await database.write { connection in
            try Leases.check(connection, lease)
            try store.removePlaces(of: board.id, first: days.lowerBound, connection)
        }
        var left = board.budget
        var periods: [BoardPeriod] = []
        for (cell, entries) in cells {
            let isShown = entries.count >= board.minimum
            periods.append(
                BoardPeriod(
                    days: days, cell: cell, finishedDay: today, version: compiled.version,
                    participants: isShown ? Int64(entries.count) : 0))
            guard isShown else { continue }
            let places = board.final(entries, budget: &left)
            var start = 0
            while start < places.count {
                let page = places[start..<min(start + Self.placesPerWrite, places.count)]
                try await database.write { connection in
                    try Leases.check(connection, lease)
                    try store.add(page, to: board.id, first: days.lowerBound, cell: cell, connection)
                }
                start += page.count
            }
        }
        if periods.isEmpty {
            periods.append(
                BoardPeriod(
                    days: days, cell: "", finishedDay: today, version: compiled.version, participants: 0))
        }
        let fixed = periods
        try await database.write { connection in
            try Leases.check(connection, lease)
            try store.finish(fixed, of: board.id, keep: board.keep, connection)
        }
    }

    /// The lists of a period: those in memory if they reach back to it, else read again from the counters.
    private func book(
        covering days: Range<Int32>, of board: Leaderboard, _ compiled: CompiledProgramme, _ now: Instant
    ) async throws -> BoardBook {
        let current = DayPeriods().days(of: board.every, containing: calendars.programmeDay(compiled, now))
        let previous = DayPeriods().days(of: board.every, containing: current.lowerBound - 1)
        if days.lowerBound >= previous.lowerBound { return try await boardBook(of: compiled.id, now: now) }
        let store = LoyaltyStore(programme: compiled.id)
        return try await database.read { connection in
            var book = BoardBook()
            let members = try store.members(withCounters: [CompiledLeaderboard.counter(of: board.id)], connection)
            var start = 0
            while start < members.count {
                let page = Array(members[start..<min(start + 500, members.count)])
                for state in try store.load(page, joinedDay: 0, connection).values {
                    book.update(state, in: compiled, day: days.lowerBound)
                }
                start += 500
            }
            return book
        }
    }

    /// Notes that every prize is with its winner.
    public func paidPrizes(of programme: ProgrammeID) { boards.isPaid.insert(programme) }

    /// Notes that a prize is with its winner.
    public func markPaid(_ places: [StoredPlace], in programme: ProgrammeID) async throws {
        guard let lease else { throw PipelineProblem.notOwner }
        let store = LoyaltyStore(programme: programme)
        try await database.write { connection in
            try Leases.check(connection, lease)
            for place in places { try store.markPaid(place, connection) }
        }
    }
}
