import CEL
import Loyalty
import NIOCore
import Primitives
import Runtime

/// Dry runs: what would happen, and of every rule why or why not. Nothing is written.
struct SimulationsController: Sendable {
    let engine: Runtime.Engine
    let wording: EffectWording

    func explain(_ call: Call) async throws -> Reply {
        let effect = try call.id("effect", of: "effect")
        // What another record took over keeps its history under its own name.
        _ = try await engine.known(call)
        let member = try call.member()
        guard
            let explanation = try await engine.explanation(of: effect, member: member, in: try call.programme)
        else { throw Problem.notFound("effect") }
        return Reply(status: 200, mediaType: Reply.json, body: explanation.json.bytes())
    }

    func event(_ call: Call) async throws -> Reply {
        let received = call.now
        let outcome = try call.body.readingJSON(maximumDepth: call.maximumDepth) { json throws(JSONProblem) in
            try CloudEventReader(received: received).read(&json)
        }
        let envelope: EventEnvelope
        switch outcome {
        case .event(let read, _): envelope = read
        case .refused(_, let faults): throw Problem.invalid(faults)
        }
        let programme = try call.programme
        let result = try await engine.simulate(envelope, in: programme)
        let texts = wording.texts(programme, acceptLanguage: call.acceptLanguage)
        return .json(capacity: 4_096) { writer in
            writer.beginObject()
            switch result {
            case .duplicate: writer.member("status", "duplicate")
            case .quarantined(let problem):
                writer.member("status", "quarantined")
                writer.key("problem")
                Problem(problem).write(into: &writer)
            case .decided(let simulation, let member, let compiled):
                writer.member("status", "decided")
                if let member { writer.member("member", member.description) }
                SimulationDocument(compiled, texts).write(simulation, into: &writer)
            }
            writer.endObject()
        }
    }
}

/// A dry run as the API answers it.
struct SimulationDocument {
    private let programme: CompiledProgramme
    private let texts: EffectWording.Texts?

    init(_ programme: CompiledProgramme, _ texts: EffectWording.Texts?) {
        self.programme = programme
        self.texts = texts
    }

    func write(_ simulation: Simulation, into writer: inout JSONWriter) {
        writer.key("effects")
        EventAnswer.write(simulation.effects, texts, into: &writer)
        writer.key("calendar")
        EventAnswer.write(simulation.calendar, texts, into: &writer)
        writer.key("rules")
        writer.beginArray()
        for verdict in simulation.verdicts { write(verdict, into: &writer) }
        writer.endArray()
        writer.key("balances")
        writer.beginArray()
        for unit in programme.programme.units {
            let (before, after) = (points(unit, simulation.before), points(unit, simulation.after))
            writer.beginObject()
            writer.member("unit", unit.id)
            writer.member("before", before)
            writer.member("after", after)
            writer.endObject()
        }
        writer.endArray()
        writer.key("tier")
        writer.beginObject()
        writer.member("before", simulation.before.tier(in: programme, today: simulation.day))
        writer.member("after", simulation.after.tier(in: programme, today: simulation.day))
        writer.endObject()
    }

    /// What the member has of a unit, pending points included.
    private func points(_ unit: Unit, _ state: MemberState) -> Int64 {
        state.wallet.balance(unit.id, .active) + state.wallet.balance(unit.id, .pending)
    }

    private func write(_ verdict: RuleVerdict, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", verdict.kind.rawValue)
        writer.member("source", verdict.source)
        writer.member("version", verdict.version)
        writer.member("outcome", verdict.outcome.rawValue)
        if let condition = verdict.condition { writer.member("when", condition) }
        if let failing = verdict.failing { writer.member("failing", failing) }
        if let group = verdict.group { writer.member("group", group) }
        if let winner = verdict.winner { writer.member("winner", winner) }
        if !verdict.proof.isEmpty {
            writer.key("proof")
            writer.raw(verdict.proof)
        }
        writer.key("awards")
        writer.beginArray()
        for award in verdict.awards {
            writer.beginObject()
            writer.member("unit", award.unit)
            writer.member("wanted", award.wanted)
            writer.member("given", award.given)
            if let obstacle = award.obstacle {
                writer.key("obstacle")
                write(obstacle, into: &writer)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.key("sentences")
        writer.beginObject()
        writer.member("nl", VerdictWording(.nl, programme: programme).sentence(verdict))
        writer.member("en", VerdictWording(.en, programme: programme).sentence(verdict))
        writer.member("ja", VerdictWording(.ja, programme: programme).sentence(verdict))
        writer.endObject()
        writer.endObject()
    }

    private func write(_ obstacle: RuleVerdict.Obstacle, into writer: inout JSONWriter) {
        writer.beginObject()
        switch obstacle {
        case .limit(let index, let limit, let used):
            writer.member("kind", "limit")
            writer.member("index", Int64(index))
            writer.member("period", limit.period.rawValue)
            switch limit.kind {
            case .amount(let most):
                writer.member("counts", "amount")
                writer.member("most", most)
            case .times(let most):
                writer.member("counts", "times")
                writer.member("most", most)
            case .perEvent(let most):
                writer.member("counts", "per-event")
                writer.member("most", most)
            }
            writer.member("used", used)
        case .cooldown(let until):
            writer.member("kind", "cooldown")
            writer.member("until", RFC3339.format(until))
        case .budget(let budget, let amount, let spent):
            writer.member("kind", "budget")
            writer.member("budget", budget)
            writer.member("most", amount)
            writer.member("used", spent)
        }
        writer.endObject()
    }
}
