import CEL
import Testing

@Suite struct CheckerTests {
    private static func rules() -> Environment {
        var environment = Environment()
        environment.declare(
            variable: "event",
            fields: ["type": .string, "share": .double, "seconds": .int, "topics": .list(.string), "at": .timestamp])
        environment.declare(
            variable: "member",
            fields: ["tier": .string, "paused": .bool, "topics": .record(["last30days": .list(.string)])])
        environment.declare(variable: "note", type: .nullable(.string))
        return environment
    }

    private func problems(_ text: String, _ environment: Environment = rules()) -> [Problem] {
        do {
            _ = try environment.check(text)
            return []
        } catch {
            return error.problems
        }
    }

    @Test(
        "a misspelt name comes with the name that was meant",
        arguments: [
            ("event.secnds >= 30", "seconds"), ("evnt.share > 0.5", "event"),
            ("event.type.startWith('a')", "startsWith"),
            ("member.topics.last30day.size() > 0", "last30days"), ("has(event.shar)", "share"),
            ("siez(event.type)", "size"),
        ])
    func suggestions(_ text: String, _ meant: String) {
        #expect(problems(text).first?.suggestion == meant)
    }

    @Test func `several problems are reported at once, in the order of the text`() {
        let found = problems("event.shere > 0.5 &&\n  member.tier == 3 && nobody")
        #expect(found.map(\.line) == [1, 2, 2])
        #expect(found.map(\.column) == [7, 15, 23])
        #expect(found[0].description == "1:7: `event` has no field `shere`; did you mean `share`?")
    }

    @Test func `columns count code points`() {
        #expect(problems("'é🐱' == 1").first?.column == 6)
    }

    @Test(
        "what the checker deduces",
        arguments: [
            ("event.share * 2.0", CELType.double), ("event.topics.map(t, size(t))", .list(.int)),
            ("event.topics.filter(t, t != '')", .list(.string)), ("[1, 'a']", .list(.dyn)),
            ("{'a': event.at}", .map(.string, .timestamp)), ("event.?share", .optional(.double)),
            ("event.?share.orValue(0.0)", .double), ("note == null", .bool), ("has(member.topics)", .bool),
            ("event.at - event.at", .duration), ("[[]].map(x, x)", .list(.list(.dyn))), ("type(1)", .type(.int)),
            ("cel.bind(a, event.share, a > 0.5)", .bool), ("math.greatest(1, 2)", .int),
            ("math.greatest(1, 2.0)", .dyn),
        ])
    func types(_ text: String, _ type: CELType) throws {
        #expect(try Self.rules().check(text).type == type)
    }

    @Test(
        "expressions that must be refused",
        arguments: [
            "1 + 1.0", "'a' < 1", "event.share == 'a'", "!1", "1 && true", "event", "member.topics == []", "size(1)",
            "{1.5: 2}", "event.type ? 1 : 2", "[1].all(x, x)", "true ? 1 : 'a'", "Foo{a: 1}", "[1][?'a']", "1.foo",
            "event.type.foo", "optional.of(1).orValue('a')", "has(event)", "for", "a.in", "[1].map(x.y, x)", "1 in 2",
            "[1].all(x, x, true)", "event.topics.exists()", "'a'.matches('(')", "timestamp('today')",
            "duration('3 days')",
        ])
    func refusals(_ text: String) {
        #expect(!problems(text).isEmpty)
    }

    @Test func `literals that cannot be converted are evaluation errors when validation is off`() throws {
        var environment = Environment()
        environment.validatesLiterals = false
        #expect(try evaluate("true || 'a'.matches('(')", environment) == .bool(true))
    }

