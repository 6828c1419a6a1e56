import Loyalty
import Testing

@Suite struct DoorsTests {
    private static func document(_ doors: String) throws -> ProgrammeDocument {
        try ProgrammeDocument([
            "programme.yaml": "programme: sample\nname: { en: Sample }\nlanguages: [en]\n", "doors.yaml": doors,
        ])
    }

    @Test func aFileIsReadExportedAndCompared() throws {
        // RFC 8037, appendix A.2.
        let document = try Self.document(
            """
            join: open
            hand-over:
              issuer: https://www.example.org
              audience: regulars
              keys:
                - { id: k1, ed25519: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo }
            """)
        #expect(document.check().errors == [])
        let doors = try #require(try document.programme().doors)
        #expect(doors.joining == .open && doors.handOver?.issuer == "https://www.example.org")
        let key = try #require(doors.handOver?.keys.first)
        #expect(key.id == "k1" && key.ed25519.count == 32 && key.ed25519.first == 0xD7)
        let again = try ProgrammeDocument.export(try document.programme())
        #expect(try again.programme() == document.programme())
        let none = try Self.document("join: closed").programme()
        #expect(none.doors == Doors())
        let changes = ProgrammeDiff(from: none, to: try document.programme()).changes.map(\.description)
        #expect(changes.contains { $0.contains("join: closed -> open") }, "\(changes)")
    }

    @Test(arguments: [
        ("join: maybe\n", "'maybe' is not open or closed."), ("hand-over: { issuer: x }\n", "has no 'audience'"),
        ("hand-over:\n  issuer: x\n  audience: y\n  keys: [{ ed25519: abcd }]\n", "no public key of Ed25519"),
        ("hand-over:\n  issuer: x\n  audience: y\n  secret: z\n", "There is no 'secret'"),
        ("jion: open\n", "There is no 'jion' in the doors."),
    ])
    func aFaultIsNamed(file: String, message: String) throws {
        let errors = try Self.document(file).check().errors
        #expect(errors.contains { $0.path == "doors.yaml" && $0.message.contains(message) }, "\(errors)")
    }
}
