import CEL
import Testing

@Suite struct HostileInputTests {
    private func message(_ text: String, _ environment: Environment = Environment()) -> String? {
        do {
            _ = try environment.check(text)
            return nil
        } catch {
            return error.problems.first?.message
        }
    }

    @Test(
        "nesting ten thousand deep is a problem, not a crash",
        arguments: [
            ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("!", "true", ""), ("-", "x", ""), ("-(", "1", ")"),
            ("1 + (", "1", ")"), ("size([", "1", "])"), ("", "1", " + 1"), ("", "x", ".a"), ("", "x", "[0]"),
            ("true ? ", "1", " : 1"), ("true ? 1 : ", "1", ""), ("", "x", ".all(x, x)"), ("", "x", "{"),
            ("[1].map(x, ", "x", ")"),
            ("cel.bind(v, 1, ", "v", ")"), ("", "1", " == 1"), ("a{b: ", "1", "}"), ("[?", "x", "]"),
        ])
    func nesting(_ opening: String, _ inner: String, _ closing: String) {
        var environment = Environment()
        environment.limits.expressionBytes = 1_000_000
        environment.limits.nodes = 1_000_000
        let text =
            String(repeating: opening, count: 10_000) + inner + String(repeating: closing, count: 10_000)
        #expect(message(text, environment) != nil)
    }

    @Test func `the nesting that the specification asks for works`() throws {
        for count in [32, 60] {
            let parentheses = String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
            #expect(try evaluate(parentheses) == .int(1))
            #expect(try evaluate(Array(repeating: "1", count: count).joined(separator: " + ")) == .int(Int64(count)))
        }
        // Chains of `&&` and `||` do not nest.
        #expect(try evaluate(Array(repeating: "true", count: 5000).joined(separator: " && ")) == .bool(true))
    }

    @Test(
        "the deepest nesting that is allowed is evaluated in every plan",
        arguments: [
            ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("!", "true", ""), ("-(", "x", ")"),
            ("1 + (", "x", ")"),
            ("size([", "1", "])"), ("", "x", " + 1"), ("true ? 1 : ", "1", ""), ("[1].map(a, ", "a", ")"),
            ("[1].all(a, ", "x > 0", ")"), ("cel.bind(v, 1, ", "v", ")"), ("x > 0 && (true || ", "x > 1", ")"),
        ])
    func deepest(_ opening: String, _ inner: String, _ closing: String) throws {
        var environment = Environment()
        environment.declare(variable: "x", type: .int)
        environment.limits.estimatedCost = .max
        var frame = Frame(layout: environment.layout)
        frame.set(0, int: 1)
        var accepted = 0
        for count in stride(from: 199, to: 0, by: -1) {
            let text = String(repeating: opening, count: count) + inner + String(repeating: closing, count: count)
            guard let checked = try? environment.check(text) else { continue }
            _ = checked.plan().truth(frame)
            let (_, proof) = checked.planProof().evaluate(frame)
            #expect(Proof(json: proof.json) == proof)
            _ = checked.planPartial().evaluate(frame, unknown: [0], wantsResidual: true)
            #expect(try environment.check(checked.unparsed()).unparsed() == checked.unparsed())
            accepted += 1
            if accepted == 2 { return }
        }
        Issue.record("nothing was accepted")
    }

    @Test func `a megabyte of expression is refused at once, or read in linear time`() {
        let text = "[" + String(repeating: "1,", count: 500_000) + "1]"
        #expect(message(text)?.contains("longer than") == true)
        var environment = Environment()
        environment.limits.expressionBytes = 2_000_000
        #expect(message(text, environment)?.contains("more than 20000 parts") == true)
        #expect(message("'" + String(repeating: "x", count: 1_000_000) + "'", environment) == nil)
        #expect(message(String(repeating: "a", count: 1_000_000), environment)?.contains("undeclared") == true)
        #expect(message(String(repeating: "/", count: 1_000_000), environment) != nil)
        #expect(message(String(repeating: "\"", count: 999_999), environment) != nil)
    }

