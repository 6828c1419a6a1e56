import CEL
import Testing

/// Random expressions and damaged ones: nothing may crash or hang, and all ways to evaluate must agree.
///
/// Each test runs for about a second; `STAMGAST_FUZZ_SECONDS` makes it as long as wanted, `STAMGAST_FUZZ_SEED` picks
/// other expressions.
@Suite struct FuzzTests {
    private static let seconds = Shared.variable("STAMGAST_FUZZ_SECONDS").flatMap(Double.init) ?? 1.0
    private static let seed = Shared.variable("STAMGAST_FUZZ_SEED").flatMap(UInt64.init) ?? 20_261_121

    private static func repeatedly(_ body: (UInt64) throws -> Void) rethrows -> Int {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var count = 0
        while clock.now < end {
            try body(seed &* 1_000_003 &+ UInt64(count))
            count += 1
        }
        return count
    }

    @Test func `generated expressions mean the same in every plan and survive being written out`() throws {
        let environment = ExpressionGenerator.environment()
        var checkedCount = 0
        var valueCount = 0
        let count = try Self.repeatedly { seed in
            var generator = ExpressionGenerator(seed: seed)
            let text = generator.expression()
            guard let checked = try? environment.check(text) else {
                _ = try? environment.parse(text)
                return
            }
            checkedCount += 1
            let written = checked.unparsed()
            let again = try #require(try? environment.check(written), "\(text) is written as \(written)")
            #expect(again.unparsed() == written)
            let program = checked.plan()
            let rewritten = again.plan()
            for _ in 0..<4 {
                let frame = generator.frame(environment)
                let value = outcome(program, frame)
                let (proven, proof) = checked.planProof().evaluate(frame)
                #expect(isSame(value, proven), "\(text): \(value) but proven \(proven)")
                #expect(isSame(value, outcome(rewritten, frame)), "\(text) is written as \(written)")
                #expect(Proof(json: proof.json) == proof, "\(text)")
                if case .success(let value) = value {
                    valueCount += 1
                    #expect(Value(json: value.json) == value, "\(text)")
                }
                checkPartial(checked, environment, frame, value, text, &generator)
            }
        }
        print("CEL fuzz: \(count) expressions generated, \(checkedCount) checked, \(valueCount) values")
        #expect(checkedCount > count / 4)
    }

    private func checkPartial(
        _ checked: CheckedExpression, _ environment: Environment, _ frame: Frame,
        _ whole: Result<Value, EvaluationError>, _ text: String, _ generator: inout ExpressionGenerator
    ) {
        let unknown = Set((0..<environment.layout.count).filter { _ in Bool.random(using: &generator.random) })
        switch checked.planPartial().evaluate(frame, unknown: unknown, wantsResidual: true) {
        case .value(let value): #expect(isSame(whole, .success(value)), "\(text): partly \(value), wholly \(whole)")
        case .failure(let error):
            // Which of several errors is reported may differ.
            if error.code == .budgetExceeded || error.code == .resultTooLarge { return }
            if case .success(let value) = whole { Issue.record("\(text): partly \(error), wholly \(value)") }
        case .unknown(let open):
            #expect(open.slots.isSubset(of: unknown), "\(text)")
            #expect(!open.slots.isEmpty, "\(text)")
            guard let residual = open.residual else { return }
            guard let left = try? environment.parse(residual) else {
                Issue.record("\(text): the residual \(residual) cannot be read")
                return
            }
            let value = outcome(left.plan(), frame)
            #expect(isSame(whole, value, exactly: false), "\(text): \(whole), but \(residual): \(value)")
        }
    }

    private func outcome(_ program: Program, _ frame: Frame) -> Result<Value, EvaluationError> {
        do {
            return .success(try program.evaluate(frame))
        } catch {
            return .failure(error)
        }
    }

