import Loyalty
import Primitives
import Testing

/// A document with one mistake, and where and how the mistake must be named.
struct Mistake: Sendable, CustomTestStringConvertible {
    var path: String
    var old: String
    var new: String
    var place: String
    var says: String

    init(_ path: String, _ old: String, _ new: String, at place: String, _ says: String) {
        self.path = path
        self.old = old
        self.new = new
        self.place = place
        self.says = says
    }

    var testDescription: String { "\(path): \(new)" }
}

@Suite struct ProgrammeProblemsTests {
    static let rule = "rules/reader.yaml"
    static let root = "programme.yaml"
    static let event = "events/article.read.yaml"
    static let reward = "rewards/preview.yaml"
    static let challenge = "challenges/five.yaml"

    static let mistakes: [Mistake] = [
        Mistake(rule, "trigger:", "on:", at: "2:1", "Did you mean 'trigger'?"),
        Mistake(rule, "when:", "whan:", at: "3:1", "Did you mean 'when'?"),
        Mistake(rule, "amount: 15", "amount: -5", at: "5:22", "outside 1 to 1000000000"),
        Mistake(rule, "amount: 15", "amount: 1000000001", at: "5:22", "outside"),
        Mistake(rule, "amount: 15", "amount: 99999999999999999999", at: "5:22", "not a whole number"),
        Mistake(rule, "amount: 15", "amount: 1.5", at: "5:22", "points are not divided"),
        Mistake(rule, "amount: 15", "amount: true", at: "5:22", "true or false"),
        Mistake(rule, "amount: 15, ", "", at: "5:12", "'award' has no 'amount'"),
        Mistake(rule, "  - badge: voice", "  - badge: [voice]", at: "6:12", "a list"),
        Mistake(rule, "  - badge: voice", "  - badge: voice\n    webhook: crm", at: "6:5", "exactly one of"),
        Mistake(rule, "  - badge: voice", "  - bagde: voice", at: "6:5", "Did you mean 'badge'?"),
        Mistake(rule, "rule: reader", "rule: Reader!", at: "1:7", "small letters"),
        Mistake(rule, "rule: reader\n", "", at: "1:1", "Start it with 'rule: reader'"),
        Mistake(rule, "why:", "holdout: 5\nwhy:", at: "7:10", "Write 0.05 for 5 per cent."),
        Mistake(rule, "why:", "holdout: 5%\nwhy:", at: "7:10", "Write 0.05."),
        Mistake(rule, "why:", "holdout: 0.00001\nwhy:", at: "7:10", "finer"),
        Mistake(rule, "why:", "cooldown: 3 fortnights\nwhy:", at: "7:11", "72 hours"),
        Mistake(rule, "why:", "cooldown: 0 hours\nwhy:", at: "7:11", "length of time"),
        Mistake(rule, "why:", "limits: { per: day }\nwhy:", at: "7:9", "must be a list"),
        Mistake(rule, "why:", "limits:\n  - { per: day, amount: 5 }\nwhy:", at: "8:12", "period: day"),
        Mistake(rule, "why:", "limits:\n  - { per: member, amount: 5 }\nwhy:", at: "8:5", "has no 'period'"),
        Mistake(rule, "why:", "limits:\n  - { per: member, period: day }\nwhy:", at: "8:5", "either an 'amount' or"),
        Mistake(rule, "why:", "limits:\n  - { per: event, period: day, amount: 5 }\nwhy:", at: "8:27", "no 'period'"),
        Mistake(rule, "why:", "valid: { from: 2026-02-30T00:00:00Z }\nwhy:", at: "7:16", "point in time"),
        Mistake(
            rule, "why:", "valid: { from: 2026-03-01T00:00:00Z, until: 2026-01-01T00:00:00Z }\nwhy:", at: "7:45",
            "end before it starts"),
        Mistake(rule, "why:", "examples:\n  - event: {}\nwhy:", at: "8:5", "has no 'gives'"),
        Mistake(rule, "why:", "examples:\n  - { event: {}, gives: 15 }\nwhy:", at: "8:25", "gives: nothing"),
        Mistake(rule, "{ en: You read., nl: Je las. }", "You read.", at: "7:6", "{ en: You read. }"),
        Mistake(rule, "nl: Je las.", "nl: 5", at: "7:27", "Put it between quotes: '5'."),
        Mistake(rule, "nl: Je las.", "nl: \"Je\\u202E las.\"", at: "7:27", "control character"),
        Mistake(rule, "nl: Je las.", "fr: Tu as lu.", at: "7:23", "Choose from: nl, en, ja"),
        Mistake(rule, "then:", "then: []\nmore:", at: "4:7", "empty list"),
        Mistake(root, "programme: test", "programme: Test", at: "1:12", "small letters"),
        Mistake(root, "languages: [en, nl]", "languages: [en, nl, en]", at: "3:21", "twice"),
        Mistake(root, "languages: [en, nl]", "languages: [en, dutch]", at: "3:17", "Choose from: nl, en, ja"),
        Mistake(root, "Europe/Amsterdam", "amsterdam time", at: "4:11", "Europe/Amsterdam or UTC"),
        Mistake(root, "04:00", "4 am", at: "5:12", "04:00 or 18:30"),
        Mistake(root, "04:00", "24:00", at: "5:12", "time of day"),
        Mistake(root, "expires: 12 months", "expires: 12 moons", at: "7:48", "24 months"),
        Mistake(root, "kind: status", "kind: statuses", at: "8:20", "Did you mean 'status'?"),
        Mistake(root, "gold: { at: 100", "gold: { at: 0", at: "13:17", "from low to high"),
        Mistake(root, "list of topic", "list of item", at: "15:11", "list cannot be of 'item'"),
        Mistake(root, "ambassador: boolean", "ambassador: item", at: "16:15", "trait cannot be an item"),
        Mistake(root, "ambassador: boolean", "ambas-sador: boolean", at: "16:3", "underscores"),
        Mistake(root, "per: month", "per: fortnight", at: "18:29", "day, week, month, year, ever"),
        Mistake(root, "https://crm.example/hooks", "ftp://crm.example", at: "22:15", "https://"),
        Mistake(event, "type: fraction", "type: percentage", at: "5:18", "Choose from: boolean"),
        Mistake(event, "type: fraction", "type: fraction, max: 2", at: "5:33", "from 0 to 1 already"),
        Mistake(event, "unit: s", "unit: seconds", at: "6:36", "ms, s, min, h"),
        Mistake(event, "of: topic, required: false", "required: false", at: "7:11", "has no 'of'"),
        Mistake(event, "required: false", "required: no", at: "7:46", "write false"),
        Mistake(event, "persona: none", "persona: 1 month", at: "2:39", "persona: none"),
        Mistake(event, "item: { type: item }", "type: { type: item }", at: "4:3", "Every event has 'type' already"),
        Mistake(event, "item: { type: item }", "in: { type: item }", at: "4:3", "no word of CEL"),
        Mistake(reward, "kind: preview", "kind: previews", at: "2:7", "Did you mean 'preview'?"),
        Mistake(reward, "price: { amount: 120, unit: ink }", "price: 120", at: "5:8", "amount, unit"),
        Mistake(reward, "price: { amount: 120, unit: ink }", "stock: 5", at: "1:1", "has no 'price'"),
        Mistake(challenge, "target: 5", "target: 0", at: "4:9", "outside"),
        Mistake(challenge, "every: week", "every: fortnight", at: "5:8", "day, week, month"),
        Mistake(challenge, "count: article.read", "when: event.share > 0.5", at: "3:7", "Add 'count: <event>'."),
        // YAML itself.
        Mistake(rule, "when: event.share", "when: 'event.share", at: "3:7", "not YAML"),
        Mistake(rule, "trigger: article.read", "trigger: a\ntrigger: b", at: "2:1", "'trigger' is given twice"),
        Mistake(rule, "trigger: article.read", "trigger: a: b", at: "2:11", "between quotes"),
        Mistake(rule, "rule: reader", "rule: !thing reader", at: "1:7", "tags are not used"),
        Mistake(rule, "why:", "? [a, b]\n: c\nwhy:", at: "7:3", "A key is a word"),
        Mistake(rule, "why:", "---\nwhy:", at: "7:1", "without '---'"),
    ]

