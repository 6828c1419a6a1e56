/// What became of one conformance case.
public struct CaseOutcome: Sendable, Hashable {
    /// The case as `file/section/name`; repeated names of a file are numbered: `…#2`.
    public let name: String
    public let expression: String
    public let passed: Bool
    /// What was expected and what came instead; empty when it passed.
    public let detail: String
}

/// Runs the conformance cases of cel-spec in their JSON form.
///
/// A case file is an array of objects with `name`, `section`, `expr`, optionally `container`, `type_env`, `bindings`,
/// `disable_check`, `check_only`, and one of `value`, `eval_error`, `typed_result` or nothing (the result is `true`).
/// Every case with a value is evaluated by all plans; a case passes only if they agree.
public enum Conformance {
    /// Runs every case of a file.
    /// - Parameters:
    ///   - caseFile: the bytes of the file.
    ///   - name: the file's name without its extension, which prefixes the names of the cases.
    ///   - timeZones: where zones are looked up.
    /// - Returns: one outcome for each case; one that failed, named `name/unreadable`, for a file that is not JSON.
    public static func run(
        caseFile: [UInt8], name: String, timeZones: (any TimeZoneSource)? = nil
    ) -> [CaseOutcome] {
        guard let cases = JSONReader.read(caseFile)?.array else {
            return [CaseOutcome(name: "\(name)/unreadable", expression: "", passed: false, detail: "not JSON")]
        }
        var seen: [String: Int] = [:]
        return cases.map { item in
            let base = "\(name)/\(item["section"]?.string ?? "")/\(item["name"]?.string ?? "")"
            seen[base, default: 0] += 1
            let count = seen[base] ?? 1
            let detail = ConformanceCase(item, timeZones).run()
            return CaseOutcome(
                name: count == 1 ? base : "\(base)#\(count)", expression: item["expr"]?.string ?? "",
                passed: detail == nil, detail: detail ?? "")
        }
    }
}

/// One case.
struct ConformanceCase {
    private let item: JSON
    private let timeZones: (any TimeZoneSource)?

    init(_ item: JSON, _ timeZones: (any TimeZoneSource)?) {
        self.item = item
        self.timeZones = timeZones
    }

    /// Nil when the case passes, otherwise what went wrong.
    func run() -> String? {
        guard let expression = item["expr"]?.string else { return "no expression" }
        var environment = Environment(container: item["container"]?.string ?? "")
        environment.timeZones = timeZones
        environment.validatesLiterals = false
        if let problem = declare(in: &environment) { return problem }
        let checked: CheckedExpression
        do {
            let isUnchecked = item["disable_check"]?.bool ?? false
            checked = isUnchecked ? try environment.parse(expression) : try environment.check(expression)
        } catch {
            return item["eval_error"] == nil ? "refused: \(error)" : nil
        }
        if let wanted = item["typed_result"]?["deduced_type"] {
            guard let type = ConformanceTypes.type(wanted) else { return "unreadable type \(wanted.text)" }
            if type != checked.type { return "expected type \(type), deduced \(checked.type)" }
        }
        if item["check_only"]?.bool ?? false { return nil }
        var frame = Frame(layout: environment.layout)
        for binding in item["bindings"]?.object ?? [] {
            guard let value = binding.value["value"].flatMap(ConformanceValues.value),
                let slot = environment.layout.slot(binding.key)
            else { return "unreadable binding \(binding.key)" }
            frame[slot] = value
        }
        return compare(checked, frame) ?? rewrite(checked, frame, environment)
    }

    /// Writes the expression out, reads it again and compares once more.
    private func rewrite(_ checked: CheckedExpression, _ frame: Frame, _ environment: Environment) -> String? {
        let text = checked.unparsed()
        do {
            let isUnchecked = item["disable_check"]?.bool ?? false
            let again = isUnchecked ? try environment.parse(text) : try environment.check(text)
            if again.unparsed() != text { return "written as \(text), then as \(again.unparsed())" }
            return compare(again, frame).map { "written as \(text): \($0)" }
        } catch {
            return "written as \(text), which is refused: \(error)"
        }
    }

    private func declare(in environment: inout Environment) -> String? {
        for entry in item["type_env"]?.array ?? [] {
            guard let name = entry["name"]?.string else { return "a declaration without a name" }
            if let type = entry["ident"]?["type"] {
                guard let type = ConformanceTypes.type(type) else { return "unreadable type \(type.text)" }
                environment.declare(variable: name, type: type)
            }
            for overload in entry["function"]?["overloads"]?.array ?? [] {
                let parameters = (overload["params"]?.array ?? []).compactMap(ConformanceTypes.type)
                guard let result = overload["result_type"].flatMap(ConformanceTypes.type) else {
                    return "unreadable overload"
                }
                environment.declare(
                    function: name, parameters: parameters, result: result,
                    isMember: overload["is_instance_function"]?.bool ?? false)
            }
        }
        for binding in item["bindings"]?.object ?? [] where environment.layout.slot(binding.key) == nil {
            environment.declare(variable: binding.key, type: .dyn)
        }
        return nil
    }

    /// Evaluates in every way and compares.
    private func compare(_ checked: CheckedExpression, _ frame: Frame) -> String? {
        let outcome: Result<Value, EvaluationError>
        do {
            outcome = .success(try checked.plan().evaluate(frame))
        } catch {
            outcome = .failure(error)
        }
        let (proven, _) = checked.planProof().evaluate(frame)
        if !ConformanceCase.isSame(outcome, proven) { return "plans disagree: \(outcome) and \(proven)" }
        let partial: Result<Value, EvaluationError>
        switch checked.planPartial().evaluate(frame, unknown: []) {
        case .value(let value): partial = .success(value)
        case .failure(let error): partial = .failure(error)
        case .unknown: return "unknown without unknown slots"
        }
        if !ConformanceCase.isSame(outcome, partial) { return "plans disagree: \(outcome) and \(partial)" }
        switch outcome {
        case .failure(let error): return item["eval_error"] == nil ? "failed: \(error)" : nil
        case .success(let value):
            if item["eval_error"] != nil { return "expected an error, got \(LiteralText.text(of: value))" }
            guard let wanted = item["value"] ?? item["typed_result"]?["result"] else {
                return value == .bool(true) ? nil : "expected true, got \(LiteralText.text(of: value))"
            }
            guard let expected = ConformanceValues.value(wanted) else { return "unreadable value \(wanted.text)" }
            if expected == value { return nil }
            return "expected \(LiteralText.text(of: expected)), got \(LiteralText.text(of: value))"
        }
    }

    /// Whether two evaluations agree: equal values, or errors of one kind.
    static func isSame(_ left: Result<Value, EvaluationError>, _ right: Result<Value, EvaluationError>) -> Bool {
        switch (left, right) {
        case (.success(let a), .success(let b)): a == b
        case (.failure(let a), .failure(let b)): a.code == b.code
        default: false
        }
    }
}
