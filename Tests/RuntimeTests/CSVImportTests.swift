import Catalogue
import Foundation
import Loyalty
import Primitives
import Settings
import Storage
import TestSupport
import Testing
import Vault

@testable import Runtime

@Suite struct CSVImportTests {
    static let mapping = """
        source: kiosk
        separator: ";"
        user: lezer
        anonymous: apparaat
        type: { column: soort, values: { gelezen: article.read, bezoek: visit }, ignore: [klik] }
        time: { column: wanneer, format: dd-MM-yyyy HH:mm, zone: Europe/Amsterdam }
        channel: app
        id: [soort, nummer]
        fields:
          item: { column: stuk, prefix: "art-" }
          share: { column: deel, decimal: ",", divide: 100 }
          seconds: seconden
          points: punten
        """
    static let file = """
        lezer;apparaat;soort;wanneer;nummer;stuk;deel;seconden;punten
        é1;;gelezen;20-11-2026 10:00;1;77;92,5;120;
        ;dev-1;bezoek;19-11-2026 09:00;2;;;;7
        é1;;klik;20-11-2026 10:01;3;;;;
        é1;;gelezen;18-11-2026 10:00;4;78;80;veel;
        é2;;gelezen;31-02-2026 10:00;5;79;80;60;
        ;;gelezen;20-11-2026 10:00;6;79;80;60;
        é3;;gekocht;20-11-2026 10:00;7;79;80;60;
        é3;;bezoek;20-11-2026 10:00;8
        é2;;bezoek;17-11-2026 08:00;9;;;;9
        """

    private func mapping(_ text: String = CSVImportTests.mapping) throws -> EventMapping {
        try EventMapping(document: try YAMLDocument(text).value)
    }

    private func source(
        _ test: TestEngine, _ text: String = CSVImportTests.file, mapping document: String = CSVImportTests.mapping
    ) throws -> CSVEvents {
        let compiled = try #require(test.engine.host[test.programme])
        return try CSVEvents(
            ByteChunks(Array(text.utf8)), mapping: try mapping(document), programme: compiled,
            offsets: test.engine.zones)
    }

