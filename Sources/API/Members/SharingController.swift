import Loyalty
import Primitives
import Runtime
import Vault

/// Points between members, and wallets that several share.
struct SharingController: Sendable {
    let members: MembersController

    private var engine: Runtime.Engine { members.engine }

    // MARK: Transfers and gifts

    func transfer(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let (unit, amount) = amount(&fields)
        let other = member("to", &fields)
        try fields.finish()
        let member = try await members.existing(call)
        try await exists(other, call)
        return try await members.perform(
            .transfer(to: other, unit: unit, amount: amount, id: members.commandID(call, "transfer", member)), call,
            member, body, status: 201)
    }

    func offerGift(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let (unit, amount) = amount(&fields)
        try fields.finish()
        let member = try await members.existing(call)
        let code = SharingCode(members.commandID(call, "gift", member))
        let gift = engine.giftID(code, in: try call.programme)
        return try await members.idempotency.perform(
            .offerGift(unit: unit, amount: amount, gift: gift), call, member: member, body: body
        ) { answer in
            .json(201) { writer in
                writer.beginObject()
                writer.member("gift", gift.description)
                writer.member("unit", unit)
                writer.member("amount", amount)
                MemberDocument.write("expires_at", answer.hold?.expiresAt, into: &writer)
                writer.endObject()
            }
        }.telling(code)
    }

    func acceptGift(_ call: Call) async throws -> Reply {
        let body = try call.json()
        let code = try self.code(body)
        let member = try await members.existing(call)
        let gift = engine.giftID(code, in: try call.programme)
        guard let giver = try await engine.giver(of: gift, in: try call.programme) else {
            throw Problem.notFound("gift")
        }
        return try await members.perform(.acceptGift(gift, from: giver), call, member, body, status: 201)
    }

    func withdrawGift(_ call: Call) async throws -> Reply {
        let gift = try call.id("gift", of: "gift")
        return try await members.perform(
            .withdrawGift(gift), call, try await members.existing(call), nil, status: 200)
    }

    // MARK: Wallets

    func open(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let kind = fields.text("kind", required: true, limit: 100) ?? ""
        try fields.finish()
        let member = try await members.existing(call)
        let wallet = MemberID(members.commandID(call, "wallet", member).asUUID(version: 8))
        let code = SharingCode(members.commandID(call, "invitation", member))
        let invitation = engine.invitationID(code, in: try call.programme)
        return try await act(.open(kind: kind, invitation: invitation), wallet, call, member, body, status: 201, code)
    }

    func join(_ call: Call) async throws -> Reply {
        let body = try call.json()
        let code = try self.code(body)
        let member = try await members.existing(call)
        let invitation = engine.invitationID(code, in: try call.programme)
        guard let wallet = try await engine.wallet(invitation: invitation, in: try call.programme) else {
            throw Problem.notFound("wallet")
        }
        return try await act(.join(invitation: invitation), wallet, call, member, body, status: 201)
    }

    func list(_ call: Call) async throws -> Reply {
        let views = try await engine.wallets(of: try await members.existing(call), in: try call.programme)
        return ListReply.json(views, next: nil) { Self.write($0, into: &$1) }
    }

    func get(_ call: Call) async throws -> Reply {
        let (wallet, member) = (try wallet(call), try await members.existing(call))
        guard
            let view = try await engine.wallets(of: member, in: try call.programme).first(where: {
                $0.membership.wallet == wallet
            })
        else { throw Problem.notFound("wallet") }
        return .json { Self.write(view, into: &$0) }
    }

    func change(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let shows = fields.flag("shows", required: true) ?? false
        try fields.finish()
        return try await act(.show(shows), try wallet(call), call, try await members.existing(call), body)
    }

    func leave(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        return try await act(
            .leave(id: members.commandID(call, "leave", member)), try wallet(call), call, member, nil)
    }

    func renew(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let code = SharingCode(members.commandID(call, "invitation", member))
        let invitation = engine.invitationID(code, in: try call.programme)
        return try await act(
            .renew(invitation: invitation), try wallet(call), call, member, nil, status: 201, code)
    }

    func handOver(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let other = member("to", &fields)
        try fields.finish()
        let member = try await members.existing(call)
        try await exists(other, call)
        return try await act(.handOver(to: other), try wallet(call), call, member, body)
    }