    @Test func `reads are the attributes an expression may touch`() throws {
        let checked = try Self.rules().check(
            "event.type == 'x' && (event.share > 0.5 || has(member.tier)) && event.topics.exists(t, t in member.topics.last30days)"
        )
        #expect(
            checked.reads == ["event.type", "event.share", "member.tier", "event.topics", "member.topics.last30days"])
        #expect(try Self.rules().check("1 + 1").reads.isEmpty)
        #expect(AttributePath("member.topics.last30days").root == "member")
    }

    @Test func `slots are stable when the environment grows`() throws {
        var environment = Self.rules()
        let program = try environment.check("event.share > 0.5").plan()
        let slot = try #require(environment.layout.slot("event.share"))
        environment.declare(variable: "visit", fields: ["count": .int])
        #expect(environment.layout.slot("event.share") == slot)
        var frame = Frame(layout: environment.layout)
        frame[slot] = .double(0.9)
        #expect(try program.evaluateBool(frame))
    }

    @Test func `a program refuses a frame that is too small`() throws {
        let program = try Self.rules().check("event.share > 0.5").plan()
        let error = #expect(throws: EvaluationError.self) {
            try program.evaluate(Frame(layout: Environment().layout))
        }
        #expect(error?.code == .wrongFrame)
    }

    @Test func `names resolve in the container first, from the longest prefix`() throws {
        var environment = Environment(container: "com.example")
        environment.declare(variable: "com.example.y", type: .int)
        environment.declare(variable: "y", type: .string)
        #expect(try environment.check("y").type == .int)
        #expect(try environment.check(".y").type == .string)
        #expect(try environment.check("[true].all(y, y)").type == .bool)
    }

    @Test func `parentheses choose the field over the longer name`() throws {
        var environment = Environment()
        environment.declare(variable: "a.b", type: .int)
        environment.declare(variable: "a", type: .map(.string, .string))
        #expect(try environment.check("a.b").type == .int)
        environment.declare(variable: "a.b.c", type: .int)
        environment.declare(variable: "a.b", type: .map(.string, .string))
        #expect(try environment.check("a.b.c").type == .int)
        #expect(try environment.check("(a.b).c").type == .string)
        #expect(try environment.check("(a.b).c").unparsed() == "(a.b).c")
    }

    @Test func `functions of the host are checked and called`() throws {
        var environment = Environment()
        environment.declare(function: "twice", parameters: [.int], result: .int, isMember: true) {
            arguments throws(EvaluationError) in
            guard case .int(let number) = arguments[0] else { throw EvaluationError(code: .noSuchOverload) }
            return .int(number * 2)
        }
        #expect(try evaluate("21.twice()", environment) == .int(42))
        #expect(throws: Problems.self) { try environment.check("'a'.twice()") }
    }

    @Test func `disabled extensions are unknown`() {
        let environment = Environment(extensions: .none)
        for text in ["'a'.charAt(0)", "math.abs(1)", "optional.of(1)", "{}.?a", "cel.bind(a, 1, a)", "ip('::1')"] {
            #expect(!problems(text, environment).isEmpty, "\(text)")
        }
        #expect(problems("[1].all(x, x > 0)", environment).isEmpty)
    }

    @Test func `a cost estimate bounds nested comprehensions`() throws {
        let environment = Self.rules()
        let one = try environment.check("event.topics.all(a, a != '')").cost
        let two = try environment.check("event.topics.all(a, event.topics.all(b, a != b))").cost
        #expect(one.min < one.max)
        #expect(two.max > 50 * one.max)
        #expect(try environment.check("1 + 1").cost.max < 5)
    }

    @Test(
        "the canonical text",
        arguments: [
            ("a&&b||c", "a && b || c"), ("a&&(b||c)", "a && (b || c)"), ("-(-x)", "--x"), ("-(1)", "-(1)"),
            ("(1+2)*3", "(1 + 2) * 3"), ("1+(2*3)", "1 + 2 * 3"), ("1-(2-3)", "1 - (2 - 3)"), ("!(a)", "!a"),
            ("has( m . k )", "has(m.k)"), ("m.`a-b`", "m.`a-b`"), ("m[? 'k']", "m[?\"k\"]"), ("m.?k", "m.?k"),
            ("a?b:c?a:b", "a ? b : c ? a : b"), ("(a?b:c)?a:b", "(a ? b : c) ? a : b"), ("[?o, 1,]", "[?o, 1]"),
            ("b'\\x00a'", "b\"\\x00a\""), ("1.0", "1.0"), ("1e30", "1e+30"), ("x in[1u]", "x in [1u]"),
            ("[1].exists_one(e,e>0)", "[1].exists_one(e, e > 0)"), ("cel.bind(v,1,v+v)", "cel.bind(v, 1, v + v)"),
        ])
    func unparse(_ text: String, _ expected: String) throws {
        let environment = Environment()
        let written = try environment.parse(text).unparsed()
        #expect(written == expected)
        #expect(try environment.parse(written).unparsed() == written)
    }
}
