import CEL
import Testing

@Suite struct PlanTests {
    private static func rules() -> Environment {
        var environment = Environment()
        environment.declare(
            variable: "event",
            fields: ["type": .string, "share": .double, "seconds": .int, "topics": .list(.string), "length": .duration])
        environment.declare(variable: "member", fields: ["tier": .string, "paused": .bool, "known": .list(.string)])
        return environment
    }

    private static let rule =
        "event.type == 'article.read' && event.share >= 0.7 && event.seconds >= 30 "
        + "&& member.tier in ['silver', 'gold', 'platinum'] && !member.paused"

    private func frame(_ values: [String: Value], _ environment: Environment) -> Frame {
        var frame = Frame(layout: environment.layout)
        for (path, value) in values { if let slot = environment.layout.slot(path) { frame[slot] = value } }
        return frame
    }

    // MARK: Values

    @Test func `the rule of the benchmark holds when all five conditions hold`() throws {
        let environment = Self.rules()
        let program = try environment.check(Self.rule).plan()
        let base: [String: Value] = [
            "event.type": .string("article.read"), "event.share": .double(0.7), "event.seconds": .int(30),
            "member.tier": .string("gold"), "member.paused": .bool(false),
        ]
        #expect(try program.evaluateBool(frame(base, environment)))
        #expect(try program.evaluate(frame(base, environment)) == .bool(true))
        let changes: [String: Value] = [
            "event.type": .string("article.reads"), "event.share": .double(.nan), "event.seconds": .int(29),
            "member.tier": .string("bronze"), "member.paused": .bool(true),
        ]
        for (path, value) in changes {
            #expect(try !program.evaluateBool(frame(base.merging([path: value]) { $1 }, environment)), "\(path)")
        }
    }

    @Test func `strings compare alike however they are stored`() throws {
        let environment = Self.rules()
        let texts = [
            "", "gold", "golden", "exactly15bytes!", "exactly 16 bytes", "é", "e\u{301}",
            "a long text beyond the inline size",
        ]
        for constant in texts {
            let equal = try environment.check("member.tier == '\(constant)'").plan()
            let unequal = try environment.check("'\(constant)' != member.tier").plan()
            let member = try environment.check("member.tier in ['\(constant)', 'x']").plan()
            let slots = try environment.check("member.tier == event.type").plan()
            for text in texts {
                // A native string of the same content that is not stored inline.
                var roomy = ""
                roomy.reserveCapacity(100)
                roomy += text
                for stored in [text, roomy] {
                    var frame = frame(["event.type": .string(constant)], environment)
                    frame.set(environment.layout.slot("member.tier") ?? 0, string: stored)
                    let isSame = Array(text.utf8) == Array(constant.utf8)
                    #expect(try equal.evaluateBool(frame) == isSame)
                    #expect(try unequal.evaluateBool(frame) != isSame)
                    #expect(try member.evaluateBool(frame) == isSame)
                    #expect(try slots.evaluateBool(frame) == isSame)
                }
            }
        }
    }

    @Test func `every relation on every kind of slot`() throws {
        let environment = Self.rules()
        let cases: [(String, Value, Value)] = [
            ("event.seconds", .int(-3), .int(5)), ("event.share", .double(-0.5), .double(1e9)),
            ("event.length", .duration(TimeSpan(nanoseconds: -1)), .duration(TimeSpan(nanoseconds: 2_000_000_000))),
        ]
        for (path, low, high) in cases {
            for (left, right) in [(low, high), (high, low), (low, low)] {
                let constant =
                    switch right {
                    case .int(let number): "\(number)"
                    case .double(let number): "\(number)"
                    case .duration(let span): "duration('\(span.text)')"
                    default: ""
                    }
                for relation in ["==", "!=", "<", "<=", ">", ">="] {
                    let checked = try environment.check("\(path) \(relation) \(constant)")
                    let frame = frame([path: left], environment)
                    let (proven, _) = checked.planProof().evaluate(frame)
                    #expect(try checked.plan().evaluate(frame) == proven.get(), "\(path) \(relation) \(constant)")
                    let mirrored = try environment.check("\(constant) \(relation) \(path)")
                    let (mirroredProof, _) = mirrored.planProof().evaluate(frame)
                    #expect(try mirrored.plan().evaluate(frame) == mirroredProof.get())
                }
            }
        }
    }

