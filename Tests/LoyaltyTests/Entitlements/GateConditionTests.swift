import Primitives
import Testing

@testable import Loyalty

/// A gate with a condition over the member.
@Suite struct GateConditionTests {
    typealias Gates = EntitlementCheckTests

    private func facts(_ source: String, _ state: MemberState?) throws -> (Gate, GateFacts) {
        let gate = Gate(id: "g", opens: [.when(source)])
        var programme = try Gates.programme([]).programme
        programme.traits = [Trait(id: "plan", type: .text)]
        programme.gates = [gate]
        let compiled = try CompiledProgramme(programme, version: 1)
        return (
            gate,
            GateFacts(
                state, programme: compiled, calendar: compiled.calendar(offsets: Gates.NoZones()), now: Gates.noon)
        )
    }

    @Test(arguments: [
        ("member.balance.ink >= 10", true), ("member.balance.ink >= 11", false),
        ("member.tier == 'silver' && 'voice' in member.badges", true), ("member.traits.plan == 'paper'", false),
        // What cannot be evaluated is not met: the member has no such trait.
        ("member.traits.plan != 'paper'", false), ("member.paused", false),
    ])
    func itOpensWhereTheConditionIsMet(_ source: String, _ isOpen: Bool) throws {
        let (gate, facts) = try facts(source, try Gates.state(ink: 10, loyalty: 100, badges: ["voice"]))
        let decision = EntitlementCheck.decide(gate, facts)
        #expect(decision.isOpen == isOpen)
        let because: Gate.Condition? = isOpen ? .when(source) : nil
        #expect(decision.because == because)
        #expect(decision.offers.isEmpty)
    }

    @Test func aVisitorMeetsNoCondition() throws {
        let (gate, facts) = try facts("true", nil)
        #expect(!EntitlementCheck.decide(gate, facts).isOpen)
        #expect(facts.proof(of: "true") == nil)
    }

    @Test func theProofShowsWhatWasReadAndWithholdsTraits() throws {
        let source = "member.balance.ink >= 10 && member.traits.plan == 'paper'"
        let (_, facts) = try facts(source, try Gates.state(ink: 12, traits: ["plan": "weekend-only"]))
        let proof = String(decoding: try #require(facts.proof(of: source)), as: UTF8.self)
        #expect(proof.contains("12"))
        #expect(!proof.contains("weekend-only"))
    }

    private func document(_ gate: String) throws -> ProgrammeDocument {
        try ProgrammeDocument(bundle: [
            "programme.yaml": "programme: small\nname: Small\nlanguages: [en]\nunits: { ink: { name: ink } }\n",
            "access/hall.yaml": .string(gate),
        ])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let programme = try document("gate: hall\nopen:\n  - all: [{ when: member.balance.ink > 9 }]\n").programme()
        #expect(programme.gates.first?.opens == [.all([.when("member.balance.ink > 9")])])
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var changed = programme
        changed.gates[0].opens = [.all([.when("member.balance.ink > 10")])]
        #expect(ProgrammeDiff(from: programme, to: changed).changes.count == 1)
    }

    @Test(arguments: [
        ("member.tire == 'gold'", "tire"), ("1 + 1", "type int"), ("event.share > 1", "event"), ("", "says nothing"),
    ]) func mistakesHaveAPlace(_ condition: String, _ says: String) throws {
        let errors = try document("gate: hall\nopen:\n  - badge: voice\n  - when: \(condition)\n").check().errors
        #expect(errors.contains { $0.message.contains(says) && $0.line == 4 }, "\(errors)")
    }

    @Test func whatIsNotPlannedIsNoProgramme() throws {
        #expect(throws: CompilationProblem.self) { _ = try facts("member.nothing", nil) }
    }
}
