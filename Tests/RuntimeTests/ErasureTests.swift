import Access
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import TestSupport
import Testing
import Vault

/// Erase = tombstone, then the key, then the purge. What is left are figures of the programme.
@Suite struct ErasureTests {
    /// The sample programme with a webhook, so that messages wait.
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.webhooks = [Webhook(id: "crm", url: "https://crm.example/hook")]
        programme.rewards[0].stock = 10
        programme.rules.append(Rule(id: "tell", trigger: "article.read", effects: [.webhook("crm")]))
        return programme
    }()

    /// Gives a user something of everything that is linked to a member.
    private func live(_ user: String, _ engine: Runtime.Engine, in programme: ProgrammeID) async throws -> MemberID {
        let now = engine.clock.now()
        func envelope(
            _ id: String, user: String? = nil, anonymous: String? = nil, type: String, _ fields: JSONObject = [:]
        ) -> EventEnvelope {
            EventEnvelope(
                event: IncomingEvent(source: "test", id: id, type: type, time: now, fields: fields),
                user: user.flatMap { ExternalIdentity(.user, $0) },
                anonymous: anonymous.flatMap { ExternalIdentity(.anonymous, $0) })
        }
        let read: JSONObject = ["item": "article-1", "share": .double(0.9), "seconds": .integer(120)]
        let identity = try #require(ExternalIdentity(.user, user))
        let member = try #require(
            try await engine.identities.resolve([identity], programme: programme, now: now).first)
        _ = try await engine.perform(.profile(ProfileChange(level: .personal)), member: member, in: programme)
        var events = (1...4).map { envelope("\(user)-read-\($0)", user: user, type: "article.read", read) }
        events.append(envelope("\(user)-welcome", user: user, type: "welcome"))
        events.append(envelope("\(user)-odd", user: user, type: "nobody.declared.this", ["secret": "canary-event"]))
        events.append(envelope("\(user)-device", anonymous: "\(user)-device", type: "article.read", read))
        _ = try await engine.take(events, in: programme)
        _ = try await engine.identify(
            user: identity, previous: ExternalIdentity(.anonymous, "\(user)-device"), in: programme)
        let held = engine.holdID(programme: programme, member: member, key: "held")
        let spent = engine.holdID(programme: programme, member: member, key: "spent")
        let record = RequestRecord(
            request: engine.records.request(programme, owner: member.value, key: "k", request: [1])
        ) { answer in (201, Array(answer.member.description.utf8)) }
        _ = try await engine.perform(
            .redeem(reward: "preview", hold: held), member: member, in: programme, record: record)
        _ = try await engine.perform(.redeem(reward: "preview", hold: spent), member: member, in: programme)
        _ = try await engine.perform(.confirm(hold: spent), member: member, in: programme)
        return member
    }

    /// Every way in which a pseudonym could be written.
    private func traces(of member: MemberID) -> [Data] {
        let text = member.description
        return [
            Data(member.value.bytes), Data(text.utf8), Data(text.uppercased().utf8),
            Data(text.replacing("-", with: "").utf8),
        ]
    }

    private func lines(_ database: any Database) async throws -> [String] {
        try await database.read { try LogicalDump.lines($0) }
    }

    /// Lines of a dump that name a member; bytes stand in it as hexadecimal digits.
    private func naming(_ members: [MemberID], _ lines: [String]) -> [String] {
        func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let needles = members.flatMap { member in
            [member.description, hexadecimal(member.value.bytes), hexadecimal(member.description.utf8)]
        }
        return lines.filter { line in needles.contains { line.lowercased().contains($0) } }
    }

    @Test(arguments: TestDatabases.engines)
    func anErasedMemberLeavesFiguresAndNothingElse(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let anna = try await live("anna", test.engine, in: test.programme)
            let bo = try await live("bo", test.engine, in: test.programme)
            try await test.vault.persons.store([.init(anna, [.name: "Anna"])], programme: test.programme)
            let merged = try await test.database.read { connection in
                try connection.query("SELECT member_id FROM member WHERE merged_into = ?", [.member(anna)])
                    .map { try $0.member(0) }
            }
            #expect(merged.count == 1)
            let before = try await lines(test.database)
            let named = naming([anna] + merged, before)
            let tables = Set(named.map { $0.prefix { $0 != " " } })
            // What is looked for can be found: in every table that is linked to members.
            for table in [
                "member", "account", "transfer", "entry", "lot", "hold", "counter", "badge", "entitlement",
                "explanation", "event", "idempotency", "outbox",
            ] { #expect(tables.contains(table[...]), "\(table)") }
            #expect(try await test.verify().differenceCount == 0)

            try await test.erasure.erase(anna, in: test.programme, by: .server)

            let after = try await lines(test.database)
            #expect(naming([anna] + merged, after).isEmpty)
            #expect(try await test.verify().differenceCount == 0)
            func rows(_ table: String, _ lines: [String]) -> [String] { lines.filter { $0.hasPrefix(table + " ") } }
            #expect(rows("rule_day", after) == rows("rule_day", before))
            #expect(rows("budget_spent", after) == rows("budget_spent", before))
            #expect(rows("quarantine", before).count == 3 && rows("quarantine", after).count == 2)
            #expect(rows("outbox", after).count == rows("outbox", before).count, "sequences stay dense")
            let store = LoyaltyStore(programme: test.programme)
            #expect(try await test.database.read { try store.taken(of: "preview", $0) } == 3, "one was only held")
            #expect(naming([bo], after).count == naming([bo], before).count, "nobody else is touched")
            #expect(try await test.vault.persons.pendingPurges().isEmpty)
            #expect(test.engine.live.recent(in: test.programme, limit: 100).allSatisfy { $0.member != anna })

            // Again, and by the record that was merged away: nothing changes.
            try await test.erasure.erase(anna, in: test.programme, by: .server)
            for one in merged { try await test.erasure.erase(one, in: test.programme, by: .server) }
            #expect(try await lines(test.database) == after)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whoComesBackIsAStranger(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let anna = try await live("anna", test.engine, in: test.programme)
            try await test.erasure.erase(anna, in: test.programme, by: .server)
            // What was on its way to the erased member finds nobody, and makes nobody.
            await #expect(throws: PipelineProblem.unknownMember) {
                try await test.engine.perform(
                    .profile(ProfileChange(isPaused: true)), member: anna, in: test.programme)
            }
            let late = IncomingEvent(source: "test", id: "late", type: "welcome", time: test.clock.now(), fields: [:])
            await #expect(throws: PipelineProblem.unknownMember) {
                try await test.engine.take([(member: anna, event: late)], in: test.programme)
            }
            #expect(try await naming([anna], lines(test.database)).isEmpty)

            let again = try await test.engine.take(
                [test.event("anna-read-1", user: "anna"), test.event("new", user: "anna")], in: test.programme)
            #expect(again.map(\.status) == [.duplicate, .accepted], "an event counts once, whoever it is for now")
            let stranger = try await test.member("anna")
            #expect(stranger != anna)
            let summary = try #require(try await test.engine.summary(of: stranger, in: test.programme))
            #expect(summary.balances.first { $0.unit == "ink" }?.spendable == 15)
            #expect(summary.challenges.first { $0.challenge == "week" }?.count == 1)
            #expect(summary.entitlements.isEmpty)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aCrashBetweenVaultAndMainIsMadeGood(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let anna = try await live("anna", test.engine, in: test.programme)
            // The vault has committed, the main database knows nothing of it.
            _ = try await test.vault.persons.erase(anna, programme: test.programme, now: test.clock.now())
            #expect(try await !naming([anna], lines(test.database)).isEmpty)
            #expect(try await test.erasure.reconcile(test.programme) == 2)
            #expect(try await naming([anna], lines(test.database)).isEmpty)
            #expect(try await test.erasure.reconcile(test.programme) == 0)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aMemberThatOnlyTheMainDatabaseKnowsIsErasedWithItsRecords() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let (one, two) = (MemberID(ID128(high: 1, low: 1)), MemberID(ID128(high: 1, low: 2)))
            for (index, member) in [one, two].enumerated() {
                let event = IncomingEvent(
                    source: "import", id: "\(index)", type: "welcome", time: test.clock.now(), fields: [:])
                _ = try await test.engine.take([(member: member, event: event)], in: test.programme)
            }
            _ = try await test.engine.perform(.merge(from: one), member: two, in: test.programme)
            try await test.erasure.erase(one, in: test.programme, by: .server)
            #expect(try await naming([one, two], lines(test.database)).isEmpty)
            #expect(Set(try await test.vault.persons.tombstones().map(\.member)) == [one, two])
            #expect(try await test.verify().differenceCount == 0)
            await #expect(throws: VaultProblem.unknownMember) {
                try await test.erasure.erase(MemberID(ID128(high: 9, low: 9)), in: test.programme, by: .server)
            }
        }
    }

    // MARK: Files

    private func files(_ folder: String) -> [String: Data] {
        var files: [String: Data] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            files[name] = FileManager.default.contents(atPath: folder + "/" + name)
        }
        return files
    }

    private func hits(_ needles: [Data], in folder: String) -> Set<String> {
        Set(files(folder).filter { _, data in needles.contains { data.range(of: $0) != nil } }.keys)
    }

    private func home(_ folder: String) async throws -> Home {
        try await Home.open(try Configuration.load(flags: ["home": folder], environment: [:]), environment: [:])
    }

    /// The restore drill, on the files themselves. The vault keeps the pseudonym, in the tombstone, and nothing else.
    @Test func noFileHoldsAnErasedMemberAndARestoredBackUpForgetsAgain() async throws {
        try await TestDatabases.withFolder { folder in
            let home = try await home(folder + "/home")
            let id = Self.programme.id
            let document = try ProgrammeDocument.export(Self.programme)
            _ = try await home.apply(document, to: id, basedOn: 0, by: "test")
            let anna = try await live("canary-user-71", home.engine, in: id)
            let bo = try await live("bo", home.engine, in: id)
            try await home.vault.persons.store(
                [.init(anna, [.name: "Kanariestraat", .email: "canary@example.org"])], programme: id)
            let receipt = try await home.vault.consents.record(
                ConsentAct(
                    id: ID128(high: 5, low: 5), purpose: "canary-purpose", decision: .given,
                    text: ConsentText(id: "level", version: 1, language: "nl", body: "Mag het?"),
                    control: ConsentControl(element: "level-choice"), method: .page), of: anna, programme: id,
                now: home.engine.clock.now())
            try await home.vault.budget.spend(
                PrivacyRelease(id: ID128(high: 6, low: 1), purpose: "lists", microRho: 10_000), programme: id,
                now: home.engine.clock.now())
            _ = try await home.access.signIn.issueLink(
                for: .member(id, anna), now: home.engine.clock.now())
            let sealed = try await home.vaultDatabase.read { connection in
                try connection.query(
                    "SELECT data_key FROM person WHERE member_id = ? AND state = 0", [.member(anna)]
                ).map { Data(try $0.blob(0)) }
                    + connection.query("SELECT value FROM personal_field", []).map { Data(try $0.blob(0)) }
                    + connection.query("SELECT body FROM consent_receipt", []).map { Data(try $0.blob(0)) }
            }
            #expect(sealed.count == 4)
            for case let (database, name) as (SQLiteDatabase, String) in [
                (home.database, "main.sqlite"), (home.vaultDatabase, "vault.sqlite"),
            ] {
                try FileManager.default.createDirectory(
                    atPath: folder + "/restored", withIntermediateDirectories: true)
                try await database.backup(to: folder + "/restored/" + name)
            }
            #expect(hits(traces(of: anna), in: folder + "/home").contains { $0.hasPrefix("main.sqlite") })
            #expect(!hits(sealed, in: folder + "/home").isEmpty)

            try await home.erasure.erase(anna, in: id, by: .server)
            // While it is still open: the log was emptied as well.
            let isVault: (String) -> Bool = { $0.hasPrefix("vault.sqlite") }
            #expect(hits(traces(of: anna), in: folder + "/home").filter { !isVault($0) } == [])
            #expect(hits(sealed, in: folder + "/home") == [])
            #expect(hits(traces(of: bo), in: folder + "/home").contains("main.sqlite"))
            try TombstoneFile(folder: folder + "/restored").write(try await home.vault.persons.tombstones())
            // A release after the back-up was made: what it cost does not come back with it.
            let release = PrivacyRelease(id: ID128(high: 6, low: 2), purpose: "lists", microRho: 500_000)
            try await home.vault.budget.spend(release, programme: id, now: home.engine.clock.now())
            try PrivacyBudgetFile(folder: folder + "/restored").write(try await home.vault.budget.marks())
            await home.close()
            #expect(hits(traces(of: anna), in: folder + "/home").filter { !isVault($0) } == [])

            // The older back-up still has them; opening it as a home erases again before anything is served.
            try FileManager.default.copyItem(atPath: folder + "/home/keys", toPath: folder + "/restored/keys")
            #expect(hits(traces(of: anna), in: folder + "/restored").contains("main.sqlite"))
            let restored = try await self.home(folder + "/restored")
            #expect(hits(traces(of: anna), in: folder + "/restored").filter { !isVault($0) } == [])
            #expect(hits(sealed, in: folder + "/restored") == [])
            #expect(try await restored.engine.summary(of: bo, in: id)?.isKnown == true)
            #expect(try await restored.vault.consents.isGenuine(receipt), "the proof outlives the person")
            #expect(try await restored.vault.budget.years(of: id).map(\.spent) == [510_000])
            #expect(!FileManager.default.fileExists(atPath: folder + "/restored/" + PrivacyBudgetFile.name))
            await #expect(throws: PrivacyBudgetProblem.exhausted(asked: 20_000, left: 10_000)) {
                try await restored.vault.budget.spend(
                    PrivacyRelease(id: ID128(high: 6, low: 3), purpose: "lists", microRho: 20_000), programme: id,
                    now: restored.engine.clock.now())
            }
            let report = try await Verifier(programme: id, compiled: restored.engine.host[id]).verify(restored.database)
            #expect(report.differenceCount == 0)
            await restored.close()
            let personal = ["canary-user-71", "Kanariestraat", "canary@example.org", "canary-event", "canary-purpose"]
                .map {
                    Data($0.utf8)
                }
            #expect(hits(personal, in: folder) == [])
        }
    }
}
