public import Loyalty
public import Primitives
import Storage

/// Why days cannot be repaired.
public enum StreakRepairProblem: Error, Sendable, Hashable {
    case unknownStreak
    /// The days are not within what a repair may cover: at most ``StreakLimits/repairLength`` days, none of them later than
    /// tomorrow or more than a year ago.
    case outOfRange
}

extension Engine {
    /// Excuses days of a streak for all members, because something was down. Doing it again changes nothing.
    ///
    /// - Returns: whether it is new.
    @discardableResult
    public func repair(_ streak: String, days: DaySpan, in programme: ProgrammeID) async throws -> Bool {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        guard compiled.streaks[streak] != nil else { throw StreakRepairProblem.unknownStreak }
        let today = compiled.calendar(offsets: zones).day(of: clock.now())
        guard days.first <= days.last, days.last - days.first < StreakLimits.repairLength, days.last <= today + 1,
            days.first >= today - 366
        else { throw StreakRepairProblem.outOfRange }
        let known = compiled.streakRepairs[streak].contains(days)
        try await add([StreakRepair(streak: streak, days: days)], to: compiled)
        try await finishStreakRepairs(of: programme)
        return !known
    }

    /// All repairs of a programme.
    public func streakRepairs(of programme: ProgrammeID) async throws -> [StreakRepair] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.streakRepairs($0) }
    }

    /// Works milestones out again for everybody whose repairs are not finished: after a repair, and after a crash in the
    /// middle of one. Page by page; doing it twice changes nothing.
    public func finishStreakRepairs(of programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        for repair in try await streakRepairs(of: programme) where repair.isOpen {
            try await Keeper.reviewStreaks(self, programme, streak: repair.streak)
            try await alone(programme) { try store.close(repair, $0) }
        }
    }

    private func add(_ repairs: [StreakRepair], to compiled: CompiledProgramme) async throws {
        let store = LoyaltyStore(programme: compiled.id)
        let all = StreakRepairs()
        try await alone(compiled.id) { connection in
            try store.add(repairs, connection)
            all.replace(try store.streakRepairs(connection))
        } finish: {
            compiled.streakRepairs.replace(all)
        }
    }

    /// Work on the programme's own rows, between two batches.
    func alone(
        _ programme: ProgrammeID, _ work: @escaping @Sendable (any Connection) throws -> Void,
        finish: @escaping @Sendable () -> Void = {}
    ) async throws {
        let nobody = MemberID(ID128(high: 0, low: 0))
        for answer in try await submit([
            Command(
                programme: programme, member: nobody, action: .alone(Alone(write: work, finish: finish)),
                now: clock.now())
        ]) {
            _ = try answer.get()
        }
    }
}

extension Keeper {
    /// Works the streaks of members out again, page by page, and writes down when midnight next matters to them.
    static func reviewStreaks(_ engine: Engine, _ programme: ProgrammeID, streak: String? = nil) async throws {
        let store = LoyaltyStore(programme: programme)
        let prefix = "streak/" + (streak.map { $0 + "/" } ?? "")
        var last: MemberID?
        while true {
            let start = last
            let members = try await engine.database.read {
                try store.members(withCounter: prefix, after: start, limit: page, $0)
            }
            guard let end = members.last else { return }
            let now = engine.clock.now()
            try refusal(
                in: try await engine.submit(
                    members.map { Command(programme: programme, member: $0, action: .streaks(.review), now: now) }))
            last = end
        }
    }
}
