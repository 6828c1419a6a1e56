import CEL
import Testing

/// What an editor says of expressions that are being written.
@Suite struct EditorTests {
    private static let environment: Environment = {
        var environment = Environment()
        environment.declare(
            variable: "event",
            fields: [
                "type": .string, "share": .double, "seconds": .int, "time": .timestamp, "topics": .list(.string),
                "item": .record(["kind": .string, "topics": .list(.string)]),
            ])
        environment.declare(
            variable: "member",
            fields: [
                "tier": .string, "paused": .bool, "badges": .list(.string),
                "progress": .record(["week-of-podcasts": .int, "reader": .int]),
            ])
        return environment
    }()

    private static let editor = ExpressionEditor(
        environment,
        hints: EditorHints(
            values: [
                "member.tier": ["silver", "gold"], "member.badges": ["loyal"], "event.topics": ["sport", "art"],
            ],
            notes: ["event.share": "How much of it was read."], wanted: [.bool]))

    /// The bar in the text is the cursor.
    private func report(_ text: String) -> EditorReport {
        let before = text.prefix { $0 != "|" }
        let isMarked = before.count < text.count
        return Self.editor.report(
            on: String(before) + text.dropFirst(before.count + 1), cursor: isMarked ? before.utf16.count : nil)
    }

    private func labels(_ text: String) -> [String] { report(text).completions.map(\.label) }

    @Test(
        arguments: [
            ("event.|", "share"), ("ev|", "event"), ("|", "member"), ("event.sh|", "share"), ("member.ti|", "tier"),
            ("event.item.|", "kind"), ("!(member.|", "paused"), ("event.type == 'x' && member.|", "tier"),
            ("event.topics.|", "exists"), ("event.type.|", "startsWith"), ("event.time.|", "getHours"),
            ("math.|", "greatest"), ("event.topics.exists(topic, to|", "topic"),
            ("event.topics.exists(topic, topic.|", "startsWith"), ("[event.type].map(i, i)[0].|", "size"),
            ("event.topics.filter(t, t != 'a').|", "all"), ("cel.bind(a, event.topics, a.|", "exists"),
            ("event.topics.exists(t, event.topics.all(u, u.|", "contains"), ("event.share |", ">="),
            ("event.share > 0.5 |", "&&"), ("member.paused ? event.|", "share"), ("(event.topics)[0].|", "size"),
            ("event.topics.map(t, t.size()).|", "sortBy"), ("member.progress.|", "week-of-podcasts"),
            ("member.tier == '|", "'gold'"), ("member.tier == |", "'gold'"), ("member.tier in ['silver', '|", "'gold'"),
            ("'|' in member.badges", "'loyal'"), ("event.topics.exists(t, t == '|", "'sport'"),
            ("member.tier == 'g|' && member.paused", "'gold'"), ("'|' == member.tier", "'gold'"),
            ("event.topics.all(i, t, t == \"|", "'art'"), ("event.item.kind == '' && member.|", "paused"),
        ])
    func `what could stand at the cursor is offered`(_ text: String, _ wanted: String) {
        #expect(labels(text).contains(wanted), "\(text): \(labels(text))")
    }

    @Test(
        arguments: [
            ("event.|", "gold"), ("'event.|'", "share"), ("// event.|", "share"), ("event.type == 'event.|", "share"),
            ("event.topics.exists(topic, true) && to|", "topic"), ("event.share.|", "startsWith"),
            ("event.sh|", "type"), ("event.type == '|", "'gold'"), ("event |", "&&"), ("3.|", "exists"),
        ])
    func `what cannot stand there is not`(_ text: String, _ unwanted: String) {
        #expect(!labels(text).contains(unwanted), "\(text)")
    }

    @Test func `a completion takes the place of the word at the cursor`() throws {
        let text = "member.tier == 'gold' && event.sh|ar"
        let report = report(text)
        #expect(report.replaced == 31..<35)
        let share = try #require(report.completions.first)
        #expect(share.label == "share" && share.insertion == "share" && share.detail == "double")
        #expect(share.note == "How much of it was read.")
        let call = try #require(self.report("event.topics.exi|").completions.first)
        #expect(call.insertion == "exists(x, )" && call.cursor == 10)
        let again = try #require(self.report("event.type.starts|('a')").completions.first)
        #expect(again.insertion == "startsWith" && again.cursor == 10)
        let field = try #require(self.report("member.progress.we|").completions.first)
        #expect(field.insertion == "`week-of-podcasts`")
        let value = self.report("member.tier == 'si| && true")
        #expect(value.replaced == 15..<18 && value.completions.first?.insertion == "'silver'")
    }

    @Test func `offsets count as browsers do`() throws {
        let report = report("event.type == '😀é' && event.shaer > 1.0 && event.sh|")
        let problem = try #require(report.diagnostics.first)
        #expect(problem.range == 29..<34 && problem.fix == "share")
        #expect(report.replaced == 50..<52)
    }

