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

/// A member's own data over a real home, without a server.
@Suite struct OwnAdapterTests {
    private static let now = Instant(seconds: 1_795_780_800)

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
        var visit = EventType(id: "visit", fields: [.init(id: "points", type: .integer)])
        visit.keep = [.personal: .months(1)]
        programme.events = [visit]
        var rule = Rule(id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")])
        rule.why = LocalizedText([.en: "You came by."])
        programme.rules = [rule]
        programme.languages = [.en]
        return programme
    }

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var programme: ProgrammeID
        var ann: SiteMember
        var bob: SiteMember
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
                let face = try #require(adapter.face(of: programme.id))
                var people: [SiteMember] = []
                for user in ["ann-anything", "bob-anything"] {
                    let name = try #require(ExternalIdentity(.user, user))
                    let member = try #require(
                        try await home.engine.identities.resolve([name], programme: programme.id, now: Self.now).first)
                    _ = try await home.engine.perform(
                        .profile(ProfileChange(level: .personal)), member: member, in: programme.id)
                    try await home.vault.persons.store(
                        [.init(member, [.name: "Name of " + user])], programme: programme.id)
                    // More than the export takes at once.
                    let events = (0..<450).map { number in
                        EventEnvelope(
                            event: IncomingEvent(
                                source: "t", id: "\(user)-\(number)", type: "visit", time: Self.now,
                                fields: ["points": .integer(Int64(number + 1))]),
                            user: name, anonymous: nil)
                    }
                    _ = try await home.engine.take(events, in: programme.id)
                    people.append(SiteMember(programme: face, member: member))
                }
                try await body(
                    Stage(home: home, adapter: adapter, programme: programme.id, ann: people[0], bob: people[1]))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private func export(_ member: SiteMember, _ adapter: SiteAdapter) async throws -> (text: String, parts: Int) {
        var (bytes, place, parts): ([UInt8], String?, Int) = ([], nil, 0)
        repeat {
            let part = try #require(try await adapter.export(of: member, after: place, language: .en))
            bytes += part.bytes
            place = part.next
            parts += 1
        } while place != nil && parts < 100
        return (String(decoding: bytes, as: UTF8.self), parts)
    }

    private func signIn(_ member: SiteMember, _ stage: Stage) async throws -> SecretToken {
        let link = try await stage.home.access.signIn.issueLink(
            for: .member(stage.programme, member.member), now: Self.now)
        return try await stage.home.access.signIn.redeemLink(link, now: Self.now).token
    }

    @Test func theExportHoldsWhatWasEarnedAndNobodyElse() async throws {
        try await with { stage in
            let consents = stage.home.vault.consents
            var made: [ConsentReceipt] = []
            for (number, member) in [stage.ann, stage.bob].enumerated() {
                made.append(
                    try await consents.record(
                        ConsentAct(
                            id: ID128(high: 9, low: UInt64(number)), purpose: "recommendations", decision: .given,
                            text: ConsentText(id: "level", version: 1, language: "nl", body: "Mag het?"),
                            control: ConsentControl(element: "level-choice"), method: .page),
                        of: member.member, programme: stage.programme, now: Self.now))
            }
            let (text, parts) = try await export(stage.ann, stage.adapter)
            #expect(parts > 6, "the history and the events come in pages")
            let json = try JSONValue(parsing: Array(text.utf8))
            let document = try #require(json.objectValue)
            let history = try #require(document["history"]?.arrayValue)
            #expect(history.count == 450)
            let amounts = history.compactMap { $0.objectValue?["amount"]?.intValue }
            #expect(Set(amounts) == Set(1...450))
            #expect(history.allSatisfy { $0.objectValue?["why"]?.stringValue == "You came by." })
            #expect(document["events"]?.arrayValue?.count == 450)
            let receipts = try #require(document["consents"]?.arrayValue).map { ConsentReceipt(json: $0) }
            #expect(receipts == [made[0]], "as it was recorded, and only hers")
            #expect(document["person"]?.objectValue?["name"]?.stringValue == "Name of ann-anything")
            #expect(document["choices"]?.objectValue?["level"]?.stringValue == "personal")
            let balance = document["member"]?.objectValue?["balances"]?.arrayValue?.first?.objectValue
            #expect(balance?["spendable"]?.intValue == 101_475)
            #expect(text.contains("ann-anything"))
            for other in ["bob-anything", stage.bob.member.description] { #expect(!text.contains(other)) }
            #expect(try await stage.adapter.export(of: stage.ann, after: "elsewhere", language: .en) == nil)
        }
    }

    @Test func leavingPersonalTakesAwayWhatWasKeptThere() async throws {
        try await with { stage in
            let before = try await stage.adapter.ownData(of: stage.ann, language: .en)
            #expect(before.level == .personal && before.counts[.events] == 450 && before.counts[.history] == 450)
            #expect(before.identifiers == [OwnData.Masked(kind: "user", value: "ann-anything")])
            #expect(!before.fields.contains { $0.value.contains("ann") })
            #expect(try await stage.adapter.choose(Self.everything(.session), for: stage.ann, language: .en))
            let after = try await stage.adapter.ownData(of: stage.ann, language: .en)
            #expect(after.level == .session && after.counts[.events] == 0 && after.counts[.history] == 450)
            #expect(try await stage.adapter.ownData(of: stage.bob, language: .en).counts[.events] == 450)
        }
    }

    @Test func aLevelForEachPurposeHoldsAtOnceAndIsInTheExport() async throws {
        try await with { stage in
            let start = try await stage.adapter.profiling(of: stage.ann)
            #expect(start.single == .personal && start.surprise == 10 && start.pause == .none && start.isAsked)
            let wish = ProfilingWish(levels: [.messages: .off, .rewards: .session], surprise: 50, pause: .today)
            #expect(try await stage.adapter.choose(wish, for: stage.ann, language: .nl))
            let after = try await stage.adapter.profiling(of: stage.ann)
            #expect(after.levels == [.recommendations: .personal, .messages: .off, .rewards: .session])
            #expect(after.surprise == 50)
            guard case .until(let day) = after.pause else {
                Issue.record("no pause: \(after.pause)")
                return
            }
            #expect(day.daysSinceEpoch == after.today.daysSinceEpoch + 1)
            #expect(try await stage.adapter.ownData(of: stage.ann, language: .en).counts[.events] == 450)
            let text = try await export(stage.ann, stage.adapter).text
            let choices = try JSONValue(parsing: Array(text.utf8))["choices"]
            #expect(choices?["profiling"]?["levels"]?["messages"] == "off")
            #expect(choices?["profiling"]?["surprise"] == 50)
            // The one switch is the same choice.
            #expect(try await stage.adapter.choose(Self.everything(.session), for: stage.ann, language: .en))
            #expect(try await stage.adapter.profiling(of: stage.ann).single == .session)
            #expect(try await stage.adapter.ownData(of: stage.ann, language: .en).counts[.events] == 0)
            #expect(try await stage.adapter.profiling(of: stage.bob).single == .personal)
        }
    }

    private static func everything(_ level: Site.PrivacyLevel) -> ProfilingWish {
        ProfilingWish(levels: [.recommendations: level, .rewards: level, .messages: level])
    }

    /// What was said leaves a receipt with the words that were read; saying it again leaves no second one.
    @Test func consentsLeaveReceiptsAndChildrenHaveNoProfile() async throws {
        try await with { stage in
            let consents = stage.home.vault.consents
            func choose(_ level: Site.PrivacyLevel, _ words: String) async throws -> Bool {
                let wish = ProfilingWish(levels: [.rewards: level], shown: [.rewards: words])
                return try await stage.adapter.choose(wish, for: stage.ann, language: .nl)
            }
            func receipts() async throws -> [String] {
                try await consents.receipts(
                    of: stage.ann.member, programme: stage.programme, purpose: .export, actor: "test", now: Self.now
                ).map { "\($0.purpose) \($0.decision.rawValue) \($0.text.id) \($0.text.version) \($0.text.language)" }
            }
            #expect(try await choose(.persona, "Een persona."))
            #expect(try await choose(.persona, "Een persona."))
            #expect(try await choose(.off, "Niets."))
            // Other words are another version of the text.
            #expect(try await choose(.persona, "Alleen een persona."))
            #expect(
                try await receipts() == [
                    "rewards given profiling-page-rewards-persona 1 nl",
                    "rewards withdrawn profiling-page-rewards-off 1 nl",
                    "rewards given profiling-page-rewards-persona 2 nl",
                ])
            try await stage.home.vault.persons.store(
                ageBand: .under16, of: stage.ann.member, programme: stage.programme)
            #expect(try await !choose(.personal, "Alles."))
            #expect(try await receipts().count == 3)
            let level = try await stage.home.engine.level(
                for: .rewards, of: stage.ann.member, in: stage.programme, globalPrivacyControl: false)
            #expect(level == .session)
            let signal = try await stage.home.engine.level(
                for: .rewards, of: stage.bob.member, in: stage.programme, globalPrivacyControl: true)
            #expect(signal == .session)
        }
    }

    @Test func theQuestionIsAskedOnce() async throws {
        try await with { stage in
            let name = try #require(ExternalIdentity(.user, "new-anything"))
            let member = try #require(
                try await stage.home.engine.identities.resolve(
                    [name], programme: stage.programme, now: Self.now
                ).first)
            let new = SiteMember(programme: stage.ann.programme, member: member)
            #expect(try await stage.adapter.today(of: new, language: .en).asksProfiling)
            #expect(try await stage.adapter.choose(ProfilingWish(place: .question), for: new, language: .en))
            #expect(try await !stage.adapter.today(of: new, language: .en).asksProfiling)
            #expect(try await stage.adapter.profiling(of: new).single == .session)
            #expect(try await !stage.adapter.today(of: stage.ann, language: .en).asksProfiling)
        }
    }

    @Test func whoeverIsErasedIsGoneAndSignedOut() async throws {
        try await with { stage in
            let (home, adapter) = (stage.home, stage.adapter)
            let (hers, his) = (try await signIn(stage.ann, stage), try await signIn(stage.bob, stage))
            #expect(try await adapter.member(session: hers.text) != nil)
            try await adapter.erase(stage.ann)
            try await adapter.erase(stage.ann)
            #expect(try await adapter.member(session: hers.text) == nil, "the cookie still opens something")
            #expect(try await adapter.member(session: his.text)?.member == stage.bob.member)
            let name = try #require(ExternalIdentity(.user, "ann-anything"))
            #expect(try await home.engine.identities.find(name, programme: stage.programme) == nil)
            let summary = try await home.engine.summary(of: stage.ann.member, in: stage.programme)
            #expect(summary?.isKnown == false)
            let log = try await home.database.read { try Audit.entries($0, programme: stage.programme) }
            #expect(log.contains { $0.entry.action == "member.erase" })
            #expect(!log.contains { "\($0)".contains(stage.ann.member.description) })
            let report = try await Verifier(
                programme: stage.programme, compiled: home.engine.host[stage.programme]
            ).verify(home.database)
            #expect(report.differenceCount == 0, "\(report.differences)")
        }
    }

    @Test func sessionsAreSeenAndEndedByWhoseTheyAre() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let (one, two, three) = (
                try await signIn(stage.ann, stage), try await signIn(stage.ann, stage),
                try await signIn(stage.ann, stage)
            )
            let other = try await signIn(stage.bob, stage)
            let seen = try await adapter.sessions(of: stage.ann, beside: one.text)
            #expect(seen.sessions.count == 3 && seen.sessions.filter(\.isThis).count == 1)
            #expect(seen.sessions.allSatisfy { $0.begun == seen.today && $0.lastUsed == seen.today })
            let his = try #require(
                try await adapter.sessions(of: stage.bob, beside: other.text).sessions.first?.id)
            #expect(try await adapter.endSession(his, of: stage.ann, beside: one.text) == false)
            #expect(try await adapter.member(session: other.text) != nil)
            let twos = try #require(
                try await adapter.sessions(of: stage.ann, beside: two.text).sessions.first { $0.isThis }?.id)
            #expect(try await adapter.endSession(twos, of: stage.ann, beside: one.text))
            #expect(try await adapter.endSession(twos, of: stage.ann, beside: one.text) == false)
            #expect(try await adapter.member(session: two.text) == nil)
            #expect(try await adapter.member(session: three.text) != nil)
            #expect(try await adapter.endSession(nil, of: stage.ann, beside: one.text))
            #expect(try await adapter.member(session: three.text) == nil)
            #expect(try await adapter.member(session: one.text) != nil)
            #expect(try await adapter.member(session: other.text) != nil)
        }
    }
}