    private func isSame(
        _ left: Result<Value, EvaluationError>, _ right: Result<Value, EvaluationError>, exactly: Bool = true
    ) -> Bool {
        switch (left, right) {
        case (.success(let a), .success(let b)): a == b
        case (.failure(let a), .failure(let b)) where !exactly || a.code == b.code: true
        // A node of one type sees that its left operand is of another before it looks at the right one.
        case (.failure(let a), .failure(let b)) where a.code == .noSuchOverload || b.code == .noSuchOverload: true
        // Plans count steps differently: only one of them may have run out.
        case (.failure(let error), _), (_, .failure(let error)):
            error.code == .budgetExceeded || error.code == .resultTooLarge
        default: false
        }
    }

    @Test func `damaged expressions are refused or evaluated, never worse`() {
        let environment = ExpressionGenerator.environment()
        var corpus = Self.corpus.map { Array($0.utf8) }
        if let root = Shared.root {
            for file in vectorFiles {
                let bytes = Shared.bytes("\(root)/vectors/cel/\(file.name).json") ?? []
                let text = String(decoding: bytes, as: UTF8.self)
                for part in text.split(separator: "\"expr\": \"").dropFirst() {
                    corpus.append(Array(part.prefix { $0 != "\"" }.utf8))
                }
            }
        }
        var accepted = 0
        let count = Self.repeatedly { seed in
            var random = SeededRandom(seed: seed)
            var bytes = corpus[Int.random(in: 0..<corpus.count, using: &random)]
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.damage(&bytes, corpus, &random) }
            guard let checked = try? environment.check(utf8: bytes) else { return }
            accepted += 1
            let frame = Frame(layout: environment.layout)
            _ = checked.plan().truth(frame)
            _ = checked.planProof().evaluate(frame)
        }
        print("CEL fuzz: \(count) damaged expressions, \(accepted) accepted")
    }

    private static func damage(_ bytes: inout [UInt8], _ corpus: [[UInt8]], _ random: inout SeededRandom) {
        let position = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
        case 1: if position < bytes.count { bytes.remove(at: position) }
        case 2: if position < bytes.count { bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 3:
            let other = corpus[Int.random(in: 0..<corpus.count, using: &random)]
            bytes.insert(contentsOf: other.prefix(Int.random(in: 0...other.count, using: &random)), at: position)
        case 4:
            let symbols = Array("()[]{}.,:?+-*/%!<>=&|'\"\\`0exu@ \n".utf8)
            bytes.insert(symbols[Int.random(in: 0..<symbols.count, using: &random)], at: position)
        default: bytes.removeSubrange(position..<min(bytes.count, position + 5))
        }
    }

    @Test func `random patterns compile or are refused, and match in time`() {
        let alphabet = Array("ab.*+?|()[]^$\\dwsb{}0,-1p:i").map(String.init)
        let environment = Environment()
        let count = Self.repeatedly { seed in
            var random = SeededRandom(seed: seed)
            let pattern = (0..<Int.random(in: 1...14, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }.joined()
            let text = String(repeating: "ab", count: 50)
            guard let checked = try? environment.check("r'''\(text)'''.matches(r'''\(pattern)''')") else { return }
            _ = checked.plan().truth(Frame(layout: environment.layout))
        }
        print("CEL fuzz: \(count) patterns")
    }

    private static let corpus = [
        "event.type == 'article.read' && event.share >= 0.7 && member.tier in ['silver', 'gold'] && !member.paused",
        "event.topics.exists(t, !(t in member.topics.last30days))", "has(event.share) ? event.share : 0.0",
        "member.scores.transformMap(k, v, v > 1, v * 2).size() > 0", "cel.bind(a, event.topics, a.map(t, t + '!'))",
        "timestamp('2026-01-31T12:00:00Z') + duration('1h') > event.at", "'%.3f'.format([event.share])",
        "member.scores[?'a'].optMap(v, v + 1).orValue(0)", "b'\\377' != b'\\xfe'", "[1, 2, 3].sortBy(e, -e)[0]",
        "cel.block([x, cel.index(0) + 1], cel.index(1))", "{?'a': optional.none(), 'b': 2}.?b.value()",
        "ip('::1').isLoopback() && cidr('10.0.0.0/8').containsIP('10.1.2.3')", "event.type.matches('^a(b|c)*$')",
    ]
}
