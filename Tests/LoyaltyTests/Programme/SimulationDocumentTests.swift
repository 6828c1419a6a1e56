import Primitives
import Testing

@testable import Loyalty

/// `simulation/*.yaml`: what people the simulator invents.
@Suite struct SimulationDocumentTests {
    private static let text = """
        simulation: readers
        places:
          - { language: nl, zone: Europe/Amsterdam, share: 1 }
        rhythms:
          day: [0, 0, 0, 0, 0, 0, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 2, 1, 0]
        groups:
          regular: { share: 1, visits: 0.8, tastes: { opera: 2, sport: 1 }, channels: { web: 1 }, hours: { day: 1 } }
        channels:
          web: { does: { article.read: 1 } }
        events:
          article.read:
            item: article
            finishes: { usual: 0.4, taste: 0.1 }
            fields:
              share: { finished: { from: 0.7, to: 1.0 }, otherwise: { from: 0.0, to: 0.5, power: 2 } }
              seconds: { length: { from: 0.8, to: 1.3 } }
        subscription:
          plans:
            yearly: { share: 0.5, every: 365, months: 12, hazard: { beta: [0.668, 3.806] } }
        responses:
          persuadable: { share: 0.3, hazard: 0.6, visits: 1.2, moves: 1.5 }
          others: { hazard: 1 }
        moves: [opera]
        traits:
          topics: { tastes: 2, share: 0.5 }
        """

    private static func check(replacing old: String = "", by new: String = "") throws -> ProgrammeCheck {
        let changed = old.isEmpty ? text : text.replacing(old, with: new)
        #expect(old.isEmpty || changed != text, "\(old) is not there")
        return try Documents.with("simulation/readers.yaml", changed).check()
    }

    @Test func whatIsWrittenIsReadAndWrittenBack() throws {
        let programme = try #require(try Self.check().programme)
        let behaviour = try #require(programme.simulation)
        #expect(behaviour.subjects == ["opera", "sport"] && behaviour.source == "/test" && !behaviour.isDerived)
        #expect(behaviour.subscription?.plans.first?.hazard == .beta(0.668, 3.806))
        guard case .finished(let done, let other)? = behaviour.events.first?.fields.first?.draw else {
            Issue.record("share follows from finishing")
            return
        }
        // Written as decimals they stay decimals, also where they are whole.
        #expect(!done.isWhole && done.to == 1 && !other.isWhole && other.power == 2)
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var other2 = programme
        other2.simulation?.personal = 0.5
        let changes = ProgrammeDiff(from: programme, to: other2).changes
        #expect(changes.map(\.thing) == ["simulation"] && changes.first?.field == "personal")
    }

    struct Wrong: Sendable {
        var old: String
        var new: String
        var says: String
        var line: Int
    }

    static let wrong = [
        Wrong(
            old: "zone: Europe/Amsterdam", new: "zone: Europe/Amsterdm", says: "does not know the time zone", line: 3),
        Wrong(old: "3, 3, 3, 2, 1, 0]", new: "3, 3, 3, 2, 1]", says: "24 weights", line: 5),
        Wrong(old: "{ article.read: 1 }", new: "{ article.raed: 1 }", says: "no event 'article.raed'", line: 9),
        Wrong(old: "channels: { web: 1 }", new: "channels: { wob: 1 }", says: "no channel 'wob'", line: 7),
        Wrong(old: "to: 1.0 }", new: "to: 1.5 }", says: "does not fit", line: 15),
        Wrong(old: "from: 0.7, to: 1.0", new: "from: 1.0, to: 0.7", says: "lies above 'to'", line: 15),
        Wrong(old: "beta: [0.668, 3.806]", new: "beta: [0.668]", says: "two numbers", line: 19),
        Wrong(old: "moves: [opera]", new: "moves: [ballet]", says: "no subject 'ballet'", line: 23),
        Wrong(old: "  topics: { tastes: 2", new: "  subjects: { tastes: 2", says: "no trait 'subjects'", line: 25),
        Wrong(old: "share: 0.3, hazard", new: "share: 3, hazard", says: "goes from 0 to 1", line: 21),
        Wrong(
            old: "      seconds: { length: { from: 0.8, to: 1.3 } }\n", new: "", says: "needs the field 'seconds'",
            line: 15),
    ]

    @Test(arguments: wrong) func whatMakesNoSenseIsSaidAtItsPlace(_ wrong: Wrong) throws {
        let problems = try Self.check(replacing: wrong.old, by: wrong.new).errors
        let found = problems.first { $0.message.contains(wrong.says) }
        #expect(found != nil, "\(problems)")
        #expect(found?.path == "simulation/readers.yaml")
        #expect(found?.line == wrong.line, "\(problems)")
    }

    @Test func thereIsOneSimulation() throws {
        var files = Documents.good
        files["simulation/readers.yaml"] = Self.text
        files["simulation/others.yaml"] = Self.text.replacing("simulation: readers", with: "simulation: others")
        #expect(try ProgrammeDocument(files).check().errors.map(\.message) == ["A programme has one simulation."])
    }
}
