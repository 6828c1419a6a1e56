import Loyalty
import Primitives
import Runtime

/// A member's challenges and badges: how far they are, what they join and choose, what is taken away.
struct AchievementsController: Sendable {
    let members: MembersController

    func challenges(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let member = try await members.existing(call)
        guard let summary = try await members.engine.summary(of: member, in: programme) else {
            throw PipelineProblem.unknownProgramme(programme)
        }
        return ListReply.json(summary.challenges, next: nil) { MemberDocument.write($0, into: &$1) }
    }

    func join(_ call: Call) async throws -> Reply {
        let (member, challenge) = (try await members.existing(call), call["challenge"])
        let id = members.commandID(call, "join\n" + challenge, member)
        return try await members.perform(
            .achievement(.join(challenge: challenge, id: id)), call, member, nil, status: 200)
    }

    func leave(_ call: Call) async throws -> Reply {
        let (member, challenge) = (try await members.existing(call), call["challenge"])
        let id = members.commandID(call, "leave\n" + challenge, member)
        return try await members.perform(
            .achievement(.leave(challenge: challenge, id: id)), call, member, nil, status: 200)
    }

    func chooseGoal(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let goal = fields.integer("goal", required: true, in: 1...1_000_000_000) ?? 1
        try fields.finish()
        let (member, challenge) = (try await members.existing(call), call["challenge"])
        let id = members.commandID(call, "goal\n" + challenge, member)
        return try await members.perform(
            .achievement(.goal(challenge: challenge, target: goal, id: id)), call, member, body, status: 200)
    }

    func revoke(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let reason = fields.text("reason", required: true, limit: 500) ?? ""
        try fields.finish()
        let member = try await members.existing(call)
        let badge = call["badge"]
        let id = members.commandID(call, "revocation\n" + badge, member)
        return try await members.perform(
            .achievement(.revoke(badge: badge, reason: reason, id: id)), call, member, body, status: 200)
    }
}
