import Primitives
import Testing

@testable import Catalogue

@Suite("Files larger than memory")
struct StreamingTests {
    /// The same bytes, at most `size` of them at a time.
    private func chunks(_ bytes: [UInt8], of size: Int) -> ByteChunks {
        var rest = bytes[...]
        return ByteChunks {
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
    }

    @Test("Records are the same however the bytes arrive", arguments: [1, 2, 3, 7, 64, 65_536, 65_537])
    func recordsDoNotDependOnChunks(size: Int) {
        // Long enough for several refills, with line ends, separators and quotes at all their boundaries.
        var text = "\u{FEFF}id::title\r\n"
        for number in 0..<9_000 {
            let filling = String(repeating: "x", count: number % 13)
            text += "\(number)::\"é \(filling) \"\"::\"\"\r\n\"" + (number % 2 == 0 ? "\r\n" : "\n")
            if number % 5 == 0 { text += "\n" }
        }
        let bytes = Array(text.utf8)
        let whole = Array(CSVReader(bytes, separator: "::"))
        #expect(whole.count == 9_001)
        #expect(Array(CSVReader(chunks(bytes, of: size), separator: "::")) == whole)
        let lines = Array(LineReader(chunks(bytes, of: size)))
        #expect(lines == Array(LineReader(ByteChunks(bytes))))
    }

    @Test("Lines are counted, empty ones passed over, and too long ones refused")
    func readsLines() {
        let found = Array(LineReader(ByteChunks(Array("\u{FEFF}a\r\n\n  \nb".utf8))))
        #expect(found == [.text(Array("a".utf8), line: 1), .text(Array("b".utf8), line: 4)])
        let long = [UInt8](repeating: 0x61, count: LineReader.maximumLineBytes + 1)
        let problem = CSVProblem(reason: .tooLong(limit: LineReader.maximumLineBytes), line: 1)
        #expect(Array(LineReader(ByteChunks(long + [0x0A, 0x62]))) == [.broken(problem)])
        #expect(Array(LineReader(chunks(long, of: 1_000))) == [.broken(problem)])
    }

    @Test("A file that cannot be read on says so, with its line")
    func reportsWhatTheSystemSays() {
        struct Gone: Error, CustomStringConvertible { let description = "gone" }
        var calls = 0
        func source() -> ByteChunks {
            calls = 0
            return ByteChunks {
                calls += 1
                if calls > 1 { throw Gone() }
                return Array("a,b\nc,".utf8)
            }
        }
        #expect(Array(CSVReader(source())).last == .broken(CSVProblem(reason: .unreadable("gone"), line: 1)))
        #expect(Array(LineReader(source())).last == .broken(CSVProblem(reason: .unreadable("gone"), line: 1)))
    }

    @Test("A JSON document of items is read as a list or as a body of PUT /v1/items")
    func readsDocuments() throws {
        let items = #"[{"id": "a", "title": "A", "language": "nl"}, {"id": 1}]"#
        for text in [items, #"{"items": \#(items)}"#] {
            let (drafts, faults) = sorted(ItemImport.json(try .init(parsing: text)))
            #expect(drafts.map(\.id) == ["a"])
            #expect(!faults.isEmpty && faults.allSatisfy { $0.index == 1 })
        }
        #expect(sorted(ItemImport.json("nothing")).faults.count == 1)
    }
}
