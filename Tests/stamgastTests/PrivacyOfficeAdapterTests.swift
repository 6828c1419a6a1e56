import Access
import Foundation
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Storage
import TestSupport
import Testing
import Vault

@testable import stamgast

/// A member's rights and the privacy office over a real home, without a server.
@Suite struct PrivacyOfficeAdapterTests {
    private static let now = Instant(seconds: 1_795_780_800)
    private static let canary = "canary-request"

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var programme: ProgrammeID
        var ann: SiteMember
        var bob: SiteMember

        func staff(_ role: Role) async throws -> SiteStaff {
            let account = try await home.access.staff.create(
                name: "é", role: role, programmes: .all, by: .commandLine, now: now)
            return SiteStaff(programme: ann.programme, staff: account.id.description)
        }

        func actions() async throws -> [String] {
            let programme = programme
            return try await home.database.read { try Audit.entries($0, programme: programme) }.map(\.entry.action)
        }

        func ask(_ kind: PrivacyRequest.Kind, _ key: Character, _ member: SiteMember) async throws -> ID128 {
            guard
                case .done(let id) = try await adapter.ask(
                    kind, text: PrivacyOfficeAdapterTests.canary, for: member, key: String(repeating: key, count: 32))
            else { throw CancellationError() }
            return id
        }

