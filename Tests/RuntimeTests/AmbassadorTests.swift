import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Standings by friends, by what a member has and by invitation; the budget of a referral; what counts from which day.
@Suite struct AmbassadorTests {
    static let programme: Programme = {
        var programme = ReferralTests.programme
        programme.badges.append(Badge(id: "generous"))
        programme.events.append(EventType(id: "gave", fields: []))
        programme.events.append(EventType(id: "came", fields: []))
        programme.rules.append(Rule(id: "gave", trigger: "gave", effects: [.badge("generous")]))
        programme.budgets.append(Budget(id: "bringing", unit: "ink", period: .ever, amount: 100))
        programme.referral?.budget = "bringing"
        programme.referral?.ambassadors = [
            .init(
                id: "kind", condition: "'generous' in member.badges", effects: [.award(amount: "3", unit: "ink")]),
            .init(id: "voice", at: 2, effects: [.award(amount: "7", unit: "ink")]),
            .init(id: "choir", isInvited: true, effects: [.award(amount: "9", unit: "ink")]),
        ]
        return programme
    }()

    private static let day: Int64 = 86_400_000

    private func ink(_ test: TestEngine, _ member: MemberID) async throws -> Int64 {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == "ink" }?
            .spendable ?? 0
    }

    private func send(_ test: TestEngine, _ id: String, _ user: String, _ type: String) async throws {
        _ = try await test.engine.take([test.event(id, user: user, type: type, fields: [:])], in: test.programme)
    }

    private func standing(_ test: TestEngine, _ member: MemberID) async throws -> ReferralStanding {
        try #require(try await test.engine.referral(of: member, in: test.programme))
    }

    private func act(_ test: TestEngine, _ member: MemberID, _ action: ReferralAction) async throws {
        _ = try await test.engine.perform(.referral(action), member: member, in: test.programme)
    }

    @Test(arguments: TestDatabases.engines)
    func aConditionAndAnInvitationLeadThere(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let anna = try await test.member("anna")
            try await send(test, "1", "anna", "gave")
            let before = try await ink(test, anna)
            #expect(before == 3)
            #expect(try await standing(test, anna).ambassador?.id == "kind")
            // Once is enough, and nobody else is.
            try await send(test, "2", "anna", "gave")
            try await send(test, "3", "bo", "stopped")
            #expect(try await ink(test, anna) == before)
            #expect(try await standing(test, try await test.member("bo")).ambassador == nil)

            await #expect(throws: PipelineProblem.command(.referral(.notInvited))) {
                try await act(test, anna, .answer(standing: "choir", accepts: true))
            }
            await #expect(throws: PipelineProblem.command(.referral(.unknownStanding))) {
                try await act(test, anna, .invite(standing: "voice", withdraws: false))
            }
            try await act(test, anna, .invite(standing: "choir", withdraws: false))
            #expect(try await standing(test, anna).invitations.map(\.id) == ["choir"])
            try await act(test, anna, .invite(standing: "choir", withdraws: true))
            #expect(try await standing(test, anna).invitations.isEmpty)
            try await act(test, anna, .invite(standing: "choir", withdraws: false))
            try await act(test, anna, .answer(standing: "choir", accepts: false))
            #expect(try await standing(test, anna).ambassador?.id == "kind")
            try await act(test, anna, .invite(standing: "choir", withdraws: false))
            try await act(test, anna, .answer(standing: "choir", accepts: true))
            #expect(try await standing(test, anna).ambassador?.id == "choir")
            #expect(try await ink(test, anna) == before + 9)
            await #expect(throws: PipelineProblem.command(.referral(.isAmbassador))) {
                try await act(test, anna, .invite(standing: "choir", withdraws: false))
            }
            let all = try await test.engine.ambassadors(in: "choir", limit: 10, of: test.programme)
            #expect(all.map(\.member) == [anna])
            #expect(try await test.verify().differences == [])
            try await test.erasure.erase(anna, in: test.programme, by: .server)
            #expect(try await test.engine.ambassadors(in: "choir", limit: 10, of: test.programme).isEmpty)
        }
    }

    @Test func theBudgetIsForAllTogether() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await send(test, "a", "anna", "came")
            let anna = try await test.member("anna")
            let code = try await standing(test, anna).code
            let found = try #require(try await test.engine.advocate(code: code, in: test.programme))
            for name in ["bo", "cy"] {
                try await send(test, "j-" + name, name, "came")
                try await act(test, try await test.member(name), .claim(advocate: found))
                try await send(test, "p-" + name, name, "paid")
            }
            test.clock.advance(milliseconds: 10 * Self.day)
            try await Keeper.tendReferrals(test.engine, test.programme, at: test.clock.now())
            // Of 100: 20 and 50 for the first pair, 20 and what is left for the second; the standing finds nothing.
            let given = [
                try await ink(test, anna), try await ink(test, test.member("bo")),
                try await ink(test, test.member("cy")),
            ]
            #expect(given == [60, 20, 20])
            let history = try await test.engine.history(of: anna, in: test.programme, limit: 10)
            #expect(history.contains { $0.kind == .refused && $0.refusal == .budget("bringing") && $0.wanted == 7 })
            #expect(try await standing(test, anna).ambassador?.id == "voice")
            #expect(try await test.verify().differences == [])
        }
    }

    /// What a friend did on the day of saying who brought them counts, whichever came in first; what they did before, not.
    @Test(arguments: [true, false]) func theDayOfSayingSoCountsAsAWhole(paysFirst: Bool) async throws {
        try await TestEngine.each(Self.programme) { test in
            try await send(test, "a", "anna", "stopped")
            let anna = try await test.member("anna")
            let code = try await standing(test, anna).code
            let advocate = try #require(try await test.engine.advocate(code: code, in: test.programme))
            for name in ["bo", "cy"] { try await send(test, "j-" + name, name, "gave") }
            // Cy paid the day before.
            _ = try await test.engine.take(
                [
                    test.event(
                        "p-cy", user: "cy", type: "paid", at: TestEngine.start.adding(milliseconds: -Self.day),
                        fields: [:])
                ], in: test.programme)
            if paysFirst { try await send(test, "p-bo", "bo", "paid") }
            for name in ["bo", "cy"] { try await act(test, try await test.member(name), .claim(advocate: advocate)) }
            if !paysFirst { try await send(test, "p-bo", "bo", "paid") }
            test.clock.advance(milliseconds: 10 * Self.day)
            try await Keeper.tendReferrals(test.engine, test.programme, at: test.clock.now())
            #expect(try await test.engine.referralCounts(in: test.programme) == [.rewarded: 1, .open: 1])
            #expect(try await ink(test, test.member("bo")) == 23)
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func twoRecordsOfOnePersonAreInAStandingOnce() async throws {
        try await TestEngine.each(Self.programme) { test in
            for name in ["anna", "bo"] { try await send(test, name, name, "gave") }
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            let command = Command(
                programme: test.programme, member: anna, action: .merge(from: bo), now: test.clock.now())
            for answer in try await test.engine.submit([command]) { _ = try answer.get() }
            #expect(try await ink(test, anna) == 3)
            #expect(
                try await test.engine.ambassadors(in: "kind", limit: 10, of: test.programme).map(\.member) == [anna])
            #expect(try await test.verify().differences == [])
        }
    }

    /// Of a budget of 4 one record got 3 and the other what was left: joined, the person has 3 and not 1.
    @Test func whatABudgetRefusedIsNotTakenBack() async throws {
        var programme = Self.programme
        programme.budgets = programme.budgets.map { budget in
            var budget = budget
            if budget.id == "bringing" { budget.amount = 4 }
            return budget
        }
        try await TestEngine.each(programme) { test in
            for name in ["anna", "bo"] { try await send(test, name, name, "gave") }
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            #expect(try await ink(test, anna) == 3)
            #expect(try await ink(test, bo) == 1)
            let command = Command(
                programme: test.programme, member: anna, action: .merge(from: bo), now: test.clock.now())
            for answer in try await test.engine.submit([command]) { _ = try answer.get() }
            #expect(try await ink(test, anna) == 3)
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func aStandingIsFoundWithoutReadingWhatEverybodyCounted() async throws {
        let store = LoyaltyStore(programme: try #require(ProgrammeID("sample")))
        let member = MemberID(ID128(high: 1, low: 1))
        try await TestDatabases.with(.sqlite, Home.schemas) { database in
            let steps = try await database.write { connection in
                let recorder = PlanRecorder(connection)
                _ = try store.ambassadors("kind", after: member, limit: 10, recorder)
                return recorder.steps.map(\.step)
            }
            #expect(steps.count == 1 && steps[0].contains("counter_ambassador"), "\(steps)")
        }
    }

    @Test func twoLooksAtOneReferralComeToOneEnd() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await send(test, "a", "anna", "stopped")
            let anna = try await test.member("anna")
            try await send(test, "j-bo", "bo", "came")
            let bo = try await test.member("bo")
            try await act(test, bo, .claim(advocate: anna))
            try await send(test, "p-bo", "bo", "paid")
            test.clock.advance(milliseconds: 10 * Self.day)
            let store = LoyaltyStore(programme: test.programme)
            let record = try #require(try await test.database.read { try store.referral(of: bo, $0) })
            let command = Command(
                programme: test.programme, member: bo, action: .referral(.settle(record: record, suspicious: false)),
                now: test.clock.now())
            for _ in 0..<2 { for answer in try await test.engine.submit([command]) { _ = try answer.get() } }
            #expect(try await test.engine.referralCounts(in: test.programme) == [.rewarded: 1])
            #expect(try await ink(test, bo) == 20)
            #expect(try await test.verify().differences == [])
        }
    }
}
