import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// A ticket lets somebody in once, at whichever of several doors is first.
@Suite struct TicketTests {
    @Test func manyDoorsLetOneTicketInOnce() async throws {
        try await TestEngine.each(RewardTests.programme) { test in
            let member = try await RewardTests.rich(test, "é")
            _ = try await RewardTests.redeem(test, "seats", member, 1)
            func ticket() async throws -> String? {
                try await test.engine.redemptions(of: member, in: test.programme).first?.ticket?.text
            }
            #expect(try await ticket() == nil, "what is only held is no ticket")
            _ = try await RewardTests.act(test, .confirm(hold: RewardTests.id(1)), member)
            let text = try #require(try await ticket())
            let looked = try await test.engine.check(ticket: text, admits: false, in: test.programme)
            #expect(looked?.1 == .good)
            let (engine, programme) = (test.engine, test.programme)
            let verdicts = try await withThrowingTaskGroup(of: TicketVerdict?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await engine.check(ticket: text, admits: true, in: programme)?.1 }
                }
                var all: [TicketVerdict?] = []
                for try await one in group { all.append(one) }
                return all
            }
            #expect(verdicts.count { $0 == .admitted } == 1, "\(verdicts)")
            #expect(verdicts.count { $0 == .used } == 19)
            #expect(try await test.engine.check(ticket: "AAAA", admits: true, in: test.programme)?.1 == nil)
            try await RewardTests.clean(test)
        }
    }

    @Test func aTicketStaysOneWhenItsRewardLeavesTheProgramme() async throws {
        var programme = SampleProgramme.programme
        programme.rewards.append(Reward(id: "seats", kind: .ticket, unit: "ink", price: 10, stock: 5))
        let first = programme
        try await TestEngine.each(first) { test in
            let updates = ProgrammeUpdates(
                engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
            var next = first
            _ = try await updates.apply(ProgrammeDocument.export(next), to: test.programme, basedOn: 0, by: "test")
            let member = try await RewardTests.rich(test, "é")
            _ = try await RewardTests.redeem(test, "seats", member, 1)
            _ = try await RewardTests.act(test, .confirm(hold: RewardTests.id(1)), member)
            let text = try #require(
                try await test.engine.redemptions(of: member, in: test.programme).first?.ticket?.text)
            next.rewards.removeAll { $0.id == "seats" }
            _ = try await updates.apply(ProgrammeDocument.export(next), to: test.programme, basedOn: 1, by: "test")
            for verdict in [TicketVerdict.admitted, .used] {
                #expect(try await test.engine.check(ticket: text, admits: true, in: test.programme)?.1 == verdict)
            }
        }
    }
}

/// What a member sees of prices in several units.
@Suite struct UnitPriceTests {
    @Test func aTiersPriceHoldsInEveryUnit() async throws {
        var programme = RewardTests.programme
        let index = try #require(programme.rewards.firstIndex { $0.id == "both" })
        programme.rewards[index].prices[1].tiers = [Reward.TierPrice(tier: "silver", amount: 1)]
        try await TestEngine.each(programme) { test in
            let member = try await RewardTests.rich(test, "é")
            func prices() async throws -> [Int64]? {
                try await RewardTests.state(test, "both", member)?.prices.map(\.amount)
            }
            #expect(try await prices() == [30, 3])
            _ = try await test.engine.take((0..<12).map { test.event("e\($0)", user: "é") }, in: test.programme)
            #expect(try await prices() == [12, 1])
        }
    }
}