        func isKnown(_ member: SiteMember) async throws -> Bool {
            try await home.engine.summary(of: member.member, in: programme)?.isKnown == true
        }
    }

    private func with(_ body: (Stage) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            do {
                var programme = Programme(
                    id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
                    timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
                programme.events = [EventType(id: "visit", fields: [.init(id: "points", type: .integer)])]
                programme.rules = [
                    Rule(id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")])
                ]
                programme.languages = [.en]
                try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
                let face = try #require(adapter.face(of: programme.id))
                var people: [SiteMember] = []
                for user in ["ann", "bob"] {
                    let name = try #require(ExternalIdentity(.user, user))
                    let event = IncomingEvent(
                        source: "t", id: user, type: "visit", time: Self.now, fields: ["points": 40])
                    _ = try await home.engine.take(
                        [EventEnvelope(event: event, user: name, anonymous: nil)], in: programme.id)
                    let member = try #require(try await home.engine.identities.find(name, programme: programme.id))
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

    // MARK: Requests

    /// The ways in which Fides approved unverified erasures (CVE-2026-42303): a replay, a duplicate, a race.
    @Test func noReplayAndNoDuplicateIsErasedUnchecked() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let officer = try await stage.staff(.privacyOfficer)
            let first = try await stage.ask(.erasure, "a", stage.ann)
            #expect(try await stage.ask(.erasure, "a", stage.ann) == first, "the same form again is the same request")
            let second = try await stage.ask(.erasure, "b", stage.ann)
            #expect(first != second)
            #expect(
                try await adapter.take(.check(.inPerson), privacyRequest: first.description, for: officer)
                    == .done(first))
            // The other one is as alike as can be, and nobody checked it.
            #expect(
                try await adapter.take(.complete(answer: ""), privacyRequest: second.description, for: officer)
                    == .refused(.unchecked))
            #expect(
                try await adapter.take(
                    .duplicate(of: first.description), privacyRequest: second.description, for: officer)
                    == .done(second))
            #expect(
                try await adapter.take(.complete(answer: ""), privacyRequest: second.description, for: officer)
                    == .refused(.over))
            #expect(try await stage.isKnown(stage.ann), "nothing was carried out yet")
            // Several at once do it once.
            let outcomes = try await withThrowingTaskGroup(of: PrivacyRequestOutcome.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await adapter.take(
                            .complete(answer: ""), privacyRequest: first.description, for: officer)
                    }
                }
                var all: [PrivacyRequestOutcome] = []
                for try await outcome in group { all.append(outcome) }
                return all
            }
            #expect(outcomes.allSatisfy { $0 == .done(first) }, "\(outcomes)")
            #expect(try await stage.actions().count { $0 == "privacy.complete" } == 1)
            #expect(try await !stage.isKnown(stage.ann))
            #expect(try await stage.isKnown(stage.bob))
            let left = try #require(try await stage.home.privacyRequests.request(first, in: stage.programme))
            #expect(left.state == .done && left.member == nil && left.identity == .inPerson)
        }
    }

    @Test func aRaceOfACheckAndACompletionErasesOnlyWhatWasChecked() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let officer = try await stage.staff(.privacyOfficer)
            let checked = try await stage.ask(.erasure, "a", stage.ann)
            let open = try await stage.ask(.erasure, "b", stage.bob)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in [checked, open, checked, open] {
                    group.addTask {
                        _ = try await adapter.take(
                            .complete(answer: ""), privacyRequest: id.description, for: officer)
                    }
                }
                group.addTask {
                    _ = try await adapter.take(
                        .check(.account), privacyRequest: checked.description, for: officer)
                }
                try await group.waitForAll()
            }
            #expect(try await stage.isKnown(stage.bob), "nobody checked this one")
            #expect(try await stage.home.privacyRequests.request(open, in: stage.programme)?.state == .open)
        }
    }

    @Test func anotherMembersRequestIsNeitherSeenNorWithdrawn() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let id = try await stage.ask(.access, "a", stage.ann)
            #expect(try await adapter.rights(of: stage.bob).requests.isEmpty)
            #expect(try await !adapter.withdraw(privacyRequest: id.description, for: stage.bob))
            #expect(try await adapter.rights(of: stage.ann).requests.map(\.id) == [id])
            #expect(try await adapter.withdraw(privacyRequest: id.description, for: stage.ann))
            #expect(try await !adapter.withdraw(privacyRequest: id.description, for: stage.ann))
        }
    }

    @Test func wordsAreTheOfficersToReadAndTheMemberSeesThatTheyWereRead() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let id = try await stage.ask(.access, "a", stage.ann)
            let main = try await stage.home.database.read { try LogicalDump.lines($0) }.joined(separator: "\n")
            let vault = try await stage.home.vaultDatabase.read { try LogicalDump.lines($0) }.joined(separator: "\n")
            #expect(!main.contains(Self.canary) && !vault.contains(Self.canary))
            let seen = try #require(
                try await adapter.privacyCase(id.description, for: try await stage.staff(.owner)))
            #expect(!seen.mayRead && seen.text == nil, "the owner sees that it is there, and not what it says")
            #expect(try await adapter.rights(of: stage.ann).looks.isEmpty)
            let officer = try await stage.staff(.privacyOfficer)
            let read = try #require(try await adapter.privacyCase(id.description, for: officer))
            #expect(read.mayRead && read.text == Self.canary)
            let looks = try await adapter.rights(of: stage.ann).looks
            #expect(looks.map(\.purpose) == ["privacy-office"] && looks[0].fields == ["conversation"])
            _ = try await adapter.take(.check(.document), privacyRequest: id.description, for: officer)
            #expect(
                try await adapter.take(
                    .complete(answer: "canary-answer"), privacyRequest: id.description, for: officer) == .done(id))
            let text = try await export(stage.ann, adapter)
            #expect(text.contains(Self.canary) && text.contains("canary-answer"))
            #expect(!text.contains(officer.staff), "who of the staff looked is nobody's business")
        }
    }

    @Test func anObjectionTurnsProfilingOff() async throws {
        try await with { stage in
            let officer = try await stage.staff(.privacyOfficer)
            _ = try await stage.home.engine.perform(
                .profile(ProfileChange(level: .session)), member: stage.ann.member, in: stage.programme)
            for (kind, key) in [(PrivacyRequest.Kind.objection, Character("a")), (.restriction, "b")] {
                let id = try await stage.ask(kind, key, stage.ann)
                _ = try await stage.adapter.take(.check(.account), privacyRequest: id.description, for: officer)
                _ = try await stage.adapter.take(.complete(answer: ""), privacyRequest: id.description, for: officer)
                let profile = try await stage.home.engine.summary(of: stage.ann.member, in: stage.programme)?.profile
                #expect(profile?.level == .off && profile?.isPaused == (kind == .restriction))
            }
        }
    }

    @Test func aLetterCountsFromTheDayOnWhichItCame() async throws {
        try await with { stage in
            let officer = try await stage.staff(.owner)
            let today = try await stage.adapter.privacyOffice(for: officer).today
            let key = String(repeating: "c", count: 32)
            let before = LocalDay(daysSinceEpoch: today.daysSinceEpoch - 10)
            let letter = PrivacyLetter(kind: .access, member: stage.ann.member.description, received: before)
            guard case .done(let id) = try await stage.adapter.open(letter, for: officer, key: key) else {
                Issue.record("the letter is refused")
                return
            }
            let request = try await stage.adapter.privacyOffice(for: officer).requests.first { $0.id == id }
            #expect(request?.receivedDay == Int32(before.daysSinceEpoch) && request?.isLetter == true)
            let later = PrivacyLetter(
                kind: .access, member: "", received: LocalDay(daysSinceEpoch: today.daysSinceEpoch + 1))
            #expect(
                try await stage.adapter.open(later, for: officer, key: String(repeating: "d", count: 32)) == .unreadable
            )
            let nobody = PrivacyLetter(
                kind: .access, member: "11223344-5566-4788-99aa-bbccddeeff00", received: today)
            #expect(
                try await stage.adapter.open(nobody, for: officer, key: String(repeating: "e", count: 32)) == .unknown)
        }
    }

    @Test(arguments: Role.allCases)
    func nobodyElseReachesTheOffice(role: Role) async throws {
        try await with { stage in
            let adapter = stage.adapter
            let staff = try await stage.staff(role)
            let id = try await stage.ask(.access, "a", stage.ann).description
            let letter = PrivacyLetter(kind: .access, member: "", received: LocalDay(daysSinceEpoch: 20_000))
            let calls: [() async throws -> Void] = [
                { _ = try await adapter.privacyOffice(for: staff) },
                { _ = try await adapter.privacyCase(id, for: staff) },
                { _ = try await adapter.open(letter, for: staff, key: String(repeating: "f", count: 32)) },
                { _ = try await adapter.take(.check(.account), privacyRequest: id, for: staff) },
                { _ = try await adapter.processing(for: staff) }, { _ = try await adapter.affected(for: staff) },
            ]
            for call in calls {
                var isRefused = false
                do { try await call() } catch let error as HTTPError { isRefused = error.status == .forbidden }
                #expect(isRefused == ![.owner, .privacyOfficer].contains(role))
            }
        }
    }

    // MARK: My data

    @Test func detailsAreCorrectedThroughTheVault() async throws {
        try await with { stage in
            let adapter = stage.adapter
            try await adapter.correct(
                OwnDetails(values: [.name: "Ann é", .phone: "1", .address: "Street 1"]), for: stage.ann)
            #expect(try await adapter.details(of: stage.ann).values[.name] == "Ann é")
            try await adapter.correct(OwnDetails(values: [.name: "Ann", .phone: " ", .address: ""]), for: stage.ann)
            #expect(try await adapter.details(of: stage.ann).values == [.name: "Ann"])
            #expect(try await adapter.details(of: stage.bob).values.isEmpty)
            #expect(try await adapter.rights(of: stage.ann).looks.isEmpty, "looking at one's own is no look")
        }
    }

    private func export(
        _ member: SiteMember, _ adapter: SiteAdapter, from first: String? = nil
    ) async throws -> String {
        var (bytes, place, parts): ([UInt8], String?, Int) = ([], first, 0)
        repeat {
            let part = try #require(try await adapter.export(of: member, after: place, language: .en))
            bytes += part.bytes
            place = part.next
            parts += 1
        } while place != nil && parts < 100
        return String(decoding: bytes, as: UTF8.self)
    }

    /// GDPR articles 15 and 20 as a test: one canary per table, and all return.
    @Test func aCanaryOfEachTableComesBack() async throws {
        try await with { stage in
            let (member, programme) = (stage.ann.member, stage.programme)
            let tables = Home.memberTables.tables
            try await stage.home.database.write { connection in
                for table in tables where table.name != "member" {
                    let columns = try connection.query(
                        "SELECT name, upper(type) FROM pragma_table_info('\(table.name)')")
                    let names = try columns.map { try $0.text(0) }
                    #expect(Set(names) == Set(table.columns), "\(table.name) is read otherwise than it is made")
                    let values: [SQLValue] = try columns.map { column in
                        switch (try column.text(0), try column.text(1)) {
                        case ("member_id", _): .member(member)
                        case ("programme_id", _): .programme(programme)
                        case (let name, "TEXT"): .text("canary-\(table.name)-\(name)")
                        case (_, "BLOB"): .id(ID128(high: 7, low: 7))
                        default: .integer(1)
                        }
                    }
                    let marks = names.map { _ in "?" }.joined(separator: ", ")
                    try connection.execute(
                        "INSERT OR REPLACE INTO \(table.name) (\(names.joined(separator: ", "))) VALUES (\(marks))",
                        values)
                }
            }
            let text = try await export(stage.ann, stage.adapter, from: "records.0.0.0")
            let json = try JSONValue(parsing: Array(("{\"records\":{" + text).utf8))
            for table in tables {
                let rows = json["records"]?[table.name]?.arrayValue?.flatMap { $0.arrayValue ?? [] } ?? []
                #expect(!rows.isEmpty, "nothing of \(table.name)")
                for row in rows {
                    for column in MemberTables.leftOut.keys { #expect(row[column] == nil, "\(table.name).\(column)") }
                }
            }
            let other = try await export(stage.bob, stage.adapter, from: "records.0.0.0")
            #expect(!other.contains("canary-"))
        }
    }

    @Test func theWholeExportIsOneDocument() async throws {
        try await with { stage in
            let text = try await export(stage.ann, stage.adapter)
            let json = try JSONValue(parsing: Array(text.utf8))
            #expect(json["records"]?["transfer"]?.arrayValue?.first?.arrayValue?.count == 1)
            #expect(json["proposals"]?.arrayValue?.isEmpty == true && json["privacy_requests"] != nil)
            #expect(!text.contains(stage.bob.member.description))
        }
    }

    @Test func theDrillCountsWithoutNamingAnybody() async throws {
        try await with { stage in
            let file = try await stage.adapter.affected(for: try await stage.staff(.privacyOfficer))
            #expect(file.content.tables.contains { $0.domain == .vault && $0.name == "person" && $0.members == 2 })
            #expect(file.content.tables.contains { $0.domain == .ledger && $0.name == "transfer" && $0.members == 2 })
            for member in [stage.ann, stage.bob] { #expect(!file.json.contains(member.member.description)) }
            #expect(try await stage.actions().contains("privacy.breach-drill"))
        }
    }
}