    @Test func `bytes that are not UTF-8 are a problem with a place`() {
        let bytes = Array("'é' == '".utf8) + [0xff, 0xfe] + Array("'".utf8)
        let error = #expect(throws: Problems.self) { try Environment().check(utf8: bytes) }
        #expect(error?.problems.first?.column == 9)
        #expect(error?.problems.first?.message == "the text is not valid UTF-8")
        for first in UInt8(0)...255 { _ = try? Environment().check(utf8: [first, 0xc0, 0x80]) }
    }

    @Test func `an expression that may take too long is refused before it runs`() {
        var environment = Environment()
        environment.declare(variable: "list", type: .list(.int))
        let bomb = "list.all(a, list.all(b, list.all(c, list.all(d, a + b + c + d > 0))))"
        #expect(message(bomb, environment)?.contains("steps") == true)
        #expect(message("list.all(a, list.all(b, a > b))", environment) == nil)
    }

    /// Environments without the static bound, so that the running limits are what stops.
    private func running(
        _ text: String, steps: Int = 2_000_000, _ frame: (inout Frame, Environment) -> Void = { _, _ in }
    ) -> EvaluationError.Code? {
        var environment = Environment()
        environment.limits.estimatedCost = .max
        environment.limits.steps = steps
        environment.declare(variable: "list", type: .list(.int))
        environment.declare(variable: "text", type: .string)
        var filled = Frame(layout: environment.layout)
        frame(&filled, environment)
        do {
            let checked = try environment.check(text)
            let value = try checked.plan().evaluate(filled)
            Issue.record("\(text) has a value of type \(value.typeName)")
            return nil
        } catch let error as EvaluationError {
            return error.code
        } catch {
            Issue.record("\(text): \(error)")
            return nil
        }
    }

    @Test func `comprehensions stop at the limit of steps, and logic does not absorb that`() {
        let fill: (inout Frame, Environment) -> Void = { frame, environment in
            frame[environment.layout.slot("list") ?? 0] = .list((0..<1000).map { .int($0) })
        }
        #expect(running("list.all(a, list.all(b, list.all(c, a + b + c >= 0)))", fill) == .budgetExceeded)
        #expect(running("list.all(a, list.all(b, list.all(c, a + b + c >= 0))) || true", fill) == .budgetExceeded)
        #expect(running("list.map(a, list.map(b, list.map(c, 1))).size() > 0", fill) == .budgetExceeded)
        #expect(running("list.map(a, list.map(b, list))", fill) == .resultTooLarge)
    }

    @Test(
        "strings and lists do not grow without bound",
        arguments: [
            "text.replace('', text)", "text.replace('x', text)", "[text, text, text, text].join(text)",
            "'%s%s%s%s%s%s%s%s'.format([text, text, text, text, text, text, text, text])",
            "cel.bind(a, text + text, cel.bind(b, a + a, cel.bind(c, b + b, c + c)))",
            "lists.range(9223372036854775807)",
            "cel.bind(a, lists.range(60000), a + a)", "'%.1001f'.format([1.0])",
        ])
    func growth(_ text: String) {
        let code = running(text) { frame, environment in
            let long = String(repeating: "x", count: 200_000)
            frame.set(environment.layout.slot("text") ?? 0, string: long)
        }
        #expect(code == .resultTooLarge || code == .budgetExceeded || code == .outOfRange)
    }

    /// `cel.bind(v1, [v0, v0], cel.bind(v2, [v1, v1], … body))`: small in memory, huge when walked.
    private func shared(_ depth: Int, _ body: String) -> String {
        var text = body
        for level in (1...depth).reversed() { text = "cel.bind(v\(level), [v\(level - 1), v\(level - 1)], \(text))" }
        return "cel.bind(v0, dyn([1]), \(text))"
    }

