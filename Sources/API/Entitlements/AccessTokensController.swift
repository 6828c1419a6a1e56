import Access
import Catalogue
import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Vault

/// Signed tokens that a CMS or CDN checks by itself, and the keys to check them with.
struct AccessTokensController: Sendable {
    let engine: Runtime.Engine
    let tokens: AccessTokens
    let issuer: @Sendable (ProgrammeID) -> String

    static let maximumGates = 50

    func make(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let memberText = fields.text("member")
        let subject = fields.text("subject")
        let audience = fields.text("audience", required: true) ?? ""
        let names = fields.words("gates", limit: Self.maximumGates)
        let itemText = fields.text("item", limit: 200)
        let seconds = fields.integer("seconds", in: 1...AccessToken.maximumMilliseconds / 1_000)
        let region = fields.region()
        let isSubscriber = fields.flag("subscriber") ?? false
        let identity = subject.flatMap { ExternalIdentity(.user, $0) }
        if subject != nil, identity == nil {
            fields.fault("subject", "Send 1 to \(ExternalIdentity.maximumBytes) bytes without control characters.")
        }
        if memberText != nil, subject != nil { fields.fault("subject", "Send a `member` or a `subject`, not both.") }
        if fields.errors.isEmpty, names.isEmpty, itemText == nil {
            fields.fault("gates", "Ask for `gates`, an `item`, or both.")
        }
        try fields.finish()
        let programme = try call.programme
        let facts: GateFacts
        if let memberText {
            guard let member = MemberID(memberText) else { throw Problem.notFound("member") }
            facts = try await EntitlementsController.facts(of: member, call, engine)
        } else if let identity {
            guard let member = try await engine.identities.find(identity, programme: programme) else {
                throw Problem.notFound("member")
            }
            facts = try await engine.gateFacts(of: member, in: programme)
        } else {
            facts = try await engine.gateFacts(of: nil, in: programme)
        }
        // A meter opens nothing here: an opening is counted where it is seen, by `POST /v1/gate`.
        let asked = try names.map { name in
            guard let gate = facts.programme.programme.gates.first(where: { $0.id == name }) else {
                throw Problem.notFound("gate")
            }
            return EntitlementCheck.decide(gate, facts)
        }
        var open = asked.filter { $0.isOpen && !$0.isMetered }.map(\.gate)
        var item: EntitlementCheck.ItemDecision?
        if let itemText {
            let known = ItemID(itemText).flatMap { engine.item($0, in: programme) }
            let decision = EntitlementCheck.decide(
                known, facts, viewer: facts.viewer(region: region, isSubscriber: isSubscriber))
            item = decision
            if decision.isOpen, decision.metered.isEmpty { open += decision.gates.map(\.gate) }
        }
        let isItemOpen = item.map { $0.isOpen && $0.metered.isEmpty } ?? false
        guard isItemOpen || !open.isEmpty else { throw Problem(.gateClosed, "Nothing of what was asked is open.") }
        let (text, token) = try await tokens.sign(
            for: facts.state?.id, in: programme, issuer: issuer(programme), audience: audience,
            gates: Set(open).sorted(), item: isItemOpen ? itemText : nil,
            milliseconds: (seconds ?? AccessToken.standardMilliseconds / 1_000) * 1_000, now: call.now)
        var reply = Reply.json(201, capacity: 1_024) { writer in
            writer.beginObject()
            writer.member("token", text)
            MemberDocument.write("expires_at", token.expiresAt, into: &writer)
            writer.key("gates")
            writer.beginArray()
            for gate in token.gates { writer.string(gate) }
            writer.endArray()
            writer.key("item")
            if let item = token.item { writer.string(item) } else { writer.null() }
            writer.endObject()
        }
        reply.headers[.cacheControl] = "no-store"
        return reply
    }

    /// `GET /.well-known/jwks.json`: for everybody, about one programme.
    func keySet(_ call: Call) async throws -> Reply {
        let programme: ProgrammeID
        if let name = call.query["programme"] {
            guard let named = ProgrammeID(name) else { throw Problem.notFound("programme") }
            programme = named
        } else {
            let all = engine.host.all
            guard all.count == 1 else {
                throw Problem.parameter("programme", "Say which programme: a key of one opens nothing of another.")
            }
            programme = all[0].id
        }
        let keys = try await tokens.keySet(of: programme, now: call.now)
        var reply = Reply(status: 200, mediaType: "application/jwk-set+json", body: keys.bytes())
        reply.headers[.cacheControl] = "public, max-age=\(AccessTokenRotation.cacheMilliseconds / 1_000)"
        reply.headers[.accessControlAllowOrigin] = "*"
        return reply
    }
}
