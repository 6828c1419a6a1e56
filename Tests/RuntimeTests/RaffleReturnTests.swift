import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Tickets that are given back, two lines of one person, and terms that change.
@Suite struct RaffleReturnTests {
    private static let day: Int64 = 86_400_000

    private static func programme(first: Int32 = -2, several: Bool = false) -> Programme {
        var programme = SampleProgramme.programme
        programme.lateness = .days(2)
        programme.units.append(Unit(id: "drop", expires: .after(.days(3), endOf: nil)))
        programme.events.append(EventType(id: "dropped", fields: []))
        programme.rules.append(
            Rule(id: "dropped", trigger: "dropped", effects: [.award(amount: "10", unit: "drop")]))
        let today = Int32(CivilDate("2026-11-20")?.daysSinceEpoch ?? 0)
        programme.raffles = [
            Raffle(
                id: "premiere", days: DaySpan(first: today + first, last: today + first + 6), free: 1,
                price: Reward.UnitAmount(unit: "drop", amount: 4), most: 9,
                prizes: [.init(id: "main", count: 2, effects: [.award(amount: "100", unit: "ink")])], several: several,
                reserves: 1)
        ]
        return programme
    }

    private func perform(_ test: TestEngine, _ member: MemberID, _ action: RaffleAction) async throws {
        _ = try await test.engine.perform(.raffle("premiere", action), member: member, in: test.programme)
    }

    private func drops(_ test: TestEngine, _ member: MemberID) async throws -> Int64 {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == "drop" }?
            .spendable ?? 0
    }

    private func id(_ low: UInt64) -> ID128 { ID128(high: 3, low: low) }

    @Test(arguments: TestDatabases.engines)
    func whatTicketsCostComesBackWithTheLifeThatItHad(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme()) { test in
            _ = try await test.engine.take(
                [test.event("1", user: "é", type: "dropped", fields: [:])], in: test.programme)
            let member = try await test.member("é")
            try await perform(test, member, .enter(1, free: true, id: id(1)))
            try await perform(test, member, .enter(2, free: false, id: id(2)))
            #expect(try await drops(test, member) == 2)
            await #expect(throws: PipelineProblem.command(.raffle(.notReturnable(2)))) {
                try await perform(test, member, .giveBack(3, id: id(3)))
            }
            try await perform(test, member, .giveBack(1, id: id(4)))
            #expect(try await drops(test, member) == 6)
            let mine = try #require(try await test.engine.raffles(of: member, in: test.programme).first)
            #expect(mine.tickets == 2)
            #expect(mine.returnable == 1)
            #expect(try await test.verify().differences == [])
            // The free one stays. What expired meanwhile does not live on.
            test.clock.advance(milliseconds: 5 * Self.day)
            try await perform(test, member, .giveBack(1, id: id(5)))
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await drops(test, member) == 0)
            #expect(try await test.engine.raffles(of: member, in: test.programme).first?.tickets == 1)
            await #expect(throws: PipelineProblem.command(.raffle(.notReturnable(0)))) {
                try await perform(test, member, .giveBack(1, id: id(6)))
            }
            #expect(try await test.verify().differences == [])
            test.clock.advance(milliseconds: 5 * Self.day)
            await #expect(throws: PipelineProblem.command(.noLongerAvailable)) {
                try await perform(test, member, .giveBack(1, id: id(7)))
            }
        }
    }

    @Test(arguments: [false, true]) func twoLinesOfOnePersonWinOnce(several: Bool) async throws {
        try await TestEngine.each(Self.programme(several: several)) { test in
            try await test.engine.openRaffles(of: test.programme)
            for name in ["anna", "bo"] {
                let member = try await test.member(name)
                try await perform(test, member, .enter(1, free: true, id: id(name == "bo" ? 1 : 2)))
            }
            test.clock.advance(milliseconds: 8 * Self.day)
            try await test.engine.closeRaffle("premiere", in: test.programme)
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            let command = Command(
                programme: test.programme, member: anna, action: .merge(from: bo), now: test.clock.now())
            for answer in try await test.engine.submit([command]) { _ = try answer.get() }
            try await test.engine.drawRaffle("premiere", beacon: "", in: test.programme)
            let drawn = try #require(try await test.engine.raffle("premiere", in: test.programme))
            // Both lines are in the list, which was published before.
            #expect(drawn.entries.count == 2)
            #expect(drawn.places.count { $0.state == .taken } == (several ? 2 : 1))
            let ink = try await test.engine.summary(of: anna, in: test.programme)?.balances.first { $0.unit == "ink" }
            #expect(ink?.spendable == (several ? 200 : 100))
            #expect(try await test.verify().differences == [])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func otherTermsAreCommittedToAnewOrRefused(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let updates = ProgrammeUpdates(
                engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
            var next = Self.programme(first: 2)
            func apply(basedOn version: Int64) async throws {
                _ = try await updates.apply(
                    ProgrammeDocument.export(next), to: test.programme, basedOn: version, by: "test")
            }
            func record() async throws -> RaffleRecord {
                try #require(try await test.engine.raffle("premiere", in: test.programme)?.record)
            }
            try await apply(basedOn: 0)
            let first = try await record()
            #expect(first.earlier.isEmpty)
            // Names are no terms.
            next.raffles[0].name = LocalizedText([.en: "Another name"])
            try await apply(basedOn: 1)
            #expect(try await record() == first)
            next.raffles[0].reserves = 3
            try await apply(basedOn: 2)
            let second = try await record()
            #expect(second.commitment != first.commitment)
            #expect(second.earlier.count == 1)
            #expect(second.terms != first.terms)
            test.clock.advance(milliseconds: 3 * Self.day)
            next.raffles[0].reserves = 0
            await #expect(throws: DocumentProblems.self) { try await apply(basedOn: 3) }
            next.raffles = []
            await #expect(throws: DocumentProblems.self) { try await apply(basedOn: 3) }
            #expect(try await record() == second)
        }
    }
}