    @Test(
        "values that share their parts many times over are not walked whole",
        arguments: [
            "v60 == v59", "v60", "v60 in [v60]", "'%s'.format([v60])", "[v60].distinct()", "{'a': v60} == {'a': v60}",
        ])
    func sharing(_ body: String) {
        let code = running(
            body == "v60 == v59" ? shared(60, "v60 == [v59, v58] || v60 == [v59, v59]") : shared(60, body))
        #expect(code == .budgetExceeded || code == .resultTooLarge)
    }

    @Test func `a proof of a huge value is small`() throws {
        var environment = Environment()
        environment.limits.estimatedCost = .max
        let checked = try environment.check(shared(40, "size(v40) == 2"))
        let (result, proof) = checked.planProof().evaluate(Frame(layout: environment.layout))
        #expect((try? result.get()) == .bool(true))
        #expect(proof.json.utf8.count < 100_000)
        let loop = try environment.check("lists.range(5000).all(x, lists.range(3).all(y, x >= 0 && y >= 0))")
        #expect(loop.planProof().evaluate(Frame(layout: environment.layout)).1.json.utf8.count < 200_000)
    }

    @Test(
        "patterns that ruin backtracking engines match in linear time",
        arguments: [
            "(a*)*b", "(a+)+$", "(a|a)*b", "(a|aa)+b", "(.*)*x(.*)*y", "(((a*)*)*)*b",
            "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaab",
            "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$",
        ])
    func regexBombs(_ pattern: String) throws {
        var environment = Environment()
        environment.declare(variable: "text", type: .string)
        environment.limits.estimatedCost = .max
        environment.limits.steps = 20_000_000
        let program = try environment.check("text.matches(r'\(pattern)')").plan()
        var frame = Frame(layout: environment.layout)
        frame.set(0, string: String(repeating: "a", count: 20_000))
        let start = ContinuousClock.now
        _ = program.truth(frame)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test(
        "patterns that explode when compiled are refused",
        arguments: [
            "(((a{100}){100}){100}){100}", "(a{1000}){1000}", "((a{0,1000}){0,1000}){0,1000}", "a{1001}",
            "(?:a{999}){9}",
        ])
    func largePatterns(_ pattern: String) {
        #expect(message("'a'.matches('\(pattern)')")?.contains("invalid regular expression") == true)
    }

    @Test func `long strings cost what they take`() {
        let fill: (inout Frame, Environment) -> Void = { frame, environment in
            frame[environment.layout.slot("list") ?? 0] = .list((0..<1400).map { .int($0) })
            frame.set(environment.layout.slot("text") ?? 0, string: String(repeating: "a", count: 500_000))
        }
        let start = ContinuousClock.now
        for test in [
            "text + 'b' == text + 'c'", "text == 'x' + text", "(text + 'b') in ['x']", "{'k': 1}[?text].hasValue()",
            "text.contains('aaaaaaaaaab')", "text.startsWith(text)", "text < text", "text.indexOf('aab') > 0",
            "size(text) > 0",
            "isIP(text)", "text.matches('(|||||||||||||||||||||||||||||||||)*b')", "text.matches('((a?){9}){9}b')",
        ] {
            let text = "list.all(a, list.all(b, (\(test)) || true))"
            #expect(running(text, steps: 200_000, fill) == .budgetExceeded, "\(test)")
        }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `a program may be used by many threads at once`() async throws {
        var environment = Environment()
        environment.declare(variable: "x", type: .int)
        environment.declare(variable: "s", type: .string)
        let program = try environment.check(
            "x % 2 == 0 && s.matches('^a+$') && [1, 2, 3].exists(e, e == x % 4) && s != 'b'"
        ).plan()
        let frame = Frame(layout: environment.layout)
        let sums = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var own = frame
                    own.set(1, string: "aaa")
                    return (0..<2000).reduce(0) { sum, number in
                        own.set(0, int: Int64(number))
                        return sum + ((try? program.evaluateBool(own)) == true ? 1 : 0)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sums == [500, 500, 500, 500])
        #expect(frame[0] == nil)
    }
}
