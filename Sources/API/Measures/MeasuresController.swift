import Access
import Loyalty
import Primitives
import Runtime

/// Behaviour that is to change: over members, never of few; and a member's own.
struct MeasuresController: Sendable {
    let engine: Runtime.Engine

    private func measure(_ call: Call) throws -> (Measure, CompiledProgramme) {
        let programme = try call.programme
        guard let compiled = engine.host[programme],
            let measure = compiled.programme.measures.first(where: { $0.id == call["measure"] })
        else { throw Problem.notFound("measure") }
        return (measure, compiled)
    }

    func get(_ call: Call) async throws -> Reply {
        let (measure, compiled) = try measure(call)
        let figures = try await engine.figures(of: measure, in: compiled)
        return .json { writer in
            writer.beginObject()
            writer.member("measure", measure.id)
            writer.member("minimum", Int64(measure.minimum))
            writer.member("baseline_weeks", Int64(measure.baselineWeeks))
            writer.member("all", Self.json(figures.all))
            writer.member("treated", Self.json(figures.treated))
            writer.member("held_out", Self.json(figures.heldOut))
            writer.member(
                "effect",
                figures.effect.map { effect -> JSONValue in
                    ["change": .double(effect.change), "low": .double(effect.low), "high": .double(effect.high)]
                } ?? .null)
            writer.member(
                "groups",
                JSONValue.array(
                    figures.groups.sorted { $0.key < $1.key }.map { name, cell in
                        ["group": .string(name), "cell": Self.json(cell)]
                    }))
            writer.endObject()
        }
    }

    func own(_ call: Call) async throws -> Reply {
        let summary = try await engine.known(call)
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw Problem.notFound("measure") }
        let state = try await engine.storedState(of: summary.member, in: programme)
        return .json { writer in
            writer.beginObject()
            writer.member("member", summary.member.description)
            writer.member(
                "measures",
                JSONValue.array(
                    compiled.programme.measures.map { measure in
                        let standing = state?.standing(measure) ?? MeasureStanding(measure, nil)
                        func share(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
                        return [
                            "measure": .string(measure.id), "baseline": share(standing.baseline.share),
                            "since": share(standing.since.share), "change": share(standing.change),
                            "baseline_ends": standing.days.map {
                                .string(CivilDate(daysSinceEpoch: Int($0.end)).description)
                            } ?? .null,
                        ]
                    }))
            writer.endObject()
        }
    }

    static func json(_ cell: MeasureFigures.Cell?) -> JSONValue {
        guard let cell else { return .null }
        return [
            "members": .integer(cell.members), "baseline": .double(cell.baseline), "since": .double(cell.since),
            "change": .double(cell.change), "low": .double(cell.low), "high": .double(cell.high),
        ]
    }
}
