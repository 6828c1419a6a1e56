import Access
import Catalogue
import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Vault

/// `POST /v1/gate`: a page asks whether its reader may open something, and has the opening counted where a meter is what
/// opens it.
///
/// A member's meter is a counter of days. A visitor's lies on the visitor's own device, in texts that are the same for
/// everybody: see ``MeterTokens``.
struct GateController: Sendable {
    let engine: Runtime.Engine
    let access: AccessTokens
    let meters: MeterTokens
    let speaker: Speaker
    let issuer: @Sendable (ProgrammeID) -> String

    private struct Question {
        var gate: String?
        var item: String?
        var pass: String?
        var counts = true
        var use: String?
        var meters: [String: String] = [:]
        var receipts: [String: String] = [:]
    }

    func ask(_ call: Call) async throws -> Reply {
        let question = try Self.read(try call.json())
        let programme = try call.programme
        guard let key = call.key else { throw Problem.badKey }
        var member: MemberID?
        switch try await speaker.verdict(user: nil, pass: question.pass, key: key, now: call.now) {
        case .may(let known): member = known
        case .mayNot(let error):
            throw Problem(.passRefused, "Correct what `errors` names and send the request again.", errors: [error])
        }
        let item = question.item.flatMap { ItemID($0) }.flatMap { engine.item($0, in: programme) }
        if let name = question.gate, engine.host[programme]?.programme.gates.contains(where: { $0.id == name }) != true
        {
            throw Problem.notFound("gate")
        }
        var facts = try await self.facts(question, member, programme)
        var decision = decide(question, item, facts)
        var metered = decision.metered
        if question.counts, let member, !metered.isEmpty {
            do {
                try await count(metered, question, member, facts)
                let after = try await self.facts(question, member, programme, opened: Set(metered))
                (facts, decision) = (after, decide(question, item, after))
            } catch PipelineProblem.command(.conditionNotMet) {
                // Somebody read the last free one on another device a moment ago.
                facts = try await self.facts(question, member, programme)
                decision = decide(question, item, facts)
                metered = []
            }
        }
        var token: (text: String, token: AccessToken)?
        // For the page that asks, as the browser names it, and for no other.
        if decision.isOpen, question.counts, let origin = call.headers[.origin], (1...255).contains(origin.utf8.count) {
            token = try await access.sign(
                for: facts.state?.id, in: programme, issuer: issuer(programme), audience: origin,
                gates: decision.gates.map(\.gate), item: question.item, now: call.now)
        }
        let answer = EntitlementAnswer(
            facts, language: call.acceptLanguage.flatMap(EffectWording.language), explains: false)
        let counted = question.counts ? metered : []
        return reply(question, decision, answer, counted: counted, isMember: member != nil, token, programme)
    }

    private static func read(_ body: JSONValue) throws(Problem) -> Question {
        var fields = try Fields(body)
        var question = Question()
        question.gate = fields.text("gate", limit: 64)
        question.item = fields.text("item", limit: 200)
        question.pass = fields.text("pass", limit: 512)
        question.use = fields.text("use", limit: 64)
        if let use = question.use, use.unicodeScalars.count < minimumUse { fields.fault("use", useRule) }
        question.counts = fields.flag("count") ?? true
        question.meters = fields.map("meters")
        question.receipts = fields.map("receipts")
        if fields.errors.isEmpty, (question.gate == nil) == (question.item == nil) {
            fields.fault("item", "Send an `item` or a `gate`.")
        }
        try fields.finish()
        return question
    }

    private static let minimumUse = 16
    private static let useRule = "Send 16 to 64 random characters: the same again for the same opening."

    // MARK: Deciding

    private func period(of gate: Gate, _ facts: GateFacts) -> Int32? {
        gate.meter.map {
            facts.calendar.periods.firstDay(of: $0.per, containing: facts.calendar.day(of: facts.now))
        }
    }

    /// - Parameter opened: gates that have just counted this opening.
    private func facts(
        _ question: Question, _ member: MemberID?, _ programme: ProgrammeID, opened: Set<String> = []
    ) async throws -> GateFacts {
        let plain = try await engine.gateFacts(of: member, in: programme)
        var uses: [String: Int64] = [:]
        var opened = opened
        for gate in plain.programme.programme.gates {
            guard let period = period(of: gate, plain) else { continue }
            if member == nil, let token = question.meters[gate.id] {
                uses[gate.id] = meters.count(token, programme, gate: gate.id, period: period)
            }
            if let receipt = question.receipts[gate.id],
                meters.isReceipt(receipt, programme, gate: gate.id, period: period, item: question.item ?? "")
            {
                opened.insert(gate.id)
            }
        }
        guard !uses.isEmpty || !opened.isEmpty else { return plain }
        return GateFacts(
            plain.state, programme: plain.programme, calendar: plain.calendar, now: plain.now, visitorUses: uses,
            opened: opened)
    }

