import Catalogue
import Primitives
import Testing

@testable import Loyalty

/// What a condition's matches say of an event, and what they keep to themselves.
@Suite struct ConditionMatchesTests {
    private static let noon = Instant(seconds: 1_750_000_000)

    private static func matches(_ condition: String) throws -> ConditionMatches {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: Loyalty.LocalizedText([.en: "Regulars"]), timeZone: "UTC")
        programme.events = [
            EventType(
                id: "read",
                fields: [
                    .init(id: "item", type: .item), .init(id: "subject", type: .topic, required: false),
                    .init(id: "note", type: .text, required: false),
                ])
        ]
        return try ConditionMatches(
            condition, over: "read", in: try CompiledProgramme(programme, version: 1),
            offsets: EntitlementCheckTests.NoZones(), zones: nil
        ) { id in
            var content = ItemContent()
            content.kind = .article
            content.topics = ["clinic"]
            content.isSensitive = id.text == "quiet"
            return Item(id: id, state: .live, content: content, revision: 1)
        }
    }

    private static func event(_ item: String, member: UInt64 = 1, minute: Int64 = 0) -> KeptEvent {
        let fields: JSONObject = ["item": .string(item), "subject": "sport", "note": "é secret"]
        return KeptEvent(
            member: MemberID(ID128(high: 1, low: member)), at: noon.adding(milliseconds: minute * 60_000),
            claim: ID128(high: 2, low: member), type: "read", payload: JSONValue.object(fields).bytes())
    }

    @Test func `an example has its hour and its class, and of a sensitive subject no topics`() throws {
        var matches = try Self.matches("event.note.contains('secret')")
        matches.take(Self.event("plain", minute: 7))
        matches.take(Self.event("quiet", minute: 90))
        let day = Int32(1_750_000_000 / 86_400)
        let report = matches.report(days: day...day, isWhole: true)
        #expect(report.whole.matched == .init(events: 2, members: 1))
        // The latest first.
        #expect(report.examples.map(\.topics) == [[], ["clinic", "sport"]])
        #expect(report.examples.allSatisfy { $0.kinds == ["article"] && $0.hour.milliseconds % 3_600_000 == 0 })
        let text = String(describing: report)
        #expect(!text.contains("secret") && !text.contains("plain") && !text.contains("quiet"))
    }

    @Test func `what no longer fits its declaration, or cannot be evaluated, matches nothing`() throws {
        var matches = try Self.matches("event.item.topics[3] == 'x' || 1 / 0 == 1")
        matches.take(Self.event("plain"))
        var odd = Self.event("plain", member: 2)
        odd.payload = Array("{\"item\": 7}".utf8)
        matches.take(odd)
        odd.payload = Array("no JSON".utf8)
        matches.take(odd)
        let day = Int32(1_750_000_000 / 86_400)
        let report = matches.report(days: (day - 1)...day, isWhole: true)
        #expect(report.whole.all.events == 1 && report.whole.matched.events == 0 && report.examples.isEmpty)
        #expect(report.days.map(\.figures.all.events) == [0, 1])
    }

    @Test func `only the latest examples are kept`() throws {
        var matches = try Self.matches("true")
        for number in 0..<30 {
            matches.take(Self.event("plain", member: UInt64(number + 1), minute: Int64(number) * 60))
        }
        let day = Int32(1_750_000_000 / 86_400)
        let report = matches.report(days: day...(day + 1), isWhole: true)
        #expect(report.examples.count == ConditionReport.mostExamples)
        let oldest = try #require(report.examples.last)
        #expect(oldest.hour > Self.noon.adding(milliseconds: 18 * 3_600_000))
        #expect(report.whole.matched == .init(events: 30, members: 30))
    }
}