    func donate(_ call: Call) async throws -> Reply {
        try await move(call, "donation") { .donate(unit: $0, amount: $1, id: $2) }
    }

    func draw(_ call: Call) async throws -> Reply {
        try await move(call, "draw") { .draw(unit: $0, amount: $1, id: $2) }
    }

    private func move(
        _ call: Call, _ what: String, _ action: (String, Int64, ID128) -> WalletAction
    ) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let (unit, amount) = amount(&fields)
        try fields.finish()
        let member = try await members.existing(call)
        return try await members.perform(
            .wallet(try wallet(call), action(unit, amount, members.commandID(call, what, member))), call, member, body,
            status: 201)
    }

    private func act(
        _ action: WalletAction, _ wallet: MemberID, _ call: Call, _ member: MemberID, _ body: JSONValue?,
        status: Int = 200, _ code: SharingCode? = nil
    ) async throws -> Reply {
        try await members.idempotency.perform(.wallet(wallet, action), call, member: member, body: body) { answer in
            .json(status) { writer in
                writer.beginObject()
                writer.member("wallet", wallet.description)
                writer.member("member", answer.member.description)
                writer.endObject()
            }
        }.telling(code)
    }

    // MARK: Reading requests

    private func amount(_ fields: inout Fields) -> (unit: String, amount: Int64) {
        (
            fields.text("unit", required: true, limit: 100) ?? "",
            fields.integer("amount", required: true, in: 1...1_000_000_000) ?? 0
        )
    }

    private func member(_ name: String, _ fields: inout Fields) -> MemberID {
        let text = fields.text(name, required: true) ?? ""
        if let member = MemberID(text), member.description == text { return member }
        if fields.errors.isEmpty { fields.fault(name, "Send a member's pseudonym.") }
        return MemberID(ID128(high: 0, low: 0))
    }

    private func code(_ body: JSONValue) throws -> SharingCode {
        var fields = try Fields(body)
        let text = fields.text("code", required: true, limit: 64) ?? ""
        try fields.finish()
        // What is no code at all is the code of nothing, as a wrong one is.
        guard let code = SharingCode(typed: text) else { throw Problem.notFound("code") }
        return code
    }

    private func wallet(_ call: Call) throws -> MemberID {
        MemberID(try call.id("wallet", of: "wallet"))
    }

    private func exists(_ member: MemberID, _ call: Call) async throws {
        let programme = try call.programme
        if try await engine.identities.canonical(member, programme: programme) != nil { return }
        guard let summary = try await engine.summary(of: member, in: programme), summary.isKnown else {
            throw Problem.notFound("member")
        }
    }

    /// A wallet as one of its members may see it: what is in it, and of the others only what they show.
    private static func write(_ view: WalletView, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("wallet", view.membership.wallet.description)
        writer.member("kind", view.membership.kind)
        writer.member("role", view.membership.role == .owner ? "owner" : "member")
        writer.member("since_day", MemberDocument.day(view.membership.since))
        writer.member("shows", view.membership.shows)
        writer.member("may_spend", view.maySpend)
        writer.member("members", view.memberCount)
        writer.key("balances")
        writer.beginArray()
        for balance in view.balances {
            writer.beginObject()
            writer.member("unit", balance.unit)
            writer.member("spendable", balance.spendable)
            writer.member("pending", balance.pending)
            writer.member("held", balance.held)
            writer.endObject()
        }
        writer.endArray()
        write("given", view.membership.given, into: &writer)
        writer.key("others")
        writer.beginArray()
        for given in view.shown {
            writer.beginObject()
            write("given", given, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private static func write(_ key: StaticString, _ given: [String: Int64], into writer: inout JSONWriter) {
        writer.key(key)
        writer.beginArray()
        for (unit, amount) in given.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("unit", unit)
            writer.member("amount", amount)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension Reply {
    /// The answer with a code in it, which is told and not kept: a repeated request makes the same code from its key.
    func telling(_ code: SharingCode?) -> Reply {
        guard let code, (200..<300).contains(status), var json = try? JSONValue(parsing: body) else { return self }
        json["code"] = .string(code.spaced)
        var reply = self
        reply.body = json.bytes()
        return reply
    }
}
