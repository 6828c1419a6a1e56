import CEL
import Synchronization
import Testing

/// The case files, and how many cases each has.
let vectorFiles: [(name: String, cases: Int)] = [
    ("basic", 41), ("bindings_ext", 6), ("block_ext", 22), ("comparisons", 297), ("conversions", 88),
    ("encoders_ext", 3), ("fields", 54), ("fp_math", 26), ("integer_math", 58), ("lists", 33), ("logic", 24),
    ("macros", 32), ("macros2", 40), ("math_ext", 170), ("namespace", 13), ("network_ext", 56), ("optionals", 54),
    ("parse", 170), ("plumbing", 3), ("string", 45), ("string_ext", 189), ("timestamps", 64), ("type_deduction", 24),
]

@Suite struct ConformanceTests {
    private static let passed = Mutex((files: 0, cases: 0))

    @Test(
        "every case of a vector file passes in every plan",
        .enabled(if: Shared.root != nil || Shared.isRequired, Shared.absence),
        arguments: vectorFiles.map(\.name))
    func vectors(_ file: String) throws {
        let root = try #require(Shared.root, Shared.absence)
        let bytes = try #require(Shared.bytes("\(root)/vectors/cel/\(file).json"))
        let outcomes = Conformance.run(caseFile: bytes, name: file, timeZones: SystemTimeZones())
        #expect(outcomes.count == vectorFiles.first { $0.name == file }?.cases)
        for outcome in outcomes {
            if let reason = knownFailures[outcome.name] {
                #expect(!outcome.passed, "\(outcome.name) passes now: take it off the list (\(reason))")
            } else {
                #expect(outcome.passed, "\(outcome.name): \(outcome.expression): \(outcome.detail)")
            }
        }
        let count = outcomes.count { $0.passed }
        let total = Self.passed.withLock { total in
            total.files += 1
            total.cases += count
            return total
        }
        print("CEL conformance: \(file) \(count) of \(outcomes.count)")
        if total.files == vectorFiles.count { print("CEL conformance: \(total.cases) cases passed in all") }
    }

    @Test func `a file that is not JSON is one failed case`() {
        let outcomes = Conformance.run(caseFile: Array("[{".utf8), name: "broken")
        #expect(outcomes.map(\.name) == ["broken/unreadable"])
        #expect(outcomes.allSatisfy { !$0.passed })
    }

    @Test func `a wrong expectation fails`() {
        let text =
            #"[{"name":"a","section":"s","expr":"1 + 1","value":{"int64_value":"3"}},{"name":"b","expr":"1 == 1"}]"#
        let outcomes = Conformance.run(caseFile: Array(text.utf8), name: "own")
        #expect(outcomes.map(\.passed) == [false, true])
        #expect(outcomes.first?.detail == "expected 3, got 2")
    }
}
