import Primitives
import Testing

@testable import Loyalty

@Suite struct LeaderboardDocumentTests {
    private func document(_ board: String) throws -> ProgrammeDocument {
        let root = "programme: small\nname: Small\nlanguages: [en]\nunits: { ink: { name: ink } }\n"
        let rule = "rule: read\ntrigger: read\nthen: [{ award: { amount: 1, unit: ink } }]\nwhy: You read.\n"
        return try ProgrammeDocument(bundle: [
            "programme.yaml": .string(root), "events/read.yaml": .string("event: read\nfields: {}\n"),
            "rules/read.yaml": .string(rule), "leaderboards/best.yaml": .string(board),
        ])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let programme = try document(
            "leaderboard: best\nname: Best\npoints: ink\nevery: month\nminimum: 25\nwhy: For fun.\n"
        ).programme()
        #expect(
            programme.leaderboards == [
                Leaderboard(
                    id: "best", name: LocalizedText([.en: "Best"]), measure: .points("ink"), every: .month, minimum: 25,
                    why: LocalizedText([.en: "For fun."]))
            ])
        let again = try ProgrammeDocument.export(programme)
        #expect(try again.programme() == programme)
        var changed = programme
        changed.leaderboards[0].minimum = 30
        #expect(
            ProgrammeDiff(from: programme, to: changed).changes.map(\.description) == [
                "~ leaderboard best: minimum: 25 -> 30"
            ])
    }

    @Test(arguments: [
        ("leaderboard: best\nname: Best\nwhy: x\n", "ranks by one thing"),
        ("leaderboard: best\nname: Best\nwhy: x\npoints: ink\nprogress: week\n", "ranks by one thing"),
        ("leaderboard: best\nname: Best\nwhy: x\npoints: inkt\n", "no unit 'inkt'"),
        ("leaderboard: best\nname: Best\nwhy: x\nprogress: week\n", "no challenge 'week'"),
        ("leaderboard: best\nname: Best\nwhy: x\npoints: ink\nminimum: 1\n", "1"),
        ("leaderboard: best\nname: Best\nwhy: x\npoints: ink\nprize: 5\n", "prize"),
    ]) func mistakesHaveAPlace(board: String, says: String) throws {
        let errors = try document(board).check().errors
        #expect(errors.contains { $0.message.contains(says) && $0.line > 0 }, "\(errors)")
    }

    @Test func namesAreTheSameUntilAnotherIsDrawn() throws {
        let programme = try #require(ProgrammeID("small"))
        func name(_ number: UInt64, _ draw: Int64 = 0, _ board: String = "best") -> BoardName {
            BoardName(
                member: MemberID(ID128(high: 1, low: number)), board: board, draw: draw, programme: programme)
        }
        #expect(name(1) == name(1))
        #expect(name(1) != name(1, 1))
        #expect(name(1) != name(1, 0, "other"))
        #expect(Set((0..<500 as Range<UInt64>).map { name($0) }).count > 450)
    }
}
