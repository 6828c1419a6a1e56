import Access
import Loyalty
import Primitives
import Storage
import TestSupport
import Testing

@testable import Runtime

/// From a code to the reward of both, on both engines.
@Suite struct ReferralTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.lateness = .days(1)
        programme.events.append(
            EventType(id: "paid", fields: [.init(id: "means", type: .text, required: false)]))
        programme.events.append(EventType(id: "stopped"))
        programme.referral = Referral(
            id: "friends", link: "https://post.example/?friend={code}", claim: 10,
            qualifies: .init(event: "paid"), within: 30, hold: 5, cancelled: .init(event: "stopped"), shares: "means",
            advocate: [.award(amount: "50", unit: "ink")], friend: [.award(amount: "20", unit: "ink")], most: 2,
            ambassadors: [.init(id: "voice", at: 2, effects: [.award(amount: "7", unit: "ink")])])
        return programme
    }()

    private static let day: Int64 = 86_400_000

    private func member(_ test: TestEngine, _ name: String) async throws -> MemberID {
        _ = try await test.engine.take([test.event("joined-" + name, user: name)], in: test.programme)
        return try await test.member(name)
    }

    private func ink(_ test: TestEngine, _ member: MemberID) async throws -> Int64 {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == "ink" }?
            .spendable ?? 0
    }

    private func claim(_ test: TestEngine, _ friend: MemberID, of advocate: MemberID) async throws {
        let standing = try #require(try await test.engine.referral(of: advocate, in: test.programme))
        let found = try #require(try await test.engine.advocate(code: standing.code, in: test.programme))
        _ = try await test.engine.perform(
            .referral(.claim(advocate: found)), member: friend, in: test.programme)
    }

    private func pay(_ test: TestEngine, _ name: String, _ means: String = "", type: String = "paid") async throws {
        let fields: JSONObject = type == "paid" ? ["means": .string(means.isEmpty ? name : means)] : [:]
        _ = try await test.engine.take(
            [test.event("\(type)-\(name)", user: name, type: type, fields: fields)], in: test.programme)
    }

    private func tend(_ test: TestEngine, days: Int64) async throws {
        test.clock.advance(milliseconds: days * Self.day)
        try await Keeper.tendReferrals(test.engine, test.programme, at: test.clock.now())
    }

    @Test(arguments: TestDatabases.engines)
    func bothAreRewardedAfterTheHold(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let (anna, bo) = (try await member(test, "anna"), try await member(test, "bo"))
            let (before, friend) = (try await ink(test, anna), try await ink(test, bo))
            await #expect(throws: PipelineProblem.command(.referral(.oneself))) {
                try await claim(test, anna, of: anna)
            }
            try await claim(test, bo, of: anna)
            await #expect(throws: PipelineProblem.command(.referral(.claimedBefore))) {
                try await claim(test, bo, of: anna)
            }
            try await pay(test, "bo")
            try await tend(test, days: 6)
            #expect(try await ink(test, anna) == before)
            #expect(try await test.engine.referral(of: anna, in: test.programme)?.waiting == 1)
            try await tend(test, days: 1)
            #expect(try await ink(test, anna) == before + 50)
            #expect(try await ink(test, bo) == friend + 20)
            try await tend(test, days: 30)
            #expect(try await ink(test, anna) == before + 50)
            #expect(try await test.engine.referral(of: anna, in: test.programme)?.friends == 1)
            #expect(
                try await test.engine.history(of: anna, in: test.programme, limit: 5).contains {
                    $0.kind == .award && $0.source == "friends" && $0.amount == 50
                })
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whatIsCancelledInTimeGivesNothing() async throws {
        try await TestEngine.each(Self.programme) { test in
            let (anna, bo) = (try await member(test, "anna"), try await member(test, "bo"))
            let before = try await ink(test, anna)
            try await claim(test, bo, of: anna)
            try await pay(test, "bo")
            test.clock.advance(milliseconds: 3 * Self.day)
            try await pay(test, "bo", type: "stopped")
            try await tend(test, days: 30)
            #expect(try await ink(test, anna) == before)
            #expect(try await test.engine.referralCounts(in: test.programme) == [.ended: 1])
        }
    }

    @Test func aCircleAndSharedMeansAreCasesLikeAllOthers() async throws {
        try await TestEngine.each(Self.programme) { test in
            let names = ["anna", "bo", "cy", "dee", "ed"]
            var members: [MemberID] = []
            for name in names { members.append(try await member(test, name)) }
            // anna <- bo <- cy <- anna, and dee <- ed with one card.
            try await claim(test, members[1], of: members[0])
            try await claim(test, members[2], of: members[1])
            try await claim(test, members[0], of: members[2])
            try await claim(test, members[4], of: members[3])
            _ = try await test.engine.referral(of: members[3], in: test.programme)
            let before = try await ink(test, members[3])
            _ = try await test.engine.perform(.referral(.draw), member: members[3], in: test.programme)
            for name in names { try await pay(test, name, name == "dee" || name == "ed" ? "one card" : "") }
            try await tend(test, days: 10)
            let found = try await test.engine.reviews(ReviewFilter(), limit: 10, in: test.programme)
            #expect(Set(found.map(\.member)) == Set([members[0], members[1], members[2], members[4]]))
            #expect(Set(found.map(\.found.check)) == ["referral"])
            #expect(try await ink(test, members[3]) == before)
            func decide(_ member: MemberID, _ releases: Bool) async throws -> Int {
                try await test.engine.decideReviews(
                    ReviewFilter(check: "referral", member: member), releases: releases, limit: 10,
                    in: test.programme
                ).decided.count
            }
            #expect(try await decide(members[4], true) == 1)
            #expect(try await ink(test, members[3]) == before + 50)
            #expect(try await decide(members[0], false) == 1)
            #expect(try await decide(members[0], true) == 0)
            #expect(
                try await test.engine.referralCounts(in: test.programme) == [.open: 2, .rewarded: 1, .ended: 1])
            #expect(try await test.verify().differenceCount == 0)
            // What nobody looks at is released like everything else.
            try await tend(test, days: 20)
            #expect(try await test.engine.referralCounts(in: test.programme) == [.rewarded: 3, .ended: 1])
            #expect(try await test.engine.reviews(ReviewFilter(), limit: 10, in: test.programme) == [])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func limitsStandingsAndErasure() async throws {
        try await TestEngine.each(Self.programme) { test in
            let anna = try await member(test, "anna")
            let before = try await ink(test, anna)
            for name in ["bo", "cy", "dee"] {
                let friend = try await member(test, name)
                try await claim(test, friend, of: anna)
                try await pay(test, name)
            }
            try await tend(test, days: 10)
            // Two within the limit, and what the standing gives.
            #expect(try await ink(test, anna) == before + 107)
            let standing = try #require(try await test.engine.referral(of: anna, in: test.programme))
            #expect(standing.friends == 3)
            #expect(standing.ambassador?.id == "voice")
            let old = standing.code
            _ = try await test.engine.perform(.referral(.draw), member: anna, in: test.programme)
            let new = try #require(try await test.engine.referral(of: anna, in: test.programme)).code
            #expect(new != old)
            #expect(try await test.engine.advocate(code: old, in: test.programme) == nil)
            // Friends keep theirs when the advocate goes.
            let ed = try await member(test, "ed")
            let friend = try await ink(test, ed)
            try await claim(test, ed, of: anna)
            try await pay(test, "ed")
            try await test.erasure.erase(anna, in: test.programme, by: .server)
            try await tend(test, days: 10)
            #expect(try await ink(test, ed) == friend + 20)
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
