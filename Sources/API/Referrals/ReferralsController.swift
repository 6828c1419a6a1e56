import Access
import Loyalty
import Primitives
import Runtime
import Storage

/// Bringing others: a member's code, who brought them, and what staff decide.
struct ReferralsController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let members: MembersController

    func show(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        guard let standing = try await engine.referral(of: member, in: try call.programme) else {
            throw Problem.notFound("referral")
        }
        return .json(capacity: 512) { Self.write(standing, member, into: &$0) }
    }

    func draw(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let programme = try call.programme
        return try await idempotency.once(call, body: nil) {
            _ = try await engine.perform(.referral(.draw), member: member, in: programme)
            guard let standing = try await engine.referral(of: member, in: programme) else {
                throw Problem.notFound("referral")
            }
            return .json(capacity: 512) { Self.write(standing, member, into: &$0) }
        }
    }

    func claim(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let text = fields.text("code", required: true, limit: 64) ?? ""
        try fields.finish()
        let member = try await members.existing(call)
        let programme = try call.programme
        guard engine.host[programme]?.programme.referral != nil else { throw Problem.notFound("referral") }
        guard let code = SharingCode(typed: text), let advocate = try await engine.advocate(code: code, in: programme)
        else { throw ReferralProblem.unknownCode }
        return try await idempotency.perform(
            .referral(.claim(advocate: advocate)), call, member: member, body: body
        ) { answer in
            .json(201) { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.member("state", ReferralState.open.name)
                writer.endObject()
            }
        }
    }

    // MARK: Staff

    func counts(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard engine.host[programme]?.programme.referral != nil else { throw Problem.notFound("referral") }
        let counts = try await engine.referralCounts(in: programme)
        return .json { writer in
            writer.beginObject()
            writer.member("open", counts[.open, default: 0])
            writer.member("rewarded", counts[.rewarded, default: 0])
            writer.member("ended", counts[.ended, default: 0])
            writer.endObject()
        }
    }

    func ambassadors(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let programme = try call.programme
        guard let standing = call.query["standing"], !standing.isEmpty else {
            throw Problem.parameter("standing", "Name a standing of the referral.")
        }
        var after: MemberID?
        if let text = page.after {
            guard let member = MemberID(text) else { throw Page.badCursor }
            after = member
        }
        let found = try await engine.ambassadors(in: standing, after: after, limit: page.limit, of: programme)
        let next = found.count == page.limit ? found.last?.member.description : nil
        return ListReply.json(found, next: next) { record, writer in
            writer.beginObject()
            writer.member("member", record.member.description)
            writer.member("standing", record.standing)
            writer.member("since", MemberDocument.day(record.since))
            writer.member("friends", record.friends)
            writer.endObject()
        }
    }

    func invite(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let standing = fields.text("standing", required: true, limit: 64) ?? ""
        let withdraws = fields.flag("withdraw") ?? false
        try fields.finish()
        return try await answer(
            .invite(standing: standing, withdraws: withdraws), standing, body, call,
            audit: withdraws ? "ambassador.withdrawn" : "ambassador.invited")
    }

    func reply(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let standing = fields.text("standing", required: true, limit: 64) ?? ""
        let accepts = fields.flag("accept", required: true) ?? false
        try fields.finish()
        return try await answer(.answer(standing: standing, accepts: accepts), standing, body, call)
    }

    /// - Parameter audit: what stands in the audit log, for what staff did.
    private func answer(
        _ action: ReferralAction, _ standing: String, _ body: JSONValue, _ call: Call, audit: String? = nil
    ) async throws -> Reply {
        let member = try await members.existing(call)
        let programme = try call.programme
        guard engine.host[programme]?.programme.referral != nil else { throw Problem.notFound("referral") }
        return try await idempotency.once(call, body: body) {
            let answer = try await engine.perform(.referral(action), member: member, in: programme)
            if let audit, let key = call.key {
                let entry = AuditEntry(
                    programme: programme, at: call.now, actor: AuditActor(key.principal), action: audit,
                    object: "member:" + answer.member.description)
                try await engine.database.write { try Audit.append($0, entry) }
            }
            return .json { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.member("standing", standing)
                writer.endObject()
            }
        }
    }

    private static func write(_ standing: ReferralStanding, _ member: MemberID, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("member", member.description)
        writer.member("referral", standing.referral.id)
        writer.member("code", standing.code.spaced)
        writer.member("link", standing.link)
        writer.member("waiting", standing.waiting)
        writer.member("friends", standing.friends)
        writer.key("ambassador")
        if let ambassador = standing.ambassador { writer.string(ambassador.id) } else { writer.null() }
        writer.key("ambassador_since")
        if let since = standing.ambassadorSince {
            writer.string(MemberDocument.day(since))
        } else {
            writer.null()
        }
        writer.key("invitations")
        writer.beginArray()
        for invitation in standing.invitations { writer.string(invitation.id) }
        writer.endArray()
        writer.key("brought_by_somebody")
        if let mine = standing.mine { writer.string(mine.name) } else { writer.null() }
        writer.member("may_claim", standing.mayClaim)
        writer.endObject()
    }
}

extension Problem {
    init(_ problem: ReferralProblem) {
        func refused(_ reason: String, _ detail: String) -> Problem {
            Problem(.referralRefused, detail, extras: ["reason": .string(reason)])
        }
        switch problem {
        case .none: self = .notFound("referral")
        case .unknownCode: self = refused("unknown-code", "It is nobody's code.")
        case .oneself: self = refused("oneself", "Nobody brings themselves.")
        case .claimedBefore: self = refused("claimed", "The member has said before who brought them.")
        case .tooLate(let days): self = refused("too-late", "It can be said for \(days) days after joining.")
        case .unknownStanding: self = refused("unknown-standing", "There is no such standing to invite members to.")
        case .isAmbassador: self = refused("ambassador", "The member is in this standing already.")
        case .notInvited: self = refused("not-invited", "The member is not invited to this standing.")
        }
    }
}
