import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// What the members of a team do adds up, whoever is in it on the day, in whatever order it comes.
@Suite struct TeamChallengeTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.rules = []
        programme.tiers = nil
        programme.units = [Unit(id: "ink"), Unit(id: "later"), Unit(id: "loyalty")]
        programme.badges = []
        programme.rewards = []
        programme.walletKinds = [WalletKind(id: "club", maximumMembers: 10)]
        programme.lateness = .days(30)
        func challenge(_ id: String, _ team: TeamTerms, _ target: Int64, _ unit: String) -> Challenge {
            var challenge = Challenge(
                id: id, count: "visit", target: target, every: .week, reward: [.award(amount: "10", unit: unit)])
            challenge.team = team
            return challenge
        }
        var chest = challenge("chest", TeamTerms(wallet: "club", gives: .wallet), 60, "loyalty")
        chest.measure = .sum("event.points")
        programme.challenges = [
            challenge("relay", TeamTerms(wallet: "club", least: 2), 5, "ink"),
            challenge("crew", TeamTerms(wallet: "club", gives: .each), 6, "later"), chest,
        ]
        return programme
    }()

    static func wallet(_ number: Int) -> MemberID {
        MemberID(ID128(high: 0xC1, low: UInt64(number + 1)).asUUID(version: 4))
    }

    static func invitation(_ test: TestEngine, _ number: Int) -> ID128 {
        test.engine.invitationID(SharingCode(ID128(high: UInt64(number + 1), low: 9)), in: test.programme)
    }

    static func act(_ test: TestEngine, _ user: String, _ action: WalletAction, _ team: Int) async throws {
        _ = try await test.engine.perform(
            .wallet(wallet(team), action), member: try await test.member(user), in: test.programme)
    }

    static func spendable(_ test: TestEngine, _ member: MemberID, _ unit: String) async throws -> Int64 {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == unit }?.spendable
            ?? 0
    }

    static func visit(
        _ test: TestEngine, _ user: String, _ id: String, points: Int64 = 1, at: Instant? = nil
    ) -> EventEnvelope {
        test.event(id, user: user, type: "visit", at: at, fields: ["points": .integer(points)])
    }

    private func ask(_ test: TestEngine, _ challenge: String, _ user: String) async throws -> TeamProgress {
        try #require(
            try await test.engine.teams(of: try await test.member(user), in: test.programme).first {
                $0.challenge == challenge
            })
    }

    @Test func aTeamReachesItTogetherAndThoseGetItWhoDidTheirPart() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await Self.act(test, "a", .open(kind: "club", invitation: Self.invitation(test, 0)), 0)
            for user in ["b", "c"] { try await Self.act(test, user, .join(invitation: Self.invitation(test, 0)), 0) }
            try await test.engine.forget(test.programme)
            let events = [("a", 2), ("b", 2)].flatMap { user, count in
                (0..<count).map { Self.visit(test, user, "\(user)\($0)") }
            }
            _ = try await test.engine.take(events, in: test.programme)
            let (a, b, c) = (try await test.member("a"), try await test.member("b"), try await test.member("c"))
            #expect(try await Self.spendable(test, a, "ink") == 0)
            // One batch, in which several teams' members and the last step come together.
            _ = try await test.engine.take([Self.visit(test, "c", "c0")], in: test.programme)
            #expect(try await Self.spendable(test, a, "ink") == 10)
            #expect(try await Self.spendable(test, b, "ink") == 10)
            // One visit is less than the two that a contributor has.
            #expect(try await Self.spendable(test, c, "ink") == 0)
            let mine = try await ask(test, "relay", "a")
            #expect(mine.reached == 5 && mine.own == 2 && mine.isComplete && mine.memberCount == 3)
            #expect(mine.shown.isEmpty)
            _ = try await test.engine.take([Self.visit(test, "c", "c1")], in: test.programme)
            #expect(try await Self.spendable(test, c, "ink") == 10)
            // Six: everybody who belongs to it.
            for member in [a, b, c] { #expect(try await Self.spendable(test, member, "later") == 10) }
            try await Self.act(test, "b", .show(true), 0)
            #expect(try await ask(test, "relay", "a").shown == [2])
            #expect(try await test.verify().differences == [])
            let history = try await test.engine.history(of: b, in: test.programme, before: nil, limit: 50)
            #expect(history.contains { $0.source == "team/relay" && $0.kind == .award && $0.amount == 10 })
        }
    }

    @Test func aSmallTeamIsToldInQuarters() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await Self.act(test, "a", .open(kind: "club", invitation: Self.invitation(test, 0)), 0)
            try await Self.act(test, "b", .join(invitation: Self.invitation(test, 0)), 0)
            _ = try await test.engine.take((0..<3).map { Self.visit(test, "b", "b\($0)") }, in: test.programme)
            let seen = try await ask(test, "relay", "a")
            #expect(seen.reached == nil && seen.quarters == 2 && seen.own == 0)
            try await Self.act(test, "b", .show(true), 0)
            let open = try await ask(test, "relay", "a")
            #expect(open.reached == 3 && open.shown == [3])
            // To b, a has not agreed to anything.
            #expect(try await ask(test, "relay", "b").reached == nil)
            let stranger = try await ask(test, "relay", "z")
            #expect(stranger.team == nil && stranger.reached == 0)
        }
    }

    @Test func whatATeamReachedStaysWhenSomebodyLeavesMergesOrIsErased() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await Self.act(test, "a", .open(kind: "club", invitation: Self.invitation(test, 0)), 0)
            try await Self.act(test, "b", .join(invitation: Self.invitation(test, 0)), 0)
            let events =
                (0..<3).map { Self.visit(test, "a", "a\($0)", points: 20) }
                + (0..<2).map { Self.visit(test, "b", "b\($0)", points: 1) }
            _ = try await test.engine.take(events, in: test.programme)
            let (a, b) = (try await test.member("a"), try await test.member("b"))
            #expect(try await Self.spendable(test, b, "ink") == 10)
            #expect(try await Self.spendable(test, Self.wallet(0), "loyalty") == 10)
            // b leaves with their part staying where it was made.
            try await Self.act(test, "b", .leave(id: ID128(high: 1, low: 2)), 0)
            #expect(try await Self.spendable(test, b, "ink") == 10)
            #expect(try await test.verify().differences == [])
            // Two records of one person: what both gave is one member's.
            let other = try await test.member("other")
            _ = try await test.engine.take([Self.visit(test, "other", "o0")], in: test.programme)
            _ = try await test.engine.perform(.merge(from: other), member: b, in: test.programme)
            #expect(try await test.verify().differences == [])
            try await test.erasure.erase(b, in: test.programme, by: .server)
            #expect(try await test.verify().differences == [])
            #expect(try await Self.spendable(test, a, "ink") == 10)
        }
    }

    private static func isIdle(_ history: TeamHistory) -> Bool {
        history.model.awards(weeks: history.weeks, target: 5, sums: false, gives: .contributors(2)).isEmpty
            || history.model.awards(weeks: history.weeks, target: 6, sums: false, gives: .each).isEmpty
    }

    private func amend(
        _ test: TestEngine, _ envelope: EventEnvelope, to corrected: IncomingEvent? = nil, _ user: String
    ) async throws {
        let event = envelope.event
        let claim = test.engine.claim(programme: test.programme, source: event.source, id: event.id)
        _ = try await test.engine.perform(
            .amend(Amendment(original: event, claim: claim, corrected: corrected)), member: try await test.member(user),
            in: test.programme)
    }

    @Test(arguments: TestDatabases.engines)
    func whatWasAmendedAwayIsTakenBackFromTheWholeTeam(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            try await Self.act(test, "a", .open(kind: "club", invitation: Self.invitation(test, 0)), 0)
            for user in ["b", "c"] { try await Self.act(test, user, .join(invitation: Self.invitation(test, 0)), 0) }
            let events =
                (0..<4).map { Self.visit(test, "a", "a\($0)", points: 15) }
                + (0..<2).map { Self.visit(test, "b", "b\($0)", points: 1) }
            _ = try await test.engine.take(events, in: test.programme)
            let members = [try await test.member("a"), try await test.member("b"), try await test.member("c")]
            /// relay: five, for who did two; crew: six, for each; chest: sixty points, for the team.
            func held() async throws -> [[Int64]] {
                var held: [[Int64]] = []
                for member in members {
                    held.append([
                        try await Self.spendable(test, member, "ink"), try await Self.spendable(test, member, "later"),
                    ])
                }
                return held + [[try await Self.spendable(test, Self.wallet(0), "loyalty")]]
            }
            #expect(try await held() == [[10, 10], [10, 10], [0, 10], [10]])
            // Five are left: the crew's goes from all, b has one and is no contributor any more.
            try await test.engine.forget(test.programme)
            try await amend(test, events[4], "b")
            #expect(try await held() == [[10, 0], [0, 0], [0, 0], [10]])
            #expect(try await test.verify().differences == [])
            // Four are left, and 46 points: nothing is reached.
            try await amend(test, events[0], "a")
            #expect(try await held() == [[0, 0], [0, 0], [0, 0], [0]])
            #expect(try await test.verify().differences == [])
            let history = try await test.engine.history(of: members[0], in: test.programme, before: nil, limit: 50)
            #expect(history.contains { $0.kind == .correction && $0.subject == "ink" && $0.amount == -10 })
            // Again, by others: reached anew, and given once.
            _ = try await test.engine.take(
                [Self.visit(test, "c", "c0", points: 20), Self.visit(test, "c", "c1", points: 1)], in: test.programme)
            #expect(try await held() == [[10, 10], [0, 10], [10, 10], [10]])
            // A right event in place of a wrong one changes the sum of points and not the count.
            var smaller = events[1].event
            smaller.fields["points"] = .integer(1)
            try await amend(test, events[1], to: smaller, "a")
            #expect(try await held() == [[10, 10], [0, 10], [10, 10], [0]])
            #expect(try await test.verify().differences == [])
        }
    }

    /// Random histories: joining and leaving in the middle, several teams, late events. Delivered in two orders, both end
    /// where the plain model ends.
    @Test(arguments: TestDatabases.engines)
    func theOrderOfDeliveryDoesNotMatter(kind: Storage.Engine) async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        for round in 0..<3 as Range<UInt64> {
            var random = SeededRandom(seed: seed &+ round)
            // One in which something is reached at all.
            var drawn = TeamHistory(&random)
            while Self.isIdle(drawn) { drawn = TeamHistory(&random) }
            let history = drawn
            for isLate in [false, true] {
                try await TestEngine.with(kind, Self.programme) { test in
                    try await history.play(test, isLate: isLate, &random)
                    let weeks = history.weeks
                    let model = history.model
                    let relay = model.awards(weeks: weeks, target: 5, sums: false, gives: .contributors(2))
                    let crew = model.awards(weeks: weeks, target: 6, sums: false, gives: .each)
                    let chest = model.awards(weeks: weeks, target: 60, sums: true, gives: .team)
                    let note: Comment = "seed \(seed) round \(round) late \(isLate)"
                    for user in 0..<TeamHistory.users {
                        let member = try await test.member("u\(user)")
                        let ink = try await Self.spendable(test, member, "ink")
                        let later = try await Self.spendable(test, member, "later")
                        #expect(ink == Int64(relay[user, default: 0]) * 10, note)
                        #expect(later == Int64(crew[user, default: 0]) * 10, note)
                    }
                    for team in 0..<TeamHistory.teams {
                        let loyalty = try await Self.spendable(test, Self.wallet(team), "loyalty")
                        #expect(loyalty == Int64(chest[team, default: 0]) * 10, note)
                    }
                    #expect(try await test.verify().differences == [], note)
                }
            }
        }
    }
}
