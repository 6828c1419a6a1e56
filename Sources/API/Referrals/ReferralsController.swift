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

    func review(_ call: Call) async throws -> Reply {
        let found = try await engine.referrals(in: try call.programme).review
        return ListReply.json(found, next: nil) { Self.write($0, into: &$1) }
    }

    func decide(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let isReleased = fields.flag("release", required: true) ?? false
        try fields.finish()
        let member = try await members.existing(call)
        let programme = try call.programme
        return try await idempotency.once(call, body: body) {
            let state = try await engine.decide(isReleased, referralOf: member, in: programme)
            if let key = call.key {
                let entry = AuditEntry(
                    programme: programme, at: call.now, actor: AuditActor(key.principal),
                    action: isReleased ? "referral.released" : "referral.refused", object: "referral")
                try await engine.database.write { try Audit.append($0, entry) }
            }
            return .json { writer in
                writer.beginObject()
                writer.member("member", member.description)
                writer.member("state", state.name)
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
        writer.key("brought_by_somebody")
        if let mine = standing.mine { writer.string(mine.name) } else { writer.null() }
        writer.member("may_claim", standing.mayClaim)
        writer.endObject()
    }

    private static func write(_ record: ReferralRecord, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("member", record.member.description)
        writer.key("advocate")
        if let advocate = record.advocate { writer.string(advocate.description) } else { writer.null() }
        writer.member("claimed_day", MemberDocument.day(record.claimedDay))
        writer.member("state", record.state.name)
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
        case .notInReview: self = refused("not-in-review", "There is nothing to decide on.")
        }
    }
}
