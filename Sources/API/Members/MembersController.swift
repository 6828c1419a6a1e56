import Access
import Loyalty
import Personalisation
import Primitives
import Runtime
import Vault

/// What one member has and does. The caller knows members by pseudonym, or by its own identifier through the vault.
struct MembersController: Sendable {
    let engine: Runtime.Engine
    let persons: Persons
    let erasure: Erasure
    let idempotency: Idempotency
    let wording: EffectWording
    let random: any RandomBytes

    // MARK: Reading

    func get(_ call: Call) async throws -> Reply {
        try await summary(try call.member(), call)
    }

    func findExternal(_ call: Call) async throws -> Reply {
        guard let namespace = ExternalIdentity.Namespace(call["namespace"]),
            let identity = ExternalIdentity(namespace, call["id"]),
            let member = try await engine.identities.find(identity, programme: try call.programme)
        else { throw Problem.notFound("member") }
        return try await summary(member, call, isKnown: true)
    }

    /// - Parameter isKnown: whether the vault has said that the programme has this member.
    private func summary(_ member: MemberID, _ call: Call, isKnown: Bool = false) async throws -> Reply {
        let programme = try call.programme
        guard let summary = try await engine.summary(of: member, in: programme) else {
            throw PipelineProblem.unknownProgramme(programme)
        }
        if !summary.isKnown, !isKnown {
            guard try await engine.identities.canonical(member, programme: programme) != nil else {
                throw Problem.notFound("member")
            }
        }
        return .json(capacity: 1_024) { MemberDocument.write(summary, into: &$0) }
    }

    func history(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let programme = try call.programme
        let member = try await existing(call)
        var before: (day: Int32, effect: ID128)?
        if let after = page.after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let day = Int32(parts[0]), let effect = ID128(parts[1]) else {
                throw Page.badCursor
            }
            before = (day, effect)
        }
        let effects = try await engine.history(of: member, in: programme, before: before, limit: page.limit)
        let texts = wording.texts(programme, acceptLanguage: call.acceptLanguage)
        let next = effects.count == page.limit ? effects.last.map { "\($0.day).\($0.id)" } : nil
        return ListReply.json(effects, next: next) { EventAnswer.write($0, texts, isStored: true, into: &$1) }
    }

    // MARK: Changing

    func change(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let body = try call.json()
        let member = try await existing(call)
        let change = try ProfileChange(body, programme: compiled.programme, zones: engine.zones)
        return try await idempotency.perform(
            .profile(change), call, member: member, body: body,
            respond: { answer in
                .json { writer in
                    writer.beginObject()
                    writer.member("member", answer.member.description)
                    writer.endObject()
                }
            },
            then: { try await engine.recordConsents($0, in: programme, surface: .api) })
    }

    /// Erases a member for good. Asking again changes nothing.
    func erase(_ call: Call) async throws -> Reply {
        let member = try call.member()
        let programme = try call.programme
        guard let key = call.key else { throw Problem.badKey }
        return try await idempotency.once(call, body: nil, outlivesMember: true) {
            try await erasure.erase(member, in: programme, by: AuditActor(key.principal))
            return .noContent
        }
    }

    func adjust(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let unit = fields.text("unit", required: true, limit: 100) ?? ""
        let amount = fields.integer("amount", required: true) ?? 0
        if amount == 0, fields.errors.isEmpty { fields.fault("amount", "The amount must not be zero.") }
        let reason = fields.text("reason", required: true, limit: 500) ?? ""
        try fields.finish()
        let member = try await existing(call)
        let id = commandID(call, "adjustment", member)
        return try await perform(
            .adjust(unit: unit, amount: amount, id: id, reason: reason), call, member, body, status: 201)
    }

    func redeem(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let reward = fields.text("reward", required: true, limit: 100) ?? ""
        let quantity = fields.integer("quantity", in: 1...1_000_000) ?? 1
        let slot = fields.text("slot", limit: 30) ?? ""
        let unit = fields.text("unit", limit: 100)
        let address = fields.text("address", limit: 500)
        try fields.finish()
        let member = try await existing(call)
        let hold = commandID(call, "redemption", member)
        let choice = RedemptionChoice(quantity: quantity, slot: slot, unit: unit)
        let reply = try await perform(
            .redeem(reward: reward, hold: hold, choice: choice), call, member, body, status: 201)
        // Only where there is something to send: a refusal leaves no address behind. The same request again keeps it
        // again, so one that was cut off in between is made whole.
        try await keepAddress(address, for: reward, of: member, call)
        return reply
    }

    /// Where to send it, which only the vault knows.
    private func keepAddress(
        _ address: String?, for reward: String, of member: MemberID, _ call: Call
    ) async throws {
        let programme = try call.programme
        guard let address, engine.host[programme]?.rewards[reward]?.reward.kind.isSent == true else { return }
        try await persons.store([Persons.Change(member, [.address: address])], programme: programme)
    }

    func confirm(_ call: Call) async throws -> Reply {
        let hold = try call.id("redemption", of: "redemption")
        return try await perform(.confirm(hold: hold), call, try await existing(call), nil, status: 200)
    }

    func cancel(_ call: Call) async throws -> Reply {
        let hold = try call.id("redemption", of: "redemption")
        return try await perform(.cancel(hold: hold), call, try await existing(call), nil, status: 200)
    }

    func reverse(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let text = fields.text("effect", required: true) ?? ""
        let effect = ID128(text)
        if effect == nil, fields.errors.isEmpty {
            fields.fault("effect", "Send the `id` of an effect, from the member's history.")
        }
        try fields.finish()
        let member = try await existing(call)
        return try await perform(
            .reverse(effect: effect ?? ID128(high: 0, low: 0)), call, member, body, status: 201)
    }

    func perform(
        _ action: Command.Action, _ call: Call, _ member: MemberID, _ body: JSONValue?, status: Int
    ) async throws -> Reply {
        let texts = wording.texts(try call.programme, acceptLanguage: call.acceptLanguage)
        return try await idempotency.perform(action, call, member: member, body: body) { answer in
            .json(status, capacity: 512) { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                if let hold = answer.hold {
                    writer.key("redemption")
                    MemberDocument.write(hold, into: &writer)
                }
                writer.key("effects")
                EventAnswer.write(answer.effects, texts, into: &writer)
                writer.endObject()
            }
        }
    }

    /// A member that exists in the key's programme, as the path names it.
    func existing(_ call: Call) async throws -> MemberID { try await existing(try call.member(), call) }

    /// A member that exists in the key's programme.
    func existing(_ member: MemberID, _ call: Call) async throws -> MemberID {
        let programme = try call.programme
        if try await engine.identities.canonical(member, programme: programme) != nil { return member }
        // Members of an import or a simulation may be known to the main database only.
        guard let summary = try await engine.summary(of: member, in: programme), summary.isKnown else {
            throw Problem.notFound("member")
        }
        return member
    }

    /// As ``existing(_:)``, for what is only read: the record that took the named one over, which has their letters and the like.
    func current(_ call: Call) async throws -> MemberID {
        let member = try await existing(call)
        return try await engine.identities.canonical(member, programme: try call.programme) ?? member
    }

    /// Derived from the caller's key, so that even a record that is lost does not make it count twice; random without.
    func commandID(_ call: Call, _ what: String, _ member: MemberID) -> ID128 {
        guard let key = call.idempotencyKey, let programme = call.key?.programme else { return random.id() }
        return engine.holdID(programme: programme, member: member, key: what + "\n" + key)
    }
}