    // MARK: Frames

    @Test func `a frame is a value`() throws {
        let environment = Self.rules()
        let slot = try #require(environment.layout.slot("event.share"))
        let topics = try #require(environment.layout.slot("event.topics"))
        var first = Frame(layout: environment.layout)
        #expect(first[slot] == nil)
        first.set(slot, double: 0.5)
        var second = first
        second.fill { cells in
            cells.set(slot, double: 0.9)
            cells.set(0, string: "another text that is not stored inline")
        }
        #expect(first[slot] == .double(0.5))
        #expect(second[slot] == .double(0.9))
        second.set(topics, strings: ["a"])
        let third = second
        second.clear()
        #expect(second[slot] == nil && second[topics] == nil && second[0] == nil)
        #expect(third[topics] == .list([.string("a")]))
        first[slot] = nil
        #expect(first[slot] == nil)
    }

    @Test func `a frame is reused without remembering`() throws {
        let environment = Self.rules()
        var frame = Frame(layout: environment.layout)
        let slot = try #require(environment.layout.slot("member.tier"))
        for text in [
            "gold", "a text of more than fifteen bytes", "é", "", "another one of more than fifteen bytes", "x",
        ] {
            frame.set(slot, string: text)
            #expect(frame[slot] == .string(text))
            frame.fill { $0.set(slot, string: text + "!") }
            #expect(frame[slot] == .string(text + "!"))
            frame.clear()
        }
    }

    // MARK: Missing facts

    @Test(
        "missing facts matter only where they decide",
        arguments: [
            ("event.share > 0.5 && event.seconds > 100", ["event.share"], PartialResult.value(.bool(false))),
            ("event.share > 0.5 || event.seconds > 10", ["event.share"], .value(.bool(true))),
            ("event.seconds > 10 ? 'a' : event.type", ["event.type"], .value(.string("a"))),
            ("event.seconds > 10 && 1 == 1", ["member.paused"], .value(.bool(true))),
            ("[1, 2].exists(x, x == 2 || member.paused)", ["member.paused"], .value(.bool(true))),
        ])
    func absorbed(_ text: String, _ unknown: [String], _ expected: PartialResult) throws {
        let environment = Self.rules()
        let slots = Set(unknown.compactMap { environment.layout.slot($0) })
        let frame = frame(["event.seconds": .int(30)], environment)
        #expect(try environment.check(text).planPartial().evaluate(frame, unknown: slots) == expected)
    }

    @Test func `an unknown result names what is needed and what is left`() throws {
        let environment = Self.rules()
        let text =
            "event.type == 'article.read' && event.seconds >= 30 && (member.tier == 'gold' || event.share > 0.5)"
            + " && event.topics.exists(t, !(t in member.known) && t != event.type)"
        let checked = try environment.check(text)
        var known = frame(["event.type": .string("article.read"), "event.seconds": .int(42)], environment)
        let topics = try #require(environment.layout.slot("event.topics"))
        known.set(topics, strings: ["opera", "politics"])
        let unknown = Set(["member.tier", "member.known", "event.share"].compactMap { environment.layout.slot($0) })
        let result = checked.planPartial().evaluate(known, unknown: unknown, wantsResidual: true)
        guard case .unknown(let open) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(open.attributes == ["member.tier", "event.share", "member.known"])
        #expect(open.slots == unknown)
        #expect(
            open.residual == """
                (member.tier == "gold" || event.share > 0.5) && \
                ["opera", "politics"].exists(t, !(t in member.known) && t != "article.read")
                """)
        // What is left, on a device that knows the rest and nothing else.
        let device = frame(
            ["member.tier": .string("gold"), "member.known": .list([.string("politics")])], environment)
        let residual = try environment.parse(try #require(open.residual)).plan()
        #expect(try residual.evaluateBool(device))
    }

    @Test func `absent is not unknown`() throws {
        let environment = Self.rules()
        let checked = try environment.check("has(event.share)")
        let share = try #require(environment.layout.slot("event.share"))
        let empty = Frame(layout: environment.layout)
        #expect(checked.planPartial().evaluate(empty, unknown: []) == .value(.bool(false)))
        guard case .unknown = checked.planPartial().evaluate(empty, unknown: [share]) else {
            Issue.record("has() of an unknown attribute is unknown")
            return
        }
        guard
            case .failure(let error) = try environment.check("event.share > 0.5").planPartial().evaluate(
                empty, unknown: [])
        else {
            Issue.record("an absent attribute is an error")
            return
        }
        #expect(error.code == .noSuchAttribute)
    }

