import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// From the commitment to the prizes, on both engines. The clock starts on 20 November 2026.
@Suite struct RaffleTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.lateness = .days(2)
        programme.badges.append(Badge(id: "lucky"))
        let first = Int32(CivilDate("2026-11-18")?.daysSinceEpoch ?? 0)
        var raffle = Raffle(
            id: "premiere", days: DaySpan(first: first, last: first + 4), free: 1,
            price: Reward.UnitAmount(unit: "ink", amount: 10), most: 4,
            prizes: [.init(id: "main", effects: [.badge("lucky"), .award(amount: "100", unit: "ink")])])
        programme.raffles = [raffle]
        raffle.id = "taken"
        raffle.take = 3
        raffle.reserves = 1
        raffle.beacon = LocalizedText([.en: "The weather of 1 December."])
        programme.raffles.append(raffle)
        return programme
    }()

    private static let day: Int64 = 86_400_000

    private func give(_ test: TestEngine, _ member: MemberID, _ amount: Int64) async throws {
        _ = try await test.engine.perform(
            .adjust(
                unit: "ink", amount: amount, id: EffectID.derived(from: member.value, step: "give"), reason: "test"),
            member: member, in: test.programme)
    }

    private func enter(
        _ test: TestEngine, _ member: MemberID, _ raffle: String = "premiere", _ count: Int64 = 1, free: Bool = true,
        id: UInt64
    ) async throws -> Answer {
        try await test.engine.perform(
            .raffle(raffle, .enter(count, free: free, id: ID128(high: 3, low: id))), member: member,
            in: test.programme)
    }

    private func ink(_ test: TestEngine, _ member: MemberID) async throws -> Int64? {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == "ink" }?.spendable
    }

    @Test(arguments: TestDatabases.engines)
    func aDrawFollowsFromWhatWasPublished(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            try await test.engine.openRaffles(of: test.programme)
            let open = try #require(try await test.engine.raffle("premiere", in: test.programme))
            #expect(open.stage == .open)
            let commitment = try #require(open.record?.commitment)
            var members: [MemberID] = []
            for number in 0..<6 {
                let member = try await test.member("reader-\(number)")
                members.append(member)
                _ = try await enter(test, member, id: UInt64(number))
            }
            try await give(test, members[0], 25)
            let bought = try await enter(test, members[0], "premiere", 2, free: false, id: 100)
            #expect(bought.effects.map(\.kind) == [.ticket])
            #expect(bought.effects.first?.wanted == 20)
            #expect(try await ink(test, members[0]) == 5)
            // A second free one, more than may be had, more than can be paid.
            await #expect(throws: PipelineProblem.command(.raffle(.freeLimit(1)))) {
                _ = try await enter(test, members[0], id: 101)
            }
            await #expect(throws: PipelineProblem.command(.perMemberLimit(4))) {
                _ = try await enter(test, members[0], "premiere", 2, free: false, id: 102)
            }
            await #expect(throws: PipelineProblem.self) {
                _ = try await enter(test, members[1], "premiere", 1, free: false, id: 103)
            }
            await #expect(throws: RaffleProblem.closesFrom(open.closesFrom)) {
                try await test.engine.closeRaffle("premiere", in: test.programme)
            }
            await #expect(throws: RaffleProblem.notClosed) {
                try await test.engine.drawRaffle("premiere", beacon: "", in: test.programme)
            }
            test.clock.advance(milliseconds: 6 * Self.day)
            await #expect(throws: PipelineProblem.command(.noLongerAvailable)) {
                _ = try await enter(test, members[1], id: 104)
            }
            try await Keeper.tendRaffles(test.engine, test.programme, at: test.clock.now())
            let closed = try #require(try await test.engine.raffle("premiere", in: test.programme))
            #expect(closed.stage == .closed)
            #expect(closed.entries.count == 6)
            #expect(closed.entries.map(\.tickets).reduce(0, +) == 8)
            // The member knows their line, and that it is in.
            let mine = try await test.engine.raffles(of: members[0], in: test.programme)[0]
            #expect(mine.lines.map(\.entry.tickets) == [3])
            #expect(mine.lines[0].proof?.hashes.isEmpty == false)
            await #expect(throws: RaffleProblem.beaconUnannounced) {
                try await test.engine.drawRaffle("premiere", beacon: "mine", in: test.programme)
            }
            try await test.engine.drawRaffle("premiere", beacon: "", in: test.programme)
            try await test.engine.drawRaffle("premiere", beacon: "", in: test.programme)
            let drawn = try #require(try await test.engine.raffle("premiere", in: test.programme))
            let seed = try #require(drawn.record?.seed)
            #expect(RaffleDraw.commitment(to: seed) == commitment)
            #expect(drawn.places.map(\.state) == [.taken])
            let winner = try #require(
                members.first {
                    test.engine.raffleEntry(of: $0, in: "premiere", test.programme) == drawn.places.first?.entry
                })
            #expect(try await ink(test, winner) ?? 0 >= 100)
            #expect(
                try await test.engine.history(of: winner, in: test.programme, limit: 10).contains {
                    $0.kind == .badge && $0.source == "premiere" && $0.subject == "lucky"
                })
            // Prizes are ordinary effects: what they gave can be taken back.
            let award = try #require(
                try await test.engine.history(of: winner, in: test.programme, limit: 10).first { $0.kind == .award })
            let before = try await ink(test, winner) ?? 0
            _ = try await test.engine.perform(.reverse(effect: award.id), member: winner, in: test.programme)
            #expect(try await ink(test, winner) == before - 100)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whoIsErasedLeavesTheListAsItIsAndThePrizeGoesOn(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            try await test.engine.openRaffles(of: test.programme)
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            _ = try await enter(test, anna, "taken", id: 1)
            _ = try await enter(test, bo, "taken", id: 2)
            test.clock.advance(milliseconds: 6 * Self.day)
            try await Keeper.tendRaffles(test.engine, test.programme, at: test.clock.now())
            await #expect(throws: RaffleProblem.beaconMissing) {
                try await test.engine.drawRaffle("taken", beacon: "", in: test.programme)
            }
            try await test.engine.drawRaffle("taken", beacon: "rain", in: test.programme)
            await #expect(throws: RaffleProblem.alreadyDrawn) {
                try await test.engine.drawRaffle("taken", beacon: "sun", in: test.programme)
            }
            let drawn = try #require(try await test.engine.raffle("taken", in: test.programme))
            #expect(drawn.places.map(\.state) == [.offered, .reserve])
            let first = test.engine.raffleEntry(of: anna, in: "taken", test.programme) == drawn.places[0].entry
            let (winner, other) = first ? (anna, bo) : (bo, anna)
            #expect(
                try await test.engine.history(of: winner, in: test.programme, limit: 5).first?.subject
                    == "raffle-offered")
            let root = drawn.record?.root
            try await test.erasure.erase(winner, in: test.programme, by: .server)
            let after = try #require(try await test.engine.raffle("taken", in: test.programme))
            #expect(after.places.map(\.state) == [.lapsed, .offered])
            #expect(after.record?.root == root)
            #expect(RaffleDraw.tree(after.entries).root == root)
            let mine = try await test.engine.raffles(of: other, in: test.programme)
            let prize = try #require(mine.first { $0.standing.raffle.id == "taken" }?.toTake)
            _ = try await test.engine.perform(
                .raffle("taken", .prize(prize.prize, place: prize.place)), member: other, in: test.programme)
            // Once.
            _ = try await test.engine.perform(
                .raffle("taken", .prize(prize.prize, place: prize.place)), member: other, in: test.programme)
            #expect(try await ink(test, other) == 100)
            #expect(
                try await test.engine.raffle("taken", in: test.programme)?.places.map(\.state) == [.lapsed, .taken])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func ticketsOfTwoRecordsAreOnesPerson() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await test.engine.openRaffles(of: test.programme)
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            _ = try await enter(test, anna, id: 1)
            _ = try await enter(test, bo, id: 2)
            _ = try await test.engine.perform(.merge(from: anna), member: bo, in: test.programme)
            let one = try await test.engine.raffles(of: bo, in: test.programme)
            #expect(one.first { $0.standing.raffle.id == "premiere" }?.tickets == 2)
            test.clock.advance(milliseconds: 6 * Self.day)
            try await Keeper.tendRaffles(test.engine, test.programme, at: test.clock.now())
            let closed = try #require(try await test.engine.raffle("premiere", in: test.programme))
            #expect(closed.entries.map(\.tickets) == [2])
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
