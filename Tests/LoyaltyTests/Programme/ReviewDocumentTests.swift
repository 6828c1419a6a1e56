import Loyalty
import Primitives
import Testing

/// `review`: read, written back, compared; and fields that say where people are.
@Suite struct ReviewDocumentTests {
    private func document(_ review: String, fields: String = "") throws -> ProgrammeDocument {
        try ProgrammeDocument(bundle: [
            "programme.yaml": "programme: small\nname: Small\nlanguages: [en]\nreview:\n\(review)",
            "events/page.read.yaml": """
            event: page.read
            fields:
              words: { type: integer }
              seconds: { type: duration, unit: s }
              device: { type: text, required: false }
            \(fields)
            """,
        ])
    }

    private let full = """
          many: { velocity: page.read, at-most: 30, per: 2 hours, release-after: 7 days, why: Many pages. }
          fast: { speed: page.read, length: words, seconds: seconds, per-minute: 900 }
          double: { dwell: page.read, seconds: seconds, at-most: 20 hours }
          device: { devices: page.read, field: device, members: 5 }
          ring: { raised: true }
        """

    @Test func whatIsWrittenReadsBack() throws {
        let programme = try document(full).programme()
        #expect(
            programme.review.map(\.kind) == [
                .velocity(event: "page.read", atMost: 30, windowSeconds: 7_200),
                .speed(event: "page.read", length: "words", seconds: "seconds", perMinute: 900),
                .dwell(event: "page.read", seconds: "seconds", atMostSeconds: 72_000),
                .devices(event: "page.read", field: "device", members: 5), .raised,
            ])
        #expect(programme.review.map(\.releaseAfterDays) == [7, 14, 14, 14, 14])
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var other = programme
        other.review[0].releaseAfterDays = 9
        let changes = ProgrammeDiff(from: programme, to: other).changes
        #expect(changes.map { "\($0.thing) \($0.id) \($0.field)" } == ["review many release-after"])
    }

    @Test(arguments: [
        ("  a: { velocity: page.read }", "at-most"),
        ("  a: { velocity: page.red, at-most: 3 }", "There is no event type 'page.red'."),
        (
            "  a: { velocity: page.read, at-most: 3, members: 2 }", "'members' means nothing for 'velocity'."
        ),
        (
            "  a: { dwell: page.read, seconds: minutes, at-most: 2 hours }",
            "'page.read' has no field 'minutes' that is a length of time."
        ),
        ("  a: { raised: true, release-after: 90 days }", "A review ends by itself after 1 to 60 days."),
        ("  a: { why: x }", "A check is exactly one of: velocity, speed, dwell, devices, raised."),
    ])
    func mistakesAreNamed(review: String, message: String) throws {
        let problems = try document(review).check().problems
        #expect(problems.contains { $0.message.contains(message) }, "\(problems.map(\.message))")
    }

    @Test func aFieldThatSaysWhereSomebodyWasIsWarnedOf() throws {
        let place = "  start_latitude: { type: number }\n  mode: { type: text, one-of: [bike, bus] }"
        let problems = try document(full, fields: place).check().problems
        #expect(
            problems.map(\.message).filter { $0.contains("latitude") } == [
                "'start_latitude' of 'page.read' looks like a place where somebody was."
            ])
        #expect(problems.allSatisfy { $0.severity == .warning })
    }
}