    private func decide(
        _ question: Question, _ item: Item?, _ facts: GateFacts
    ) -> EntitlementCheck.ItemDecision {
        guard let name = question.gate, let gate = facts.programme.programme.gates.first(where: { $0.id == name })
        else {
            return EntitlementCheck.decide(item, facts, viewer: facts.viewer(region: nil, isSubscriber: false))
        }
        return EntitlementCheck.decide([gate], facts, opened: .open)
    }

    private func count(
        _ gates: [String], _ question: Question, _ member: MemberID, _ facts: GateFacts
    ) async throws {
        guard let use = question.use else {
            throw Problem.invalid("use", Self.useRule)
        }
        let programme = facts.programme.id
        for gate in facts.programme.programme.gates where gates.contains(gate.id) {
            // The period is part of it: the same text in the next month is another opening.
            let claim = engine.openingClaim(
                of: member, gate: gate.id, item: "\(period(of: gate, facts) ?? 0)/\(question.item ?? "")", use: use,
                in: programme)
            _ = try await engine.perform(.open(gate: gate.id, claim: claim), member: member, in: programme)
        }
    }

    // MARK: Answering

    private func reply(
        _ question: Question, _ decision: EntitlementCheck.ItemDecision, _ answer: EntitlementAnswer,
        counted: [String], isMember: Bool, _ token: (text: String, token: AccessToken)?, _ programme: ProgrammeID
    ) -> Reply {
        let facts = answer.facts
        var reply = Reply.json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.member("allowed", decision.isOpen)
            writer.member("reason", decision.reason.rawValue)
            writer.member("lang", answer.wording.language.rawValue)
            MemberDocument.write("until", decision.until, into: &writer)
            if !decision.isOpen { writer.member("text", answer.text(decision)) }
            answer.write(decision.offers, into: &writer)
            let metered = facts.programme.programme.gates.filter { counted.contains($0.id) }
            if let gate = metered.first, let meter = gate.meter {
                let used = facts.uses(gate: gate, per: meter.per) + (isMember ? 0 : 1)
                let left = max(0, meter.free - used)
                writer.member("left", left)
                writer.member("left_text", answer.wording.left(left))
            }
            write(metered, question, facts, isMember: isMember, programme, into: &writer)
            writer.key("token")
            if let token { writer.string(token.text) } else { writer.null() }
            if let token { MemberDocument.write("token_expires_at", token.token.expiresAt, into: &writer) }
            writer.endObject()
        }
        reply.headers[.cacheControl] = "no-store"
        return reply
    }

    /// What the device keeps: the new counts of a visitor, and receipts for what was opened.
    private func write(
        _ gates: [Gate], _ question: Question, _ facts: GateFacts, isMember: Bool, _ programme: ProgrammeID,
        into writer: inout JSONWriter
    ) {
        writer.key("meters")
        writer.beginObject()
        for gate in gates where !isMember {
            guard let period = period(of: gate, facts) else { continue }
            let count = (facts.visitorUses[gate.id] ?? 0) + 1
            writer.key(gate.id)
            writer.string(meters.token(programme, gate: gate.id, period: period, count: count))
        }
        writer.endObject()
        writer.key("receipts")
        writer.beginObject()
        for gate in gates {
            guard let period = period(of: gate, facts) else { continue }
            writer.key(gate.id)
            writer.string(meters.receipt(programme, gate: gate.id, period: period, item: question.item ?? ""))
        }
        writer.endObject()
    }
}

extension Fields {
    /// A map of short texts; empty if it is absent.
    fileprivate mutating func map(_ name: String) -> [String: String] {
        guard let value = value(name) else { return [:] }
        guard let object = value.objectValue, object.members.count <= 50 else {
            fault(name, "Send an object of at most 50 texts.")
            return [:]
        }
        var map: [String: String] = [:]
        for member in object.members {
            guard let text = member.value.stringValue, text.unicodeScalars.count <= 128 else {
                fault(name, "Send what an answer gave, unchanged.")
                return [:]
            }
            map[member.key] = text
        }
        return map
    }
}