    @Test func rowsBecomeEventsInTheirTimeAndWhatDoesNotFitIsNamed() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            var problems: [RowProblem] = []
            let importer = Importer(engine: test.engine, programme: test.programme, folder: NSTemporaryDirectory())
            let report = try await importer.run(try source(test), problem: { problems.append($0) })
            // Three fit; `veel` seconds goes into quarantine; four rows are no events; one is passed over.
            #expect(report.accepted == 3)
            #expect(report.quarantined == 5)
            #expect(report.members == 3)
            #expect(
                problems.map { "\($0.line) \($0.column)" } == [
                    "5 seconden", "6 wanneer", "7 lezer", "8 soort", "9 ",
                ])
            #expect(problems.allSatisfy { !$0.problem.isEmpty && !$0.fix.isEmpty })
            #expect(!"\(problems)".contains("é"), "no problem names a person")

            let store = LoyaltyStore(programme: test.programme)
            let kept = try await test.database.read { try store.quarantined(limit: 10, $0) }
            #expect(kept.map(\.field) == ["seconds"])
            #expect(kept.map(\.type) == ["article.read"])
            // It waits for as long as any other from the day of the import on, not from its own.
            _ = try await Keeper.forget(
                test.engine, test.programme, at: TestEngine.start.adding(milliseconds: 29 * 86_400_000))
            #expect(try await test.database.read { try store.quarantined(limit: 10, $0) }.count == 1)
            let one = try await test.engine.summary(of: test.member("é1"), in: test.programme)
            #expect(one?.balances.first { $0.unit == "ink" }?.spendable == 15)
            let two = try await test.engine.summary(of: test.member("é2"), in: test.programme)
            #expect(two?.balances.first { $0.unit == "ink" }?.spendable == 9)
            let device = try #require(ExternalIdentity(.anonymous, "dev-1"))
            #expect(try await test.engine.identities.find(device, programme: test.programme) != nil)
            #expect(try await test.verify().differenceCount == 0)

            // Importing twice changes nothing, in whatever order, with however little memory.
            let before = try await test.database.read { try LogicalDump.lines($0) }
            let lines = Self.file.split(separator: "\n")
            let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
            var small = importer
            small.sortBytes = 1
            let again = try await small.run(try source(test, turned))
            #expect(again.accepted == 0 && again.duplicates == 3 && again.quarantined == 5)
            #expect(try await test.database.read { try LogicalDump.lines($0) } == before)
        }
    }

    @Test func withoutAnIDColumnTheRowItselfIsTheEvent() async throws {
        try await TestEngine.with(.sqlite, SampleProgramme.programme) { test in
            let mapping =
                "source: shop\nuser: who\ntype: visit\ntime: { column: at, format: date }\nfields: { points: n }\n"
            let text = "who,at,n\na,2026-11-01,5\na,2026-11-01,5\na,2026-11-01,6\n"
            let importer = Importer(engine: test.engine, programme: test.programme, folder: NSTemporaryDirectory())
            let report = try await importer.run(try source(test, text, mapping: mapping))
            #expect(report.accepted == 2 && report.duplicates == 1 && report.members == 1)
            // The rows may stand elsewhere the next time.
            let turned = "who,at,n\na,2026-11-01,6\na,2026-11-01,5\n"
            #expect(try await importer.run(try source(test, turned, mapping: mapping)).duplicates == 2)
        }
    }

    @Test func aFileThatBreaksOffChangesNothing() async throws {
        try await TestEngine.with(.sqlite, SampleProgramme.programme) { test in
            let before = try await test.database.read { try LogicalDump.lines($0) }
            let importer = Importer(engine: test.engine, programme: test.programme, folder: NSTemporaryDirectory())
            await #expect(throws: CSVProblem(reason: .quoteNotClosed, line: 11)) {
                _ = try await importer.run(try source(test, Self.file + "\n\"é9;gelezen"))
            }
            #expect(try await test.database.read { try LogicalDump.lines($0) } == before)
        }
    }

    @Test(arguments: [
        ("source: kiosk", "source: [x]", "source"),
        ("user: lezer\n", "user: lezr\n", "no column 'lezr'"),
        ("bezoek: visit", "bezoek: visiet", "no event type 'visiet'"),
        ("points: punten", "pints: punten", "field 'pints'"),
        ("  seconds: seconden\n", "", "requires the field 'seconds'"),
        ("Europe/Amsterdam", "Europe/Nergens", "no time zone 'Europe/Nergens'"),
        ("format: dd-MM-yyyy HH:mm", "format: HH:mm", "time.format"),
        ("separator: \";\"", "seperator: \";\"", "no such setting"),
        ("prefix: \"art-\"", "suffix: \"art-\"", "fields.item.suffix"),
        ("divide: 100", "divide: 0", "above zero"),
    ])
    func aMappingThatDoesNotFitIsRefusedBeforeTheFirstRow(part: String, other: String, says: String) async throws {
        try await TestEngine.with(.sqlite, SampleProgramme.programme) { test in
            let changed = Self.mapping.replacingOccurrences(of: part, with: other)
            #expect(changed != Self.mapping)
            do {
                let importer = Importer(engine: test.engine, programme: test.programme, folder: NSTemporaryDirectory())
                _ = try await importer.run(try source(test, mapping: changed))
                Issue.record("taken")
            } catch {
                #expect("\(error)".contains(says), "\(error)")
            }
            let claims = try await test.database.read { try $0.query("SELECT count(*) FROM event_claim").first?.int(0) }
            #expect(claims == 0)
        }
    }

    @Test func gzipIsReadAsItComesWithAllItsMembers() throws {
        let folder = NSTemporaryDirectory() + "stamgast-gzip-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let text = (0..<60_000).map { "line \($0)\n" }.joined()
        try text.write(toFile: folder + "/a", atomically: true, encoding: .utf8)
        try "the end\n".write(toFile: folder + "/b", atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "cd '\(folder)' && (gzip -c a; gzip -c b) > c.gz && head -c 50000 c.gz > cut.gz"]
        try process.run()
        process.waitUntilExit()
        let whole = try FileChunks(path: folder + "/c.gz").contents(limit: 10_000_000)
        #expect(String(decoding: whole, as: UTF8.self) == text + "the end\n")
        #expect(throws: Gzip.Problem.malformed) { try FileChunks(path: folder + "/cut.gz").contents(limit: 10_000_000) }
        #expect(throws: Gzip.Problem.tooLarge(limit: 1_000)) {
            try FileChunks(path: folder + "/c.gz").contents(limit: 1_000)
        }
        // In memory as from a file.
        let packed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/c.gz")))
        #expect(try Gzip.decompress(packed, limit: whole.count) == whole)
        #expect(throws: Gzip.Problem.tooLarge(limit: 1_000)) { try Gzip.decompress(packed, limit: 1_000) }
        for bad in [[], Array(packed.dropLast()), packed + [0], Array("no gzip".utf8)] {
            #expect(throws: Gzip.Problem.malformed) { try Gzip.decompress(bad, limit: 10_000_000) }
        }
        #expect(throws: FileChunks.Problem.self) { try FileChunks(path: folder) }
        #expect(throws: FileChunks.Problem.self) { try FileChunks(path: folder + "/none") }
    }

    @Test func aLinkJoinsPersonsInItsTimeAndOnlyOnce() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            struct Rows: ImportSource {
                var rows: [ImportedRow]
                mutating func next() -> ImportedRow? { rows.isEmpty ? nil : rows.removeFirst() }
            }
            func visit(_ id: String, _ person: ExternalIdentity?, day: Int, points: Int64) -> ImportedRow {
                .entry(
                    .event(
                        ImportedEvent(
                            person: person,
                            event: IncomingEvent(
                                source: "s", id: id, type: "visit", time: Self.day(day),
                                fields: ["points": .integer(points)]))))
            }
            let user = try #require(ExternalIdentity(.user, "anna"))
            let device = try #require(ExternalIdentity(.anonymous, "phone"))
            let rows: [ImportedRow] = [
                visit("3", device, day: 3, points: 4),
                .entry(.link(ImportedLink(id: "link", time: Self.day(2), subject: user, previous: device))),
                visit("1", device, day: 1, points: 3),
            ]
            let importer = Importer(engine: test.engine, programme: test.programme, folder: NSTemporaryDirectory())
            let report = try await importer.run(Rows(rows: rows))
            #expect(report.accepted == 3)
            let summary = try await test.engine.summary(of: test.member("anna"), in: test.programme)
            #expect(summary?.balances.first { $0.unit == "ink" }?.spendable == 7)
            let before = try await test.database.read { try LogicalDump.lines($0) }
            #expect(try await importer.run(Rows(rows: rows)).duplicates == 3)
            #expect(try await test.database.read { try LogicalDump.lines($0) } == before)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    private static func day(_ day: Int) -> Instant {
        Instant(milliseconds: TestEngine.start.milliseconds + Int64(day - 30) * 86_400_000)
    }
}
