public import Primitives

/// What the examples beside the rules of one document came to, for people and for the tools that run tests on each change.
///
/// A document with errors other than failing examples runs no example: the errors are reported in their place, and the
/// report has failed.
public struct ExampleReport: Sendable, Hashable {
    /// In the order of the document.
    public var examples: [ExampleResult]
    /// What keeps examples from being run; empty if they were.
    public var errors: [DocumentProblem]

    public init(_ check: ProgrammeCheck) {
        examples = check.examples
        // A failing example is an error of the check too; it is reported once, as the example that it is.
        errors = check.examples.isEmpty ? check.errors : []
    }

    /// The report on a document that could not be taken from its files.
    public init(errors: [DocumentProblem]) {
        examples = []
        self.errors = errors
    }

    public var failures: [ExampleResult] { examples.filter { !$0.passed } }

    public var passed: Bool { errors.isEmpty && failures.isEmpty }

    /// A line for each failure, with its place, and the sum of it.
    public var text: String {
        var lines = errors.map(\.description)
        lines += failures.map { "\($0.path):\($0.line):\($0.column): \($0.name): \($0.failure ?? "")" }
        if !errors.isEmpty { return (lines + ["No example was run."]).joined(separator: "\n") }
        let count = examples.count == 1 ? "1 example" : "\(examples.count) examples"
        lines.append("\(count), \(failures.isEmpty ? "none" : "\(failures.count)") failed.")
        return lines.joined(separator: "\n")
    }

    /// `{"ok", "count", "failed", "errors": [...], "examples": [...]}`.
    public var json: JSONValue {
        [
            "ok": .bool(passed), "count": .integer(Int64(examples.count)),
            "failed": .integer(Int64(failures.count)), "errors": .array(errors.map(\.json)),
            "examples": .array(
                examples.map { example in
                    [
                        "path": .string(example.path), "line": .integer(Int64(example.line)),
                        "column": .integer(Int64(example.column)), "result": example.json,
                    ]
                }),
        ]
    }

    /// The form in which JUnit's Ant task reports, which servers for continuous integration read: one test case per
    /// example, and one per error that kept the examples from being run.
    ///
    /// - Parameter suite: what the report is called; the programme's folder, say.
    public func junit(suite: String) -> String {
        let counts =
            "tests=\"\(examples.count + errors.count)\" failures=\"\(failures.count)\" errors=\"\(errors.count)\""
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(counts)>"]
        lines.append("  <testsuite name=\"\(Self.escaped(suite))\" \(counts)>")
        for error in errors {
            lines.append("    <testcase name=\"document\" \(Self.place(error.path, error.line))>")
            lines.append("      <error message=\"\(Self.escaped(error.description))\"/>")
            lines.append("    </testcase>")
        }
        for example in examples {
            let start = "    <testcase name=\"\(Self.escaped(example.name))\" \(Self.place(example.path, example.line))"
            guard let failure = example.failure else {
                lines.append(start + "/>")
                continue
            }
            lines.append(start + ">")
            lines.append("      <failure message=\"\(Self.escaped(failure))\"/>")
            lines.append("    </testcase>")
        }
        return (lines + ["  </testsuite>", "</testsuites>", ""]).joined(separator: "\n")
    }

    private static func place(_ path: String, _ line: Int) -> String {
        "classname=\"\(escaped(path))\" file=\"\(escaped(path))\" line=\"\(line)\""
    }

    /// The text in an attribute of XML 1.0; characters that XML cannot hold become a question mark.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\r", "\t": result += "&#\(scalar.value);"
            case _ where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): result += "?"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