    @Test func `a problem has its place and a way out`() throws {
        let unknown = try #require(report("evnt.share > 1.0").diagnostics.first)
        #expect(unknown.range == 0..<4 && unknown.fix == "event" && unknown.severity == .error)
        let unfinished = try #require(report("event.share >").diagnostics.first)
        #expect(unfinished.range == 13..<13)
        let value = try #require(report("member.tier == 'glod'").diagnostics.first)
        #expect(value.severity == .warning && value.range == 15..<21 && value.fix == "'gold'")
        #expect(report("member.tier == 'glod'").isUsable)
        let member = try #require(report("'loyl' in member.badges").diagnostics.first)
        #expect(member.range == 0..<6 && member.fix == "'loyal'")
        let hyphen = try #require(report("member.progress.week-of-podcasts > 3").diagnostics.first)
        #expect(hyphen.range == 16..<32 && hyphen.fix == "`week-of-podcasts`")
        let kind = report("event.share + 1.0")
        #expect(kind.type == .double && kind.diagnostics.first?.range == 0..<17)
        #expect(!kind.isUsable)
        #expect(report("event.share > 0.5").diagnostics.isEmpty && report("event.share > 0.5").type == .bool)
        #expect(report("  \n").diagnostics.isEmpty && report("").type == nil)
    }

    @Test func `applying a fix leaves one problem less`() throws {
        var text = "evnt.shaer > 1.0 && member.tier == 'silvr' && member.progress.week-of-podcasts > 1"
        for _ in 0..<8 {
            let diagnostics = report(text).diagnostics
            guard let problem = diagnostics.first(where: { $0.fix != nil }), let fix = problem.fix else { break }
            var units = Array(text.utf16)
            units.replaceSubrange(problem.range, with: Array(fix.utf16))
            text = String(decoding: units, as: UTF16.self)
        }
        #expect(text == "event.share > 1.0 && member.tier == 'silver' && member.progress.`week-of-podcasts` > 1")
        #expect(report(text).diagnostics.isEmpty)
    }

    @Test func `every cursor in every damaged text gets an answer within bounds`() {
        let corpus = [
            "event.type == 'article.read' && event.share >= 0.7 && member.tier in ['silver', 'gold'] && !member.paused",
            "event.topics.exists(t, !(t in member.badges)) ? event.share > 0.0 : cel.bind(a, event.topics, a.size() > 1)",
            "event.topics.all(i, t, t.startsWith('😀') && i < 3) // é",
            "r'''a''' + \"b\\q\" + b'x' == `c` || 0x 1e 9.5u",
            "[{'a': event.item.kind}].map(m, m['a'])[0].?b.orValue('') in member.badges",
        ].map { Array($0.utf8) }
        let symbols = Array("()[]{}.,:?+-*/%!<>=&|'\"\\`0exu@ \n\u{e9}\u{1f600}".utf8)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Shared.variable("STAMGAST_FUZZ_SECONDS").flatMap(Double.init) ?? 1)
        var count: UInt64 = 0
        while clock.now < end {
            var random = SeededRandom(seed: 7_919 &* count &+ 20_261_128)
            count += 1
            var bytes = corpus[Int.random(in: 0..<corpus.count, using: &random)]
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let position = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.insert(symbols[Int.random(in: 0..<symbols.count, using: &random)], at: position)
                case 1: bytes.removeSubrange(position..<min(bytes.count, position + 3))
                case 2: bytes.removeSubrange(position...)
                default:
                    let other = corpus[Int.random(in: 0..<corpus.count, using: &random)]
                    bytes.insert(
                        contentsOf: other.prefix(Int.random(in: 0...other.count, using: &random)), at: position)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let length = text.utf16.count
            let report = Self.editor.report(on: text, cursor: Int.random(in: -1...(length + 2), using: &random))
            let isWithin = { (range: Range<Int>) in range.lowerBound >= 0 && range.upperBound <= length }
            #expect(isWithin(report.replaced) && report.diagnostics.allSatisfy { isWithin($0.range) }, "\(text)")
            #expect(report.completions.count <= ExpressionEditor.most, "\(text)")
            for completion in report.completions {
                #expect((0...completion.insertion.utf16.count).contains(completion.cursor), "\(completion)")
            }
            let isChecked = (try? Self.environment.check(text)) != nil
            #expect((report.type != nil) == (isChecked && !text.isEmpty), "\(text)")
        }
        print("CEL editor: \(count) texts")
    }

    @Test(
        arguments: [
            "'\\'", "`", "event.topics.exists(t, ", "((((", "999999999999999999999999", "[a.", "'", "\"\"\"", "0x",
            "\u{e9}",
            ")]}", "r'", "a.b(", "//", "cel.bind(x, ",
        ])
    func `long nonsense takes time in proportion to its length`(_ part: String) {
        var environment = Self.environment
        environment.limits.expressionBytes = 1_000_000
        let editor = ExpressionEditor(environment)
        func time(_ bytes: Int) -> Duration {
            let text = String(repeating: part, count: bytes / part.utf8.count)
            return ContinuousClock().measure { _ = editor.report(on: text, cursor: text.utf16.count) }
        }
        _ = time(2_000)
        let (small, large) = (time(8_000), time(64_000))
        // Eight times the text; a quadratic reader needs 64 times as long. Machines that do other things get leave.
        #expect(large < max(small, .milliseconds(4)) * 40, "\(part): \(small) and \(large)")
    }
}
