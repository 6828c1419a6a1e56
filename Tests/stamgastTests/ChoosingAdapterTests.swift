import Access
import Foundation
import Loyalty
import Personalisation
import Primitives
import Runtime
import Settings
import Site
import Storage
import Testing
import Vault

@testable import stamgast

/// Which reward stands first on Today, over a real home: what it may rest on, what is counted, and the switch.
@Suite struct ChoosingAdapterTests {
    private static let now = Instant(seconds: 1_795_780_800)

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
        programme.events = [EventType(id: "visit", fields: [.init(id: "points", type: .integer)])]
        programme.rules = [
            Rule(id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")])
        ]
        programme.rewards = [
            Reward(id: "seat", kind: .ticket, unit: "ink", price: 20),
            Reward(id: "gift", kind: .donation, unit: "ink", price: 10, topics: ["water"]),
            Reward(id: "talk", kind: .advice, unit: "ink", price: 500),
        ]
        programme.personas = [Persona(id: "rivers", topics: [.init("water", weight: 100)])]
        programme.languages = [.en]
        return programme
    }

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var programme: ProgrammeID

        /// A member with 100 to spend.
        func member(_ name: String, _ level: Loyalty.PrivacyLevel = .session) async throws -> SiteMember {
            let user = try #require(ExternalIdentity(.user, name))
            _ = try await home.engine.take(
                [
                    EventEnvelope(
                        event: IncomingEvent(
                            source: "t", id: name, type: "visit", time: now, fields: ["points": 100]), user: user,
                        anonymous: nil)
                ], in: programme)
            let member = try #require(try await home.engine.identities.find(user, programme: programme))
            var change = ProfileChange(level: level)
            if level >= .persona { change.traits = ["persona": "rivers"] }
            _ = try await home.engine.perform(.profile(change), member: member, in: programme)
            return SiteMember(programme: try #require(adapter.face(of: programme)), member: member)
        }

        func staff(_ role: Role) async throws -> SiteStaff {
            let account = try await home.access.staff.create(
                name: "é", role: role, programmes: .all, by: .commandLine, now: now)
            return SiteStaff(programme: try #require(adapter.face(of: programme)), staff: account.id.description)
        }

        func tallies() async throws -> [ChoiceCell: ChoiceCount] {
            try await home.choices.report(of: programme).tallies
        }

        func counts() async throws -> ChoiceCount { try await tallies().values.reduce(ChoiceCount(), +) }
    }

    private func with(_ body: (Stage) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            let programme = try Self.programme()
            try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let adapter = SiteAdapter(
                home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
            do {
                try await body(Stage(home: home, adapter: adapter, programme: programme.id))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private static let key = String(repeating: "a", count: 32)

    @Test func aDayIsCountedOnceAndATakingToo() async throws {
        try await with { stage in
            let (ann, bob) = (try await stage.member("ann"), try await stage.member("bob"))
            let first = try #require(try await stage.adapter.today(of: ann, language: .en).reward)
            #expect(["seat", "gift"].contains(first.id), "nothing above the balance")
            let seal = try #require(first.seal)
            for _ in 0..<3 {
                #expect(try await stage.adapter.today(of: ann, language: .en).reward?.id == first.id)
            }
            #expect(try await stage.counts().shown == 1)
            // A seal is its member's, and its reward's.
            let theirs = RedeemChoice(seal: seal)
            _ = try await stage.adapter.redeem(first.id, theirs, for: bob, key: Self.key)
            let other = first.id == "seat" ? "gift" : "seat"
            _ = try await stage.adapter.redeem(other, theirs, for: ann, key: String(repeating: "b", count: 32))
            #expect(try await stage.counts().taken == 0)
            // Sent twice, and redeemed twice, is taken once.
            for key in ["a", "a", "c"] {
                let outcome = try await stage.adapter.redeem(
                    first.id, theirs, for: ann, key: String(repeating: Character(key), count: 32))
                guard case .redeemed = outcome else {
                    Issue.record("\(String(describing: outcome))")
                    continue
                }
            }
            let counts = try await stage.counts()
            #expect(counts.shown == 1)
            #expect(counts.taken == 1)
            #expect(counts.inverseTaken == counts.inverseShown, "the same choice, the same probability")
            #expect(try await stage.adapter.today(of: ann, language: .en).reward?.seal == nil, "and no more today")
            // What was counted lasts.
            let (programme, store) = (stage.programme, ChoiceStore(programme: stage.programme))
            try await stage.home.choices.flush()
            let kept = try await stage.home.database.read { try store.tallies(since: 0, $0) }
            #expect(try await kept == stage.home.choices.report(of: programme).tallies)
        }
    }

    @Test func theLevelSaysWhatIsReadAndNothingElseChanges() async throws {
        try await with { stage in
            var balances: Set<Int64> = []
            var prices: Set<[Int64]> = []
            for level in Loyalty.PrivacyLevel.allCases {
                for number in 0..<5 {
                    let member = try await stage.member("\(level.rawValue)-\(number)", level)
                    let today = try await stage.adapter.today(of: member, language: .en)
                    balances.formUnion(today.balances.map(\.active))
                    prices.insert(
                        try await stage.adapter.rewards(of: member, language: .en).offers
                            .sorted { $0.id < $1.id }.map(\.price.count))
                }
            }
            #expect(balances == [100])
            #expect(prices == [[10, 20, 500]])
            let tallies = try await stage.tallies()
            func shown(_ persona: String?) -> Int64 {
                tallies.filter { $0.key.arm.persona == persona }.values.reduce(0) { $0 + $1.shown }
            }
            #expect(shown(nil) == 10, "off and session are everybody")
            #expect(shown("rivers") == 10)
        }
    }

    @Test func anObjectionOfTheBrowserKeepsThePersonaOut() async throws {
        try await with { stage in
            var ann = try await stage.member("ann", .personal)
            ann.globalPrivacyControl = true
            _ = try await stage.adapter.today(of: ann, language: .en)
            #expect(try await stage.tallies().keys.allSatisfy { $0.arm.persona == nil })
        }
    }

    @Test func staffSeeCountsAndSwitchItOff() async throws {
        try await with { stage in
            let owner = try await stage.staff(.owner)
            for number in 0..<12 {
                _ = try await stage.adapter.today(of: try await stage.member("m\(number)"), language: .en)
            }
            let desk = try await stage.adapter.choosing(for: owner, language: .en)
            #expect(desk.mayChange)
            #expect(!desk.isOff)
            #expect(desk.arms.allSatisfy { $0.shown == nil || $0.shown == 10 }, "never a number below ten")
            #expect(desk.arms.allSatisfy { $0.rate == nil && $0.taken == nil }, "too few to tell")
            #expect(abs(desk.arms.reduce(0) { $0 + $1.share } - 1) < 1e-9)
            try await stage.adapter.chooseRewards(false, for: owner)
            try await stage.adapter.chooseRewards(false, for: owner)
            #expect(try await stage.adapter.choosing(for: owner, language: .en).isOff)
            let late = try await stage.member("late")
            let reward = try #require(try await stage.adapter.today(of: late, language: .en).reward)
            #expect(reward.id == "seat", "the one that costs most")
            #expect(reward.seal == nil)
            #expect(try await stage.counts().shown == 12)
            try await stage.adapter.chooseRewards(true, for: owner)
            #expect(try await stage.adapter.today(of: late, language: .en).reward?.seal != nil)
            let programme = stage.programme
            let audit = try await stage.home.database.read { try Audit.entries($0, programme: programme) }
                .map(\.entry.action).filter { $0.hasPrefix("choice.") }
            #expect(audit.sorted() == ["choice.off", "choice.on"], "what changed nothing is no line")
            for role in Role.allCases {
                let staff = try await stage.staff(role)
                let may = try await stage.adapter.choosing(for: staff, language: .en).mayChange
                if may { continue }
                await #expect(throws: (any Error).self, "\(role)") {
                    try await stage.adapter.chooseRewards(false, for: staff)
                }
            }
            #expect(try await !stage.adapter.choosing(for: owner, language: .en).isOff)
        }
    }

    @Test func whatSomebodyEnjoysIsTheirsToKeepAndToRemove() async throws {
        try await with { stage in
            let (ann, bob) = (try await stage.member("ann"), try await stage.member("bob", .off))
            let adapter = stage.adapter
            #expect(adapter.playStyles(from: [Int](repeating: 4, count: 12)) == [])
            #expect(adapter.playStyles(from: [7, 1, 1, 1, 1, 1, 7, 1, 1, 1, 1, 1]) == [.philanthropist])
            #expect(adapter.playStyles(from: [7]) == nil)
            for member in [ann, bob] {
                try await adapter.keep([.achiever, .freeSpirit], for: member)
                #expect(try await adapter.playStyle(of: member) == [.achiever, .freeSpirit])
            }
            #expect(try await adapter.today(of: ann, language: .en).playStyles == [.achiever, .freeSpirit])
            #expect(try await adapter.today(of: bob, language: .en).playStyles.isEmpty, "off looks at nothing")
            let export = try #require(try await adapter.export(of: ann, after: nil, language: .en))
            #expect(String(decoding: export.bytes, as: UTF8.self).contains("play-style"))
            try await adapter.keep([], for: ann)
            #expect(try await adapter.playStyle(of: ann).isEmpty)
        }
    }
}
