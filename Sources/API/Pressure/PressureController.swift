import Loyalty
import Primitives
import Runtime

/// How much a programme may urge its members, and what a member chose.
struct PressureController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency

    func get(_ call: Call) async throws -> Reply {
        let member = try await engine.known(call).member
        let programme = try call.programme
        guard let standing = try await engine.pressure(of: member, in: programme) else {
            throw PipelineProblem.unknownProgramme(programme)
        }
        return .json { writer in
            writer.beginObject()
            writer.member("member", standing.member.description)
            writer.member("choice", standing.choice.name)
            Self.write(standing.terms, perDay: standing.perDay, perWeek: standing.perWeek, into: &writer)
            writer.member("said_today", standing.today)
            writer.member("said_this_week", standing.week)
            writer.member("withheld", standing.withheld)
            writer.endObject()
        }
    }

    func choose(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let text = fields.text("choice", required: true, limit: 10)
        let choice = text.flatMap { UrgingChoice(name: $0) }
        if choice == nil, fields.errors.isEmpty { fields.fault("choice", "Send normal, less or off.") }
        try fields.finish()
        let member = try await engine.known(call).member
        return try await idempotency.perform(
            .pressure(choice ?? .normal), call, member: member, body: body
        ) { answer in
            .json { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.endObject()
            }
        }
    }

    func figures(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard let figures = try await engine.withheld(in: programme), let compiled = engine.host[programme] else {
            throw PipelineProblem.unknownProgramme(programme)
        }
        let terms = compiled.programme.pressure
        let most = PressureBudget(terms: terms, choice: .normal, said: [:]).most
        return .json { writer in
            writer.beginObject()
            Self.write(terms, perDay: most?.day, perWeek: most?.week, into: &writer)
            writer.member("days", Int64(WithheldFigures.days))
            writer.key("withheld")
            if let total = figures.total { writer.integer(total) } else { writer.null() }
            writer.member(
                "sources",
                JSONValue.array(
                    figures.sources.sorted { $0.key < $1.key }.map { source, count in
                        ["source": .string(source), "withheld": .integer(count)]
                    }))
            writer.endObject()
        }
    }

    private static func write(
        _ terms: PressureTerms, perDay: Int64?, perWeek: Int64?, into writer: inout JSONWriter
    ) {
        writer.key("per_day")
        if let perDay { writer.integer(perDay) } else { writer.null() }
        writer.key("per_week")
        if let perWeek { writer.integer(perWeek) } else { writer.null() }
        let quiet = terms.quiet.map { quiet -> JSONValue in
            ["from": .string(clock(quiet.from)), "until": .string(clock(quiet.until))]
        }
        writer.member("quiet", quiet ?? .null)
        writer.member("counts", JSONValue.array(terms.counts.map { .string($0.rawValue) }))
    }

    private static func clock(_ minutes: Int) -> String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}
