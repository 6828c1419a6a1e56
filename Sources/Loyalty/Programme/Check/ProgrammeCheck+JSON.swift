public import Primitives

extension ProgrammeCheck {
    /// The result for machines: `{"programme", "errors", "warnings", "problems": [...], "rules": [...], "examples": [...]}`;
    /// `programme` is `null` if there is any error.
    public var json: JSONValue {
        [
            "programme": programme.map { .string($0.id.name) } ?? .null,
            "errors": .integer(Int64(errors.count)),
            "warnings": .integer(Int64(warnings.count)),
            "problems": .array(problems.map(\.json)),
            "rules": .array(rules.map(\.json)),
            "examples": .array(examples.map(\.json)),
        ]
    }
}

extension DocumentProblem {
    /// `{"path", "line", "column", "severity", "message", "fix"}`; `fix` is `null` if nobody knows one.
    public var json: JSONValue {
        [
            "path": .string(path), "line": .integer(Int64(line)), "column": .integer(Int64(column)),
            "severity": .string(severity.rawValue), "message": .string(message),
            "fix": fix.map { .string($0) } ?? .null,
        ]
    }
}

extension RuleSummary {
    /// `{"kind", "id", "trigger", "facts", "reads", "dependsOnOrder", "servedBelowPersonal"}`.
    public var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "id": .string(id), "trigger": .string(trigger),
            "facts": .string(facts.rawValue), "reads": .array(reads.map { .string($0) }),
            "dependsOnOrder": .array(dependsOnOrder.map { .string($0) }),
            "servedBelowPersonal": .bool(facts.isServed(at: .persona)),
        ]
    }
}

extension ExampleResult {
    /// `{"rule", "index", "passed", "expected", "given", "failure"}`; amounts by unit.
    public var json: JSONValue {
        func amounts(_ amounts: [String: Int64]) -> JSONValue {
            .object(JSONObject(amounts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }))
        }
        return [
            "rule": .string(rule), "index": .integer(Int64(index)), "passed": .bool(passed),
            "expected": amounts(expected), "given": amounts(given), "failure": failure.map { .string($0) } ?? .null,
        ]
    }
}
