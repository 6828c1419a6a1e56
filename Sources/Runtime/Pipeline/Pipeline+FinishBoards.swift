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
        _ = try await followedPeriods(of: compiled.id)
        let epoch = boards.epoch
        // Whoever is written while the standings are fixed may be in them with what was before, or with what is now: they
        // are looked at again afterwards.
        boards.loading += 1
        defer { endLoading() }
        let lists = try await lists(of: board, days, compiled, now)
        let today = calendars.programmeDay(compiled, now)
        // What a crash cut off begins anew.
        try await clear(board.id, days.lowerBound, compiled.id, lease)
        var left = board.budget
        var periods: [BoardPeriod] = []
        for (cell, list) in lists {
            let isShown = list.count >= board.minimum
            periods.append(
                BoardPeriod(
                    days: days, cell: cell, finishedDay: today, version: compiled.version,
                    participants: isShown ? Int64(list.count) : 0))
            guard isShown else { continue }
            var standings = FinalStandings(list, of: board, budget: left)
            while case let page = standings.next(Self.placesPerWrite), !page.isEmpty {
                try await database.write { connection in
                    try Leases.check(connection, lease)
                    try store.add(page, to: board.id, first: days.lowerBound, cell: cell, connection)
                }
            }
            left = standings.left
        }
        if periods.isEmpty {
            periods.append(
                BoardPeriod(
                    days: days, cell: "", finishedDay: today, version: compiled.version, participants: 0))
        }
        // A period that is kept no longer goes page by page as well; what is cut off here is done with the next attempt.
        let known = try await database.read { try store.boardPeriods(of: board.id, $0) }
        let others = Set(known.map(\.days.lowerBound)).subtracting([days.lowerBound]).sorted(by: >)
        for first in others.dropFirst(max(0, board.keep - 1)) { try await clear(board.id, first, compiled.id, lease) }
        let fixed = periods
        try await database.write { connection in
            try Leases.check(connection, lease)
            try store.finish(fixed, of: board.id, keep: board.keep, connection)
        }
        guard boards.epoch == epoch else { return }
        boards.followed[compiled.id]?[board.id, default: [:]][days.lowerBound] = days
        boards.fresh[compiled.id, default: []].append((board.id, days.lowerBound))
        let underWay = boards.committed.values.filter { $0.programme == compiled.id }.map(\.id)
        let running = boards.running[compiled.id] ?? []
        boards.recheck[compiled.id, default: []].formUnion(running.union(underWay))
    }

    /// Removes the places of a period, a page per transaction.
    private func clear(_ board: String, _ first: Int32, _ programme: ProgrammeID, _ lease: Lease) async throws {
        let store = LoyaltyStore(programme: programme)
        var removed = Self.placesPerWrite
        while removed == Self.placesPerWrite {
            removed = try await database.write { connection in
                try Leases.check(connection, lease)
                return try store.removePlaces(
                    of: board, first: first, limit: Self.placesPerWrite, connection)
            }
        }
    }

    /// The lists of a period: those in memory if they reach back to it, else read again from the counters, page by page.
    private func lists(
        of board: Leaderboard, _ days: Range<Int32>, _ compiled: CompiledProgramme, _ now: Instant
    ) async throws -> [(cell: String, list: RankedList)] {
        let today = calendars.programmeDay(compiled, now)
        let current = DayPeriods().days(of: board.every, containing: today)
        let previous = DayPeriods().days(of: board.every, containing: current.lowerBound - 1)
        if days.lowerBound >= previous.lowerBound {
            return try await boardBook(of: compiled.id, now: now).lists(of: board.id, first: days.lowerBound)
        }
        var book = BoardBook()
        var last: MemberID?
        while case let page = try await participants(of: [board.id], after: last, in: compiled.id), !page.isEmpty {
            for state in page {
                book.update(state, in: compiled, day: days.lowerBound, today: today)
            }
            last = page.last?.id
        }
        return book.lists(of: board.id, first: days.lowerBound)
    }

    /// Those of whom it cannot be said whether what they did while a period was fixed is in its standings.
    func membersToRecheck(of programme: ProgrammeID) -> [MemberID] { (boards.recheck[programme] ?? []).sorted() }

    /// From now on what changes scores of the periods that were just fixed is noted.
    ///
    /// A period whose fixing was cut off before this is not followed: what changed in between is not known.
    ///
    /// - Parameter rechecked: those who were looked at again.
    func follow(_ programme: ProgrammeID, rechecked: [MemberID]) async throws {
        boards.recheck[programme]?.subtract(rechecked)
        guard let fresh = boards.fresh[programme], boards.recheck[programme]?.isEmpty ?? true else { return }
        guard let lease else { throw PipelineProblem.notOwner }
        let epoch = boards.epoch
        let store = LoyaltyStore(programme: programme)
        try await database.write { connection in
            try Leases.check(connection, lease)
            for (board, first) in fresh { try store.follow(board, first: first, connection) }
        }
        if boards.epoch == epoch { boards.fresh[programme] = nil }
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
