import Primitives
import Testing

@testable import Catalogue

@Suite("Items from files")
struct ItemImportTests {
    @Test("JSON lines are read, each fault with its line")
    func readsJSONLines() {
        let text = """
            {"id": "a", "title": "Café", "language": "nl"}

            {"id": "b", "title": 7}
            {"id": "c"
            {"id": "d", "title": {"ja": "海"}}\r
            """
        let (drafts, faults) = sorted(ItemImport.jsonLines(ByteChunks(Array(text.utf8))))
        #expect(drafts.map(\.id) == ["a", "d"])
        #expect(faults.map(\.index) == [1, 2])
        #expect(faults.first?.problem.hasPrefix("line 3: ") == true)
        #expect(faults.last?.problem.hasPrefix("line 4, column ") == true)
    }

    @Test("Columns become fields as the mapping says")
    func mapsColumns() throws {
        let mapping = try ItemMapping(
            document: try JSONValue(
                parsing: """
                    {"separator": ";", "language": "nl", "columns": {"id": "nummer", "title": "kop", "topics": "rubriek",
                     "published_at": "datum", "sensitive": "gevoelig", "makers": "#6"}, "constants": {"access": "subscriber"}}
                    """))
        let text = """
            nummer;kop;rubriek;datum;gevoelig;door
            1;"Café; aan zee";Kunst & Cultuur|Opera;2026-03-01;yes;anna|bram
            2;Twee;;1772352000;;
            3;Drie;;gisteren;misschien;
            """
        let (drafts, faults) = sorted(ItemImport.csv(ByteChunks(Array(text.utf8)), mapping: mapping))
        #expect(drafts.map(\.id) == ["1", "2"])
        let first = try #require(drafts.first)
        #expect(first.title == ["nl": "Café; aan zee"])
        #expect(first.topics == ["kunst-&-cultuur", "opera"])
        #expect(first.makers == ["anna", "bram"])
        #expect(first.access == "subscriber")
        #expect(first.isSensitive)
        #expect(drafts.last?.publishedAt == Fixture.morning)
        #expect(faults.map(\.field) == ["published_at", "sensitive"])
        #expect(faults.allSatisfy { $0.index == 2 && $0.problem.hasPrefix("line 4: ") })
        #expect(ItemCheck(limits: .standard).check(drafts).faults.isEmpty)
    }

    @Test("Films in the format of MovieTweetings are read")
    func readsFilms() {
        let text =
            "0000008::Edison Kinetoscopic Record of a Sneeze (1894)::Documentary|Short\n0002844::Fantômas (1913)::\n"
        let (drafts, faults) = sorted(ItemImport.csv(ByteChunks(Array(text.utf8)), mapping: .movieTweetings))
        #expect(faults.isEmpty)
        #expect(drafts.map(\.id) == ["0000008", "0002844"])
        #expect(drafts.map(\.kind) == ["video", "video"])
        #expect(drafts.map(\.topics) == [["documentary", "short"], []])
        #expect(ItemCheck(limits: .standard).check(drafts).faults.isEmpty)
    }

    @Test("A file without the columns it needs, and one that breaks, say so")
    func reportsFiles() {
        let missing = sorted(ItemImport.csv(ByteChunks(Array("id,kop\n1,x".utf8))))
        #expect(missing.drafts.isEmpty)
        #expect(missing.faults.first?.problem == "the file has no column title")
        let broken = sorted(ItemImport.csv(ByteChunks(Array("id,title\n1,x\n2,\"y".utf8))))
        #expect(broken.drafts.map(\.id) == ["1"])
        #expect(broken.faults.map(\.index) == [1])
    }

    @Test(
        "A wrong mapping names what is wrong",
        arguments: [
            ("[]", "no object"), ("{}", "at least where id and title"),
            (#"{"columns": {"naam": "x"}}"#, "no such field"),
            (#"{"colums": {}}"#, "no such setting"), (#"{"separator": 1}"#, "must be a text"),
            (#"{"headings": "no"}"#, "true or false"),
        ])
    func refusesMappings(text: String, part: String) throws {
        let document = try JSONValue(parsing: text)
        do throws(MappingProblem) {
            _ = try ItemMapping(document: document)
            Issue.record("took \(text)")
        } catch {
            #expect(error.description.contains(part), "\(error)")
        }
    }
}
