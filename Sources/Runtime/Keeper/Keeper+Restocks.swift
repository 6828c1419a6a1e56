import Loyalty
public import Primitives
import Storage

extension Keeper {
    /// Looks at what ran out and came back, and tells those who wish for it: each once per time, and only whoever can have
    /// it now. What a crash cut off is told afterwards; nobody is told twice.
    ///
    /// Something that was away for less than the time between two looks was not away.
    ///
    /// - Returns: how many members were looked at.
    /// - Complexity: two small reads; a page of members per turn for what came back.
    @discardableResult
    public static func tendRestocks(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws -> Int {
        guard let compiled = engine.host[programme] else { return 0 }
        let rewards = compiled.programme.rewards.filter {
            !$0.isWithdrawn && ($0.stock != nil || $0.slots != nil || $0.codes != nil)
        }
        guard !rewards.isEmpty else { return 0 }
        let day = compiled.calendar(offsets: engine.zones).day(of: now)
        let store = LoyaltyStore(programme: programme)
        let (book, known) = try await engine.database.read { connection in
            (try store.rewardBook(rewards, connection), try store.restocks(connection))
        }
        var total = 0
        for reward in rewards {
            let before = known[reward.id] ?? Restock()
            var restock = before.seen(left: book.leftInAll(reward, from: day))
            if restock != before { try await engine.note([reward.id: restock], in: programme) }
            guard restock.isToTell else { continue }
            if !restock.isOut { total += try await tell(reward.id, restock.number, engine, programme, at: now) }
            // Gone again before everybody was told: the next time is another one.
            restock.told = restock.number
            try await engine.note([reward.id: restock], in: programme)
        }
        return total
    }

    private static func tell(
        _ reward: String, _ number: Int64, _ engine: Engine, _ programme: ProgrammeID, at now: Instant
    ) async throws -> Int {
        let store = LoyaltyStore(programme: programme)
        var total = 0
        var last: MemberID?
        while true {
            let start = last
            let members = try await engine.database.read {
                try store.wishing(for: reward, after: start, limit: page, $0)
            }
            guard let end = members.last else { return total }
            let answers = try await engine.submit(
                members.map {
                    Command(
                        programme: programme, member: $0, action: .restocked(reward: reward, number: number), now: now)
                })
            // Whoever was erased meanwhile wishes for nothing, and one who cannot be told keeps nobody else from hearing.
            try refusal(in: answers)
            total += members.count
            last = end
            if members.count < page { return total }
        }
    }
}

extension Engine {
    func note(_ restocks: [String: Restock], in programme: ProgrammeID) async throws {
        try await (try writers[programme]).pipeline.note(restocks, in: programme)
    }
}