    @Test(arguments: mistakes) func aMistakeIsNamedAtItsPlace(mistake: Mistake) throws {
        let document = try Documents.replacing(mistake.old, by: mistake.new, in: mistake.path)
        let found = document.check().errors.filter { $0.path == mistake.path }
        let listed = found.map(\.description).joined(separator: "\n")
        #expect(
            found.contains { problem in
                "\(problem.line):\(problem.column)" == mistake.place && problem.description.contains(mistake.says)
            }, "\(listed)")
        #expect(document.check().programme == nil)
    }

    @Test func allProblemsAreFoundAtOnce() throws {
        var files = Documents.good
        files["rules/reader.yaml"] = "rule: reader\nwhan: x\nthen: []\n"
        files["rules/second.yaml"] = "rule: reader\ntrigger: article.read\nthen:\n  - badge: voice\n"
        files["rule/third.yaml"] = "rule: third"
        files["programm.yaml"] = "x: y"
        files["texts/fr.yaml"] = "a: b"
        let problems = try ProgrammeDocument(files).check().problems
        let text = problems.map(\.description).joined(separator: "\n")
        for expected in [
            "rules/reader.yaml:2:1: error: There is no 'whan' in the rule. Did you mean 'when'?",
            "rules/reader.yaml:1:1: error: The rule has no 'trigger'.", "rules/reader.yaml:3:7: error:",
            "rules/second.yaml:1:1: error: The rule 'reader' is declared twice.",
            "rule/third.yaml: error: There is no folder 'rule' in a document. Did you mean 'rules/'?",
            "programm.yaml: error: A document has no such place. Did you mean 'programme.yaml'?",
            "texts/fr.yaml: error: 'fr' is no language of Stamgast.",
        ] { #expect(text.contains(expected), "\(text)") }
        #expect(problems == problems.sorted())
    }

    @Test func aDocumentWithoutItsRootSaysSo() throws {
        let problems = try ProgrammeDocument(["rules/x.yaml": "rule: x"]).check().problems
        #expect(problems.contains { $0.message == "The document has no programme.yaml." })
        #expect(try ProgrammeDocument([:]).check().programme == nil)
        let empty = try ProgrammeDocument(["programme.yaml": "# nothing\n"]).check()
        #expect(empty.problems.contains { $0.message == "The file is empty." })
    }

    @Test func wordsThatWereBooleansOnceAreTexts() throws {
        var files = Documents.good
        files["programme.yaml"] = Documents.root.replacing("ambassador: boolean", with: "mood: text")
        files["rules/reader.yaml"] = """
            rule: reader
            trigger: article.read
            then:
              - trait: { name: mood, value: on }
              - trait: { name: mood, value: no }
            """
        let rule = try #require(try ProgrammeDocument(files).programme().rules.first)
        #expect(rule.effects == [.trait("mood", value: "on"), .trait("mood", value: "no")])
    }

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
    private static func stairs(_ count: Int, _ text: String) -> String {
        (0..<count).map { times($0, " ") + text }.joined(separator: "\n")
    }

    static let bombs: [String] = deep + aliases + odd

    private static let deep: [String] = [
        times(100_000, "["), "a: " + times(100_000, "["), "a: " + times(50_000, "{b: "), times(100_000, "- ") + "x",
        times(100_000, "? ") + "x", stairs(500, "-"), stairs(500, "a:"), stairs(100, "a:"), stairs(120, "- a:"),
        times(500, "[[[[[[[[[[ # ]]]]]]]]]]\n"), times(1_999, "[\"]\", "), times(1_999, "!a ["), times(1_999, "{a: ["),
        times(10_000, "[?"), "a\u{2028}" + times(300, " ") + "- x",
    ]

    private static let aliases: [String] = [
        "a: &a [x, x, x]\n" + (0..<40).map { (number: Int) -> String in "b\(number): &b\(number) [*a, *a]\n" }.joined(),
        """
        a: &a [x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x]
        b: &b [*a,*a,*a,*a]
        c: &c [*b,*b,*b,*b]
        d: &d [*c,*c,*c,*c]
        ? *d
        : [*d, *d, *d]
        """,
        "a: *nowhere", "a: &a [*a]",
    ]

    private static let odd: [String] = [
        "\u{0}", "a: \"\\uD800\"", "%YAML 3.0\n---\na: b", "- \t- x", "\t- a", "@", "`", "&", "*", "!", "|", ">", "?",
        ":",
        "-", "...", "---\n---", "{", "}", "a:\n\tb: c", "\u{85}", times(200_000, "a"), times(199_999, "'"),
        "a: " + times(10_000, "\"\\x"),
    ]

    @Test(arguments: bombs.indices) func nothingBringsTheReaderDown(number: Int) throws {
        let text = Self.bombs[number]
        let problems = try Documents.with("rules/reader.yaml", text).check().problems
        #expect(problems.contains { $0.severity == .error && $0.path == "rules/reader.yaml" })
        let asRoot = try ProgrammeDocument(["programme.yaml": text]).check()
        #expect(asRoot.programme == nil)
        #expect(!asRoot.problems.isEmpty)
    }

    @Test func bytesThatAreNotUTF8AreFoundAtTheirPlace() throws {
        var bytes = Array("programme: test\nname: { en: Tést }\nx: ".utf8)
        bytes += [0xFF, 0x0A]
        let document = try ProgrammeDocument(files: [ProgrammeDocument.File(path: "programme.yaml", bytes: bytes)])
        let problem = try #require(document.check().problems.first)
        #expect(problem.message == "The file is not valid UTF-8.")
        #expect((problem.line, problem.column) == (3, 4))
    }

    @Test func mutationsNeverCrash() throws {
        let source = try #require(try DemoProgrammes.document("avondpost"))
        let seed = UInt64.random(in: .min ... .max)
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let pieces = [
            "[", "]", "{", "}", ":", "- ", "\n", " ", "'", "\"", "&a ", "*a", "|", ">", "#", "\t", "!", "é", "0",
        ]
        .map { Array($0.utf8) }
        for _ in 0..<300 {
            let files = source.files.map { file in
                var bytes = file.bytes
                for _ in 0..<next(4) where !bytes.isEmpty {
                    let index = next(bytes.count)
                    switch next(3) {
                    case 0: bytes.remove(at: index)
                    case 1: bytes.insert(contentsOf: pieces[next(pieces.count)], at: index)
                    default: bytes[index] = UInt8(truncatingIfNeeded: next(256))
                    }
                }
                return ProgrammeDocument.File(path: file.path, bytes: bytes)
            }
            let check = try ProgrammeDocument(files: files).check()
            #expect((check.programme == nil) == !check.errors.isEmpty, "seed \(seed)")
        }
    }
}
