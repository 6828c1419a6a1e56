import Loyalty
import Primitives
import Runtime
import Vault

/// Streaks of members, what they choose about them, and days that are excused for everybody.
struct StreaksController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency

    func list(_ call: Call) async throws -> Reply {
        let summary = try await engine.known(call)
        return .json(capacity: 1_024) { StreakDocument.write(summary, into: &$0) }
    }

    // MARK: What the member chooses

    func pause(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let days = try fields.days()
        try fields.finish()
        return try await change(.pause(days), call, body)
    }

    func resume(_ call: Call) async throws -> Reply { try await change(.pause(nil), call, nil) }

    func goal(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let days = fields.integer("days", required: true, in: 1...31) ?? 0
        try fields.finish()
        return try await change(.goal(streak: call["streak"], days: Int(days)), call, body)
    }

    private func change(_ change: StreakChange, _ call: Call, _ body: JSONValue?) async throws -> Reply {
        let member = try await engine.known(call).member
        return try await idempotency.perform(.streaks(change), call, member: member, body: body) { answer in
            .json { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.endObject()
            }
        }
    }

    // MARK: Repairs

    func repairs(_ call: Call) async throws -> Reply {
        let streak = try streak(call)
        let found = try await engine.streakRepairs(of: try call.programme).filter { $0.streak == streak }
        return ListReply.json(found, next: nil) { StreakDocument.write($0, into: &$1) }
    }

    func repair(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let days = try fields.days()
        try fields.finish()
        guard let days else { throw Problem.fault }
        let streak = try streak(call)
        let programme = try call.programme
        return try await idempotency.once(call, body: body) {
            do {
                try await engine.repair(streak, days: days, in: programme)
            } catch StreakRepairProblem.unknownStreak {
                throw Problem.notFound("streak")
            } catch StreakRepairProblem.outOfRange {
                throw Problem.invalid(
                    "to", "A repair covers at most \(StreakLimits.repairLength) days of the past year, up to tomorrow.")
            }
            return .json(201) {
                StreakDocument.write(StreakRepair(streak: streak, days: days, isOpen: false), into: &$0)
            }
        }
    }

    private func streak(_ call: Call) throws -> String {
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        guard compiled.streaks[call["streak"]] != nil else { throw Problem.notFound("streak") }
        return call["streak"]
    }
}

extension Fields {
    /// `from` and `to`, both included; `nil` with a fault for what is no day.
    mutating func days() throws(Problem) -> DaySpan? {
        func day(_ name: String) -> Int32? {
            guard let text = text(name, required: true, limit: 10) else { return nil }
            guard let date = CivilDate(text), date.year >= 1 else {
                fault(name, "Send a day such as 2026-03-01.")
                return nil
            }
            return Int32(date.daysSinceEpoch)
        }
        let (from, to) = (day("from"), day("to"))
        guard let from, let to else { return nil }
        guard from <= to else { throw Problem(.contradiction, "`to` must not lie before `from`.") }
        return DaySpan(first: from, last: to)
    }
}

extension Runtime.Engine {
    /// What a member of the path has, who must be known in the key's programme.
    func known(_ call: Call) async throws -> MemberSummary {
        let member = try call.member()
        let programme = try call.programme
        guard let summary = try await summary(of: member, in: programme) else {
            throw PipelineProblem.unknownProgramme(programme)
        }
        if !summary.isKnown {
            guard try await identities.canonical(member, programme: programme) != nil else {
                throw Problem.notFound("member")
            }
        }
        return summary
    }
}

/// Streaks as JSON.
enum StreakDocument {
    static func write(_ summary: MemberSummary, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("member", summary.member.description)
        writer.key("pause")
        if let pause = summary.streakPause {
            writer.beginObject()
            write(pause, into: &writer)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("streaks")
        writer.beginArray()
        for streak in summary.streaks { write(streak, into: &writer) }
        writer.endArray()
        writer.endObject()
    }

    private static func write(_ days: DaySpan, into writer: inout JSONWriter) {
        writer.member("from", MemberDocument.day(days.first))
        writer.member("to", MemberDocument.day(days.last))
    }

    private static func write(_ streak: StreakState, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("streak", streak.streak)
        writer.member("every", streak.every.rawValue)
        writer.member("current", streak.current)
        writer.member("longest", streak.longest)
        writer.key("start_day")
        if let start = streak.startDay { writer.string(MemberDocument.day(start)) } else { writer.null() }
        writer.member("freezes", Int64(streak.freezes))
        writer.member("active", streak.isActive)
        writer.member("ends_at", RFC3339.format(streak.endsAt))
        writer.key("progress")
        writer.beginArray()
        for progress in streak.progress {
            writer.beginObject()
            writer.member("measure", progress.measure)
            writer.member("amount", progress.amount)
            writer.member("needs", progress.needs)
            writer.endObject()
        }
        writer.endArray()
        writer.key("goal")
        if let days = streak.days {
            writer.beginObject()
            writer.member("days", Int64(days.wanted))
            writer.member("done", Int64(days.done))
            writer.member("next", Int64(streak.nextGoal ?? days.wanted))
            if let choice = streak.choice {
                writer.member("from", Int64(choice.lowerBound))
                writer.member("to", Int64(choice.upperBound))
            }
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("next_milestone")
        if let next = streak.nextMilestone { writer.integer(next) } else { writer.null() }
        writer.key("recent")
        writer.beginArray()
        for period in streak.recent {
            writer.beginObject()
            writer.member("day", MemberDocument.day(period.firstDay))
            writer.member("state", period.state.rawValue)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    static func write(_ repair: StreakRepair, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("streak", repair.streak)
        write(repair.days, into: &writer)
        writer.endObject()
    }
}
