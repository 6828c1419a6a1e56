import Loyalty
import Personalisation
public import Primitives
import Storage
import Synchronization

/// Due work by the clock: what expires, becomes spendable, ends or must be forgotten.
public enum Keeper {
    /// Members per turn.
    static let page = 500

    /// Carries out what the calendar says at `now` for every member of a programme.
    ///
    /// - Returns: how many members had something due.
    /// - Throws: why something due could not be carried out for a member, once it was for all others.
    @discardableResult
    public static func settle(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws -> Int {
        let store = LoyaltyStore(programme: programme)
        var total = 0
        var last: [MemberID] = []
        var refused: (any Error)?
        while true {
            let due = try await engine.database.read { try store.due(at: now, limit: page, $0) }
            // Whatever is due again at once would be due for ever.
            guard !due.isEmpty, due != last else { break }
            last = due
            let answers = try await engine.submit(
                due.map { Command(programme: programme, member: $0, action: .settle, now: now) })
            refused = try refusal(in: answers) ?? refused
            total += due.count
            if due.count < page { break }
        }
        if let refused { throw refused }
        return total
    }

    /// Ends offers of waiting lists whose time is over, so that the next in line gets one.
    public static func tendRewards(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws {
        guard let compiled = engine.host[programme],
            compiled.programme.rewards.contains(where: { $0.waitingList != nil })
        else { return }
        let store = LoyaltyStore(programme: programme)
        guard try await engine.database.read({ try store.hasLapsedOffer(at: now, $0) }) else { return }
        let nobody = MemberID(ID128(high: 0, low: 0))
        let command = Command(programme: programme, member: nobody, action: .tendRewards, now: now)
        for answer in try await engine.submit([command]) { _ = try answer.get() }
    }

    /// Moves everything that waits for the start of a member's day to where the rules of time zones put it now, page by
    /// page. Doing it again changes nothing, so what a crash cut off begins anew.
    ///
    /// - Returns: how many members have something that waits.
    @discardableResult
    static func reschedule(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws -> Int {
        let store = LoyaltyStore(programme: programme)
        var total = 0
        var last: MemberID?
        while true {
            let start = last
            let waiting = try await engine.database.read { try store.waiting(after: start, limit: page, $0) }
            guard let end = waiting.last else { return total }
            let answers = try await engine.submit(
                waiting.map { Command(programme: programme, member: $0, action: .reschedule, now: now) })
            try refusal(in: answers)
            total += waiting.count
            last = end
        }
    }

    /// Removes raw events and quarantined events whose time is over.
    ///
    /// - Returns: how many rows went.
    @discardableResult
    public static func forget(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws -> Int {
        let store = LoyaltyStore(programme: programme)
        let today = engine.host[programme].map { compiled in
            engine.calendars.withLock { $0.programmeDay(compiled, now) }
        }
        return try await engine.database.write { connection in
            if let today { try store.forgetTokens(before: EarningPeriod.firstKept(today: today), connection) }
            return try store.purgeEvents(at: now, connection) + (try store.purgeQuarantine(at: now, connection))
        }
    }
}
