import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// A hold that was open when its record turned out to be somebody else's ends all the same, and what it gives back is the
/// survivor's.
@Suite struct MergedHoldTests {
    /// A visitor with 30 ink holds 20 of it for a reward and then signs in.
    private func merged(_ test: TestEngine) async throws -> (visitor: MemberID, member: MemberID, hold: ID128) {
        let device = try #require(ExternalIdentity(.anonymous, "tablet-é"))
        let user = try #require(ExternalIdentity(.user, "é1"))
        let now = test.clock.now()
        let members = try await test.engine.identities.resolve([device, user], programme: test.programme, now: now)
        for (index, member) in members.enumerated() {
            _ = try await test.engine.perform(
                .adjust(
                    unit: "ink", amount: index == 0 ? 30 : 5, id: ID128(high: 9, low: UInt64(index)), reason: "test"),
                member: member, in: test.programme)
        }
        let hold = ID128(high: 8, low: 1)
        _ = try await test.engine.perform(
            .redeem(reward: "preview", hold: hold), member: members[0], in: test.programme)
        _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
        #expect(try await spendable(test, members[1]) == 15)
        return (members[0], members[1], hold)
    }

    private func spendable(_ test: TestEngine, _ member: MemberID) async throws -> Int64? {
        try await test.engine.summary(of: member, in: test.programme)?.balances
            .first { $0.unit == "ink" }?.spendable
    }

    @Test func whatRunsOutIsTheSurvivors() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let (_, member, _) = try await merged(test)
            for _ in 0..<2 {
                test.clock.advance(milliseconds: 3 * 86_400_000)
                try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
                #expect(try await spendable(test, member) == 35, "once")
                #expect(try await test.verify().differenceCount == 0)
            }
            let store = LoyaltyStore(programme: test.programme)
            let now = test.clock.now()
            #expect(try await test.database.read { try store.due(at: now, limit: 10, $0) }.isEmpty)
        }
    }

    @Test func aCancelledHoldGivesItsPointsToTheSurvivor() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let (visitor, member, hold) = try await merged(test)
            for _ in 0..<2 {
                _ = try await test.engine.perform(.cancel(hold: hold), member: visitor, in: test.programme)
                try await test.engine.forget(test.programme)
                #expect(try await spendable(test, member) == 35)
            }
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aHoldIsConfirmedUnderTheRecordItWasMadeFor() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let (visitor, member, hold) = try await merged(test)
            let answer = try await test.engine.perform(.confirm(hold: hold), member: visitor, in: test.programme)
            #expect(answer.hold?.state == .confirmed)
            #expect(try await spendable(test, member) == 15)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whatAConfirmedHoldOpensItOpensToTheSurvivor() async throws {
        var programme = SampleProgramme.programme
        let index = try #require(programme.rewards.firstIndex { $0.id == "preview" })
        programme.rewards[index].entitlement = "hall"
        programme.rewards[index].entitlementLasts = .days(30)
        programme.gates = [
            Gate(id: "by-name", opens: [.entitlement("hall")]), Gate(id: "by-reward", opens: [.reward("preview")]),
        ]
        try await TestEngine.each(programme) { test in
            let (visitor, member, hold) = try await merged(test)
            func open() async throws -> [Bool] {
                let facts = try await test.engine.gateFacts(of: member, in: test.programme)
                return facts.programme.programme.gates.map { EntitlementCheck.decide($0, facts).isOpen }
            }
            // What is only held opens nothing.
            #expect(try await open() == [false, false])
            _ = try await test.engine.perform(.confirm(hold: hold), member: visitor, in: test.programme)
            #expect(try await open() == [true, true])
            try await test.engine.forget(test.programme)
            #expect(try await open() == [true, true])
            _ = try await test.engine.perform(.refund(hold: hold), member: visitor, in: test.programme)
            #expect(try await open() == [false, false])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aHoldThatComesToNothingTakesNothingThatAnotherGave() async throws {
        var programme = SampleProgramme.programme
        let index = try #require(programme.rewards.firstIndex { $0.id == "preview" })
        programme.rewards[index].perMember = nil
        programme.gates = [Gate(id: "by-reward", opens: [.reward("preview")])]
        try await TestEngine.each(programme) { test in
            let device = try #require(ExternalIdentity(.anonymous, "tablet-é"))
            let user = try #require(ExternalIdentity(.user, "é1"))
            let members = try await test.engine.identities.resolve(
                [device, user], programme: test.programme, now: test.clock.now())
            for (index, member) in members.enumerated() {
                _ = try await test.engine.perform(
                    .adjust(unit: "ink", amount: 60, id: ID128(high: 9, low: UInt64(index)), reason: "test"),
                    member: member, in: test.programme)
            }
            let holds = [ID128(high: 8, low: 1), ID128(high: 8, low: 2)]
            for hold in holds {
                _ = try await test.engine.perform(
                    .redeem(reward: "preview", hold: hold), member: members[0], in: test.programme)
            }
            _ = try await test.engine.perform(.confirm(hold: holds[0]), member: members[0], in: test.programme)
            _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
            _ = try await test.engine.perform(.cancel(hold: holds[1]), member: members[0], in: test.programme)
            let facts = try await test.engine.gateFacts(of: members[1], in: test.programme)
            let gate = try #require(facts.programme.programme.gates.first)
            #expect(EntitlementCheck.decide(gate, facts).isOpen)
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
