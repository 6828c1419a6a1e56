import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Testing
import Vault

@testable import stamgast

/// Friends, teams and boards of the pages over a real home, without a server.
@Suite struct TogetherAdapterTests {
    /// Friday 27 November 2026, noon.
    private static let now = Instant(seconds: 1_795_780_800)

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
        programme.events = [EventType(id: "visit", fields: [.init(id: "points", type: .integer)])]
        programme.rules = [
            Rule(id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")])
        ]
        programme.walletKinds = [
            WalletKind(id: "club", name: LocalizedText([.en: "Club"]), maximumMembers: 3), WalletKind(id: "household"),
        ]
        var relay = Challenge(
            id: "relay", count: "visit", target: 4, every: .week, reward: [.award(amount: "5", unit: "ink")])
        relay.name = LocalizedText([.en: "Relay"])
        relay.team = TeamTerms(wallet: "club")
        programme.challenges = [relay]
        var week = Leaderboard(
            id: "week", name: LocalizedText([.en: "Week"]), measure: .points("ink"), every: .week, minimum: 2)
        week.prizes = [BoardPrize(reach: .places(1), reward: [.award(amount: "7", unit: "ink")])]
        programme.leaderboards = [
            week, Leaderboard(id: "large", measure: .points("ink"), every: .ever, minimum: 5),
        ]
        return programme
    }

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var people: [String: SiteMember] = [:]
        var staff: SiteStaff
    }

    private func with(_ body: (Stage) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            let programme = try Self.programme()
            try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let adapter = SiteAdapter(
                home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
            let face = try #require(adapter.face(of: programme.id))
            var stage = Stage(home: home, adapter: adapter, staff: SiteStaff(programme: face, staff: "s"))
            do {
                for (index, user) in ["ann", "bob", "cas"].enumerated() {
                    let event = IncomingEvent(
                        source: "t", id: user, type: "visit", time: Self.now,
                        fields: ["points": .integer(Int64(30 - index))])
                    let name = try #require(ExternalIdentity(.user, user))
                    _ = try await home.engine.take(
                        [EventEnvelope(event: event, user: name, anonymous: nil)], in: programme.id)
                    let member = try #require(try await home.engine.identities.find(name, programme: programme.id))
                    stage.people[user] = SiteMember(programme: face, member: member)
                }
                try await body(stage)
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    @Test func friendsSeeNamesAndNeverWhoItIs() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let (ann, bob) = (try #require(stage.people["ann"]), try #require(stage.people["bob"]))
            let key = String(repeating: "a", count: 32)
            let code = try await adapter.offerFriendship(for: ann, key: key)
            #expect(try await adapter.offerFriendship(for: ann, key: key) == code)
            #expect(try await adapter.acceptFriendship(code: code, for: ann) == false)
            #expect(try await adapter.acceptFriendship(code: code, for: bob))
            #expect(try await adapter.acceptFriendship(code: code, for: bob) == false)
            let alone = try await adapter.circle(of: ann, language: .en)
            #expect(alone.friends.count == 1 && alone.friends[0].boards.isEmpty)
            for person in [ann, bob] { #expect(try await adapter.ask(.join, of: "week", for: person)) }
            let circle = try await adapter.circle(of: ann, language: .en)
            #expect(circle.friends[0].boards.map(\.board.text) == ["Week"])
            let theirs = try await adapter.boards(of: bob, language: .en).boards.first { $0.id == "week" }?.name
            #expect(circle.friends[0].boards.first?.name == theirs)
            let other = try await adapter.circle(of: bob, language: .en)
            // What stands for them is not who they are, and another thing on everybody's page.
            #expect(circle.friends[0].id != bob.member.description)
            #expect(circle.friends[0].id != other.friends[0].id)
            #expect(try await adapter.endFriendship(other.friends[0].id, for: ann) == false)
            #expect(try await adapter.endFriendship(circle.friends[0].id, for: ann))
            #expect(try await adapter.circle(of: bob, language: .en).friends.isEmpty)
        }
    }

    @Test func aTeamIsBegunJoinedShownAndLeft() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let (ann, bob, cas) = (
                try #require(stage.people["ann"]), try #require(stage.people["bob"]), try #require(stage.people["cas"])
            )
            func key(_ letter: String) -> String { String(repeating: letter, count: 32) }
            let before = try await adapter.teams(of: ann, language: .en)
            // A household has nothing to reach: it is no team.
            #expect(before.teams.isEmpty && before.kinds.map(\.id) == ["club"])
            #expect(before.kinds[0].challenges.map(\.text) == ["Relay"])
            let begun = try await adapter.team("new", .open(kind: "club"), for: ann, key: key("a"))
            guard case .code(let code) = begun else {
                Issue.record("no code: \(begun)")
                return
            }
            #expect(try await adapter.team("new", .join(code: code), for: bob, key: key("b")) == .done)
            #expect(try await adapter.team("new", .join(code: "0000"), for: cas, key: key("c")) == .unknown)
            let mine = try #require(try await adapter.teams(of: ann, language: .en).teams.first)
            #expect(mine.members == 2 && mine.mayInvite && !mine.mayLeave && !mine.shows)
            // Both had a visit today, the day on which they came. Two are few: it is told in quarters.
            #expect(mine.challenges[0].reached == nil && mine.challenges[0].quarters == 2)
            #expect(mine.challenges[0].own == 1 && mine.challenges[0].others.isEmpty)
            #expect(try await adapter.team(mine.id, .show(true), for: bob, key: key("d")) == .done)
            let seen = try #require(try await adapter.teams(of: ann, language: .en).teams.first)
            #expect(seen.challenges[0].reached == 2 && seen.challenges[0].others.map(\.added) == [1])
            #expect(try await adapter.team(mine.id, .leave, for: ann, key: key("e")) == .refused)
            #expect(try await adapter.team(mine.id, .invite, for: bob, key: key("f")) == .refused)
            guard case .code(let second) = try await adapter.team(mine.id, .invite, for: ann, key: key("a1")) else {
                Issue.record("no code")
                return
            }
            #expect(try await adapter.team("new", .join(code: code), for: cas, key: key("g")) == .unknown)
            #expect(try await adapter.team("new", .join(code: second), for: cas, key: key("h")) == .done)
            #expect(try await adapter.team(mine.id, .leave, for: bob, key: key("i")) == .done)
            #expect(try await adapter.teams(of: bob, language: .en).teams.isEmpty)
        }
    }

    @Test func theConsoleShowsRunningWaitingAndTooFew() async throws {
        try await with { stage in
            for user in ["ann", "bob"] {
                let person = try #require(stage.people[user])
                for board in ["week", "large"] { #expect(try await stage.adapter.ask(.join, of: board, for: person)) }
            }
            let boards = try await stage.adapter.boards(for: stage.staff, language: .en).boards
            #expect(boards.map(\.minimum) == [2, 5])
            let running = try #require(boards[0].periods.first)
            #expect(running.state == .running && running.crowds.map(\.count) == [2])
            guard case .waiting = boards[0].periods[1].state else {
                Issue.record("the week before is not waiting")
                return
            }
            // Without periods nothing ends; two of five are not counted aloud.
            #expect(boards[1].periods.count == 1 && boards[1].periods[0].crowds.isEmpty)
        }
    }
}
