import Foundation
import Loyalty
import Primitives
import Testing

/// Runs every example of docs/reference/programme.md.
@Suite struct ProgrammeReferenceTests {
    struct Block {
        /// The words after the fence: `yaml rules/x.yaml`.
        var words: [String]
        var text: String
        var line: Int
    }

    private static func blocks() throws -> [Block] {
        let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../docs/reference/programme.md")
        let text = try String(contentsOf: place, encoding: .utf8)
        var blocks: [Block] = []
        var open: Block?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    let words = line.dropFirst(3).split(separator: " ").map(String.init)
                    open = Block(words: words, text: "", line: number + 1)
                }
            } else {
                open?.text += line + "\n"
            }
        }
        #expect(open == nil, "a block is not closed")
        return blocks
    }

    private static func files() throws -> [String: String] {
        var files: [String: String] = [:]
        for block in try blocks() where block.words.first == "yaml" && block.words.count == 2 {
            guard block.words[1].hasSuffix(".yaml") else { continue }
            #expect(files[block.words[1]] == nil, "\(block.words[1]) stands there twice")
            files[block.words[1]] = block.text
        }
        return files
    }

    @Test func theFilesFormOneProgrammeWithoutAnyProblem() throws {
        let check = try ProgrammeDocument(Self.files()).check()
        #expect(check.problems == [])
        #expect(check.programme?.rules.count == 6)
        #expect(check.rules.map(\.facts).max() == .class)
    }

    @Test func theOtherTiersAreWithoutAnyProblem() throws {
        let block = try #require(try Self.blocks().first { $0.words == ["yaml", "tiers", "programme.yaml"] })
        let check = try ProgrammeDocument(["programme.yaml": block.text]).check()
        #expect(check.problems.map(\.message) == ["Nothing gives this unit."])
        #expect(check.programme?.tiers?.cycle?.notice == .days(14))
    }

    @Test func everyMistakeIsNamedAsPrinted() throws {
        let blocks = try Self.blocks()
        var count = 0
        for (index, block) in blocks.enumerated() where block.words.count == 3 && block.words[1] == "mistake" {
            var files = try Self.files()
            files[block.words[2]] = block.text
            let found = try ProgrammeDocument(files).check().problems.filter { $0.path == block.words[2] }
            #expect(found.map { $0.description + "\n" }.joined() == blocks[index + 1].text, "line \(block.line)")
            count += 1
        }
        #expect(count == 3)
    }

    @Test func everyDifferenceIsAsPrinted() throws {
        let blocks = try Self.blocks()
        let old = try ProgrammeDocument(Self.files()).programme()
        var count = 0
        for (index, block) in blocks.enumerated() where block.words.count == 3 && block.words[1] == "change" {
            var files = try Self.files()
            files[block.words[2]] = block.text
            let diff = ProgrammeDiff(from: old, to: try ProgrammeDocument(files).programme())
            let lines = diff.changes.map(\.description) + diff.live.map(\.description)
            #expect(lines.joined(separator: "\n") + "\n" == blocks[index + 1].text, "line \(block.line)")
            count += 1
        }
        #expect(count == 1)
    }

    @Test func everyConditionIsOne() throws {
        let files = try Self.files()
        let conditions = try Self.blocks().filter { $0.words == ["cel"] }.flatMap { $0.text.split(separator: "\n") }
        #expect(conditions.count >= 6)
        for condition in conditions {
            var changed = files
            changed["rules/condition.yaml"] = """
                rule: condition
                trigger: article.read
                when: |
                  \(condition)
                then: [{ badge: voice }]
                """
            #expect(try ProgrammeDocument(changed).check().errors == [], "\(condition)")
        }
    }

    @Test func theOtherFormsSayTheSame() throws {
        let blocks = try Self.blocks()
        let bundle = try #require(blocks.first { $0.words == ["json", "bundle"] })
        let stream = try #require(blocks.first { $0.words == ["yaml", "stream"] })
        let fromBundle = try ProgrammeDocument(bundle: JSONValue(parsing: bundle.text))
        let fromStream = try ProgrammeDocument(stream: stream.text)
        #expect(fromBundle == fromStream)
        #expect(fromBundle.check().problems == [])
    }

    @Test func noBlockGoesUntested() throws {
        let known: Set<String> = ["text", "sh", "cel", "json", "yaml", "swift"]
        for block in try Self.blocks() {
            #expect(known.contains(block.words.first ?? ""), "line \(block.line)")
            if block.words.first == "yaml" { #expect(block.words.count > 1, "line \(block.line) names no file") }
        }
    }

    /// Every key that the reader knows stands in the reference.
    @Test func everyKeyIsMentioned() throws {
        let text = try Self.blocks().map(\.text).joined()
        for key in [
            "programme", "name", "languages", "timezone", "day-start", "lateness", "pilot", "units", "tiers", "traits",
            "budgets",
            "badges", "webhooks", "kind", "pending", "expires", "levels", "at", "event", "purpose", "keep",
            "popularity",
            "fields", "type", "of", "required", "unit", "min", "max", "one-of", "meaning", "rule", "trigger", "when",
            "then",
            "limits", "cooldown", "valid", "priority", "exclusive", "budget", "holdout", "why", "examples", "award",
            "progress", "badge", "entitlement", "trait", "webhook", "challenge", "count", "target", "every", "reward",
            "price", "stock", "per-member", "holds", "maker", "item", "topics", "from", "until", "gives", "per",
            "period", "streak", "needs", "sum", "any-of", "days", "usual", "to", "freezes", "initial", "earned-every",
            "maximum", "milestones", "repairs",
            "period", "most", "joined-challenges", "series", "hidden", "all-of", "sum", "distinct", "within", "steps",
            "order", "season", "tier", "after", "starts", "join", "goal", "to", "days", "weeks", "rolling",
            "counts", "cycle", "lasts", "downgrade", "grace", "notice", "invited",
        ] { #expect(text.contains("\(key):"), "'\(key)' is in no example") }
    }
}
