import Loyalty
import Personalisation
import Primitives
import Runtime

/// How far profiling goes for a member, read and chosen.
struct ProfilingController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency

    func get(_ call: Call) async throws -> Reply {
        let member = try await engine.known(call).member
        let programme = try call.programme
        guard let standing = try await engine.profiling(of: member, in: programme) else {
            throw PipelineProblem.unknownProgramme(programme)
        }
        let now = call.now
        return .json { ProfilingDocument.write(standing.choice, of: standing.member, now: now, into: &$0) }
    }

    func choose(_ call: Call) async throws -> Reply {
        let body = try call.json()
        let change = try ProfilingDocument.change(body)
        let member = try await engine.known(call).member
        let programme = try call.programme
        let now = call.now
        return try await idempotency.perform(
            .profiling(change), call, member: member, body: body,
            respond: { answer in
                .json { writer in
                    // The pipeline answers every choice with what it comes to.
                    let choice = answer.profiling?.choice ?? .unsaid(at: .session)
                    ProfilingDocument.write(choice, of: answer.member, now: now, into: &writer)
                }
            },
            then: { try await engine.recordConsents($0, in: programme, surface: .api) })
    }
}

/// A choice as JSON.
enum ProfilingDocument {
    /// Reads a change as `PUT /v1/members/{member}/profiling` takes it. `level` is for everything, `levels` goes before it.
    ///
    /// - Throws: a problem with everything that is wrong.
    static func change(_ document: JSONValue) throws(Problem) -> ProfilingChange {
        var fields = try Fields(document)
        var change = ProfilingChange()
        let names = PrivacyLevel.allCases.map(\.rawValue).joined(separator: ", ")
        if let text = fields.text("level") {
            if let level = PrivacyLevel(rawValue: text) {
                change = .all(level)
            } else {
                fields.fault("level", "Send one of: \(names).")
            }
        }
        if let value = fields.value("levels") {
            var levels = try Fields(value, prefix: "levels")
            for purpose in ProfilingPurpose.allCases {
                guard let text = levels.text(purpose.rawValue) else { continue }
                if let level = PrivacyLevel(rawValue: text) {
                    change.levels[purpose] = level
                } else {
                    levels.fault(purpose.rawValue, "Send one of: \(names).")
                }
            }
            try levels.finish()
        }
        if let percent = fields.integer("surprise") {
            change.surprise = SurpriseShare(rawValue: percent)
            if change.surprise == nil { fields.fault("surprise", "Send 0, 10, 25 or 50.") }
        }
        if let text = fields.text("pause") {
            change.pause = ProfilingChange.Pause(rawValue: text)
            if change.pause == nil { fields.fault("pause", "Send today, open or none.") }
        }
        change.isAsked = fields.flag("asked")
        try fields.finish()
        return change
    }

    static func write(
        _ choice: ProfilingChoice, of member: MemberID, now: Instant, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("member", member.description)
        writer.key("levels")
        writer.beginObject()
        for purpose in ProfilingPurpose.allCases {
            writer.key(purpose.rawValue)
            writer.string(choice[purpose].rawValue)
        }
        writer.endObject()
        writer.member("kept_at", choice.storageLevel.rawValue)
        writer.member("surprise", choice.surprise.rawValue)
        writer.member("asked", choice.isAsked)
        let isPaused = choice.isPaused(at: now)
        writer.member("paused", isPaused)
        writer.key("paused_until")
        if let end = choice.pausedUntil, isPaused, end != .latest {
            writer.string(RFC3339.format(end))
        } else {
            writer.null()
        }
        writer.endObject()
    }
}
