import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Stock that staff change, and what those who wish for something hear when it comes back.
@Suite struct RestockTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.rewards.append(Reward(id: "book", kind: .physical, unit: "ink", price: 20, stock: 1))
        programme.rewards.append(Reward(id: "poem", kind: .digital, unit: "ink", price: 1))
        // So that a second return on one day is told as well.
        programme.pressure.perDay = 2
        return programme
    }()

    private static func notices(_ test: TestEngine, _ member: MemberID) async throws -> Int {
        try await test.engine.history(of: member, in: test.programme, limit: 100)
            .count { $0.kind == .notice && $0.subject == "back-in-stock" }
    }

    private static func change(_ test: TestEngine, by amount: Int64, _ id: UInt64) async throws {
        try await test.engine.changeStock(
            of: "book", by: amount, id: ID128(high: 5, low: id), reason: "Found.", by: .server, in: test.programme)
    }

    private static func left(_ test: TestEngine) async throws -> Int64? {
        try await test.engine.rewardStandings(in: test.programme).first { $0.reward.id == "book" }?.left
    }

    private static func tend(_ test: TestEngine) async throws {
        try await Keeper.tendRestocks(test.engine, test.programme, at: test.clock.now())
    }

    @Test func whoWishesHearsOnceEachTimeItComesBack() async throws {
        try await TestEngine.each(Self.programme) { test in
            let (taker, rich, poor, other) = (
                try await RewardTests.rich(test, "taker"), try await RewardTests.rich(test, "rîch"),
                try await RewardTests.rich(test, "poor", ink: 3), try await RewardTests.rich(test, "other")
            )
            for member in [taker, rich, poor] {
                _ = try await RewardTests.act(test, .wish(reward: "book", isWished: true), member)
            }
            _ = try await RewardTests.redeem(test, "book", taker, 1)
            _ = try await RewardTests.act(test, .confirm(hold: RewardTests.id(1)), taker)
            try await Self.tend(test)
            #expect(try await Self.notices(test, rich) == 0)
            // Put in twice under one identifier: it is one book.
            for _ in 0..<2 { try await Self.change(test, by: 1, 1) }
            #expect(try await Self.left(test) == 1)
            for _ in 0..<3 { try await Self.tend(test) }
            #expect(try await Self.notices(test, rich) == 1)
            // Nobody is led to a closed door, and nobody is told who did not ask.
            #expect(try await Self.notices(test, poor) == 0)
            #expect(try await Self.notices(test, other) == 0)
            try await test.engine.forget(test.programme)
            try await Self.tend(test)
            #expect(try await Self.notices(test, rich) == 1)
            // Wishing anew is not a new restock.
            for isWished in [false, true] {
                _ = try await RewardTests.act(test, .wish(reward: "book", isWished: isWished), rich)
            }
            try await Self.tend(test)
            #expect(try await Self.notices(test, rich) == 1)
            // Taken out and put in again: it came back a second time.
            try await Self.change(test, by: -1, 2)
            try await Self.tend(test)
            try await Self.change(test, by: 2, 3)
            try await Self.tend(test)
            #expect(try await Self.notices(test, rich) == 2)
            try await RewardTests.clean(test)
        }
    }

    @Test func nobodyIsWokenForItAndWhoWantsNoWordHearsNone() async throws {
        try await TestEngine.each(Self.programme) { test in
            let members = [try await RewardTests.rich(test, "nîght"), try await RewardTests.rich(test, "none")]
            for member in members {
                _ = try await RewardTests.act(test, .wish(reward: "book", isWished: true), member)
            }
            _ = try await RewardTests.act(test, .pressure(.off), members[1])
            let taker = try await RewardTests.rich(test, "taker")
            _ = try await RewardTests.redeem(test, "book", taker, 1)
            _ = try await RewardTests.act(test, .confirm(hold: RewardTests.id(1)), taker)
            try await Self.tend(test)
            // Eleven in the evening, Amsterdam.
            test.clock.advance(milliseconds: 10 * 3_600_000)
            try await Self.change(test, by: 1, 1)
            try await Self.tend(test)
            for (member, reason) in zip(members, ["pressure:quiet", "pressure:off"]) {
                let history = try await test.engine.history(of: member, in: test.programme, limit: 100)
                    .filter { $0.subject == "back-in-stock" }
                #expect(history.map(\.kind) == [.withheld])
                #expect(history.first?.refusal?.text == reason)
            }
            try await RewardTests.clean(test)
        }
    }

    @Test func whatIsPutInCanBeHadAndNoMore() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await RewardTests.rich(test, "é")
            try await Self.change(test, by: 1, 1)
            for hold in UInt64(1)...2 { _ = try await RewardTests.redeem(test, "book", member, hold) }
            let third = await RewardTests.refusal { try await RewardTests.redeem(test, "book", member, 3) as Any }
            #expect(third == .outOfStock)
            // What is given away cannot be taken out.
            let short = await RewardTests.refusal {
                try await Self.change(test, by: -1, 2)
                return 0
            }
            #expect(short == .reward(.stockTaken(0)))
            _ = try await RewardTests.act(test, .cancel(hold: RewardTests.id(2)), member)
            try await Self.change(test, by: -1, 2)
            #expect(try await Self.left(test) == 0)
            // The first change, repeated when little is left, is still the same change.
            try await Self.change(test, by: 1, 1)
            #expect(try await Self.left(test) == 0)
            let uncounted = await RewardTests.refusal {
                try await test.engine.changeStock(
                    of: "poem", by: 1, id: ID128(high: 6, low: 1), reason: "x", by: .server, in: test.programme)
                return 0
            }
            #expect(uncounted == .reward(.noStock))
            let audit = try await test.database.read { connection in
                try connection.query(
                    "SELECT reason FROM audit WHERE action = 'reward.stock' AND object = 'reward:book'", []
                ).map { try $0.text(0) }
            }
            #expect(audit == ["Found.", "Found."])
            try await RewardTests.clean(test)
        }
    }

    @Test func twoRecordsOfOnePersonAreToldOnce() async throws {
        try await TestEngine.each(Self.programme) { test in
            let (first, second) = (
                try await RewardTests.rich(test, "one"), try await RewardTests.rich(test, "two")
            )
            let taker = try await RewardTests.rich(test, "taker")
            for member in [first, second] {
                _ = try await RewardTests.act(test, .wish(reward: "book", isWished: true), member)
            }
            _ = try await RewardTests.redeem(test, "book", taker, 1)
            try await Self.tend(test)
            _ = try await RewardTests.act(test, .cancel(hold: RewardTests.id(1)), taker)
            try await Self.tend(test)
            _ = try await RewardTests.act(test, .merge(from: second), first)
            try await Self.tend(test)
            _ = try await RewardTests.act(test, .restocked(reward: "book", number: 1), first)
            let once = try await Self.notices(test, first)
            // What both were told is not twice as much: the next time is told, in a week that has room for it.
            test.clock.advance(milliseconds: 8 * 86_400_000)
            _ = try await RewardTests.redeem(test, "book", taker, 2)
            try await Self.tend(test)
            _ = try await RewardTests.act(test, .cancel(hold: RewardTests.id(2)), taker)
            try await Self.tend(test)
            #expect(try await Self.notices(test, first) == once + 1)
        }
    }

    /// The state machine alone.
    @Test func aRestockIsAWayBackAndNothingElse() {
        var restock = Restock()
        for (left, number) in [(nil, 0), (3, 0), (0, 0), (0, 0), (2, 1), (1, 1), (-1, 1), (nil, 2)] as [(Int64?, Int64)]
        {
            restock = restock.seen(left: left)
            #expect(restock.number == number, "\(String(describing: left))")
        }
        #expect(restock.isToTell)
    }

    @Test func whoWishesForOneThingIsFoundWithoutReadingAllWishes() async throws {
        let store = LoyaltyStore(programme: try #require(ProgrammeID("sample")))
        let member = MemberID(ID128(high: 1, low: 1))
        try await TestDatabases.with(.sqlite, Home.schemas) { database in
            let steps = try await database.write { connection in
                let recorder = PlanRecorder(connection)
                _ = try store.wishing(for: "book", after: member, limit: 10, recorder)
                return recorder.steps.map(\.step)
            }
            #expect(steps.count == 1 && steps[0].contains("counter_wish (programme_id=? AND name=?"), "\(steps)")
        }
    }
}
