import Testing

@testable import Catalogue

@Suite("Comma-separated values")
struct CSVReaderTests {
    private func read(_ text: String, separator: String = ",", quotes: Bool = true) -> [CSVReader.Record] {
        Array(CSVReader(Array(text.utf8), separator: separator, quotes: quotes))
    }

    @Test(
        "Records of RFC 4180 are read",
        arguments: [
            ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]), ("\"a,\"\"b\"\"\",\"c\nd\"\n", [["a,\"b\"", "c\nd"]]),
            ("a,\n,b", [["a", ""], ["", "b"]]),
            ("a,", [["a", ""]]), (",", [["", ""]]), ("a\rb\r\n\n\nc", [["a"], ["b"], ["c"]]), ("", []),
            ("\u{FEFF}é", [["é"]]),
            ("\"\"", [[""]]), ("a\"b,c", [["a\"b", "c"]]),
        ])
    func reads(text: String, records: [[String]]) {
        let found = read(text).compactMap { if case .fields(let fields, _) = $0 { fields } else { nil } }
        #expect(found == records)
        #expect(found.count == read(text).count)
    }

    @Test("A separator may be longer than one character, and quotes may be nothing special")
    func readsOthers() {
        #expect(
            read("1::A \"b\": c::d|e", separator: "::", quotes: false) == [
                .fields(["1", "A \"b\": c", "d|e"], line: 1)
            ])
    }

    @Test("A broken file is read up to where it breaks, and says where")
    func reports() {
        let quote = read("a,b\n\"c,d\ne,f\n")
        #expect(quote == [.fields(["a", "b"], line: 1), .broken(CSVProblem(reason: .quoteNotClosed, line: 2))])
        #expect(read("\"a\nb\"c") == [.broken(CSVProblem(reason: .textAfterQuote, line: 2))])
        let bytes: [UInt8] = Array("a\n".utf8) + [0xFF]
        #expect(Array(CSVReader(bytes)).last == .broken(CSVProblem(reason: .invalidUTF8, line: 2)))
        #expect(
            read(String(repeating: ",", count: 2_000)) == [
                .broken(CSVProblem(reason: .tooManyFields(limit: 1_000), line: 1))
            ])
        let long = "\"" + String(repeating: "x", count: 1_000_001)
        #expect(read(long) == [.broken(CSVProblem(reason: .tooLong(limit: 1_000_000), line: 1))])
    }

    @Test("Lines are counted through quoted fields and every kind of line end")
    func countsLines() {
        let lines = read("\"a\nb\"\r\n\r\nc\rd").compactMap { if case .fields(_, let line) = $0 { line } else { nil } }
        #expect(lines.first == 1)
        #expect(lines.count == 3)
        #expect(lines[1] == 4)
    }
}