    // MARK: Proofs

    @Test func `a proof shows what was evaluated and what was not`() throws {
        let environment = Self.rules()
        let checked = try environment.check(Self.rule)
        let frame = frame(
            ["event.type": .string("article.read"), "event.share": .double(0.5), "event.seconds": .int(60)], environment
        )
        let (result, proof) = checked.planProof().evaluate(frame)
        #expect(try result.get() == .bool(false))
        #expect(proof.text == Self.rule)
        #expect(proof.result == .value(.bool(false)))
        #expect(
            proof.children.map(\.text) == [
                "event.type == 'article.read'", "event.share >= 0.7", "event.seconds >= 30",
                "member.tier in ['silver', 'gold', 'platinum']", "!member.paused",
            ])
        #expect(
            proof.children.map(\.result) == [
                .value(.bool(true)), .value(.bool(false)), .notEvaluated, .notEvaluated, .notEvaluated,
            ])
        #expect(proof.children[1].children.first?.result == .value(.double(0.5)))
        #expect(proof.children[1].range == 32..<50)
        #expect(Proof(json: proof.json) == proof)
        #expect(
            proof.children[1].json
                == #"{"x":"event.share >= 0.7","r":[32,50],"v":false,"c":[{"r":[32,43],"v":0.5}]}"#)
    }

    @Test func `turns of a comprehension are shown, up to a number`() throws {
        let environment = Self.rules()
        let checked = try environment.check("event.topics.exists(t, t in member.known)")
        var frame = frame(["member.known": .list([.string("b")])], environment)
        frame.set(try #require(environment.layout.slot("event.topics")), strings: ["a", "b", "c"])
        let (_, proof) = checked.planProof().evaluate(frame)
        #expect(
            proof.children.map(\.result) == [
                .value(.list([.string("a"), .string("b"), .string("c")])), .value(.bool(false)), .value(.bool(true)),
            ])
        frame.set(try #require(environment.layout.slot("event.topics")), strings: (0..<100).map { "\($0)" })
        #expect(checked.planProof().evaluate(frame).1.children.count == 17)
    }

    @Test func `nothing that derives from a redacted slot carries a value, except truth values`() throws {
        let environment = Self.rules()
        let secret = try #require(environment.layout.slot("member.known"))
        let text =
            "member.known.map(k, k + '!').exists(k, k.startsWith(event.type)) || size(member.known) > 3"
            + " || cel.bind(v, member.known, v[0] == 'x') || optional.of(member.known).optMap(w, w[0]).hasValue()"
        let checked = try environment.check(text)
        var frame = frame(["event.type": .string("public")], environment)
        frame.set(secret, strings: ["hidden1", "hidden2"])
        let (result, proof) = checked.planProof().evaluate(frame) { $0 == secret }
        #expect(try result.get() == .bool(true))
        let json = proof.json
        // The texts of the expression itself are public.
        #expect(!json.contains("hidden"))
        #expect(!json.contains("\"v\":2"))
        func visit(_ node: Proof) {
            if case .value(let value) = node.result, value.typeName != .bool { #expect(value == .string("public")) }
            node.children.forEach(visit)
        }
        visit(proof)
        #expect(proof.children.first?.result == .value(.bool(false)))
        let (_, open) = checked.planProof().evaluate(frame)
        #expect(open.json.contains("hidden1!"))
    }

    @Test func `damaged proofs are refused or read, never worse`() {
        let whole = Array(#"{"x":"a == 'é'","r":[3,12],"v":{"m":[["k",1.5]]},"c":[{"r":[3,4],"w":true}]}"#.utf8)
        #expect(Proof(json: String(decoding: whole, as: UTF8.self)) != nil)
        var random = SeededRandom(seed: 3)
        for _ in 0..<5000 {
            var bytes = whole
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32..<127, using: &random)
            _ = Proof(json: String(decoding: bytes, as: UTF8.self))
        }
    }
}
