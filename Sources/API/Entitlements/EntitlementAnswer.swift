import Loyalty
import Primitives

/// Decisions about gates and items as they are answered.
struct EntitlementAnswer {
    let facts: GateFacts
    let wording: GateWording
    /// Whether the proof is written too.
    let explains: Bool

    /// - Parameter language: of the texts; the member's own, or the programme's first, without one.
    init(_ facts: GateFacts, language: Language?, explains: Bool) {
        self.facts = facts
        self.explains = explains
        let programme = facts.programme.programme
        wording = GateWording(
            language ?? facts.state?.profile.language ?? programme.languages.first ?? .en, programme: facts.programme,
            calendar: facts.calendar, now: facts.now)
    }

    private func gate(_ name: String) -> Gate? { facts.programme.programme.gates.first { $0.id == name } }

    func write(_ decision: EntitlementCheck.GateDecision, into writer: inout JSONWriter) {
        let gate = gate(decision.gate)
        writer.beginObject()
        writer.member("gate", decision.gate)
        writer.member("name", gate.map { wording.name($0) } ?? decision.gate)
        writer.member("allowed", decision.isOpen)
        writer.member("reason", decision.because?.code ?? "closed")
        MemberDocument.write("until", decision.until, into: &writer)
        writer.member("metered", decision.isMetered)
        if let left = decision.left { writer.member("left", left) }
        if !decision.isOpen { writer.member("text", wording.closed(gate)) }
        write(decision.offers, into: &writer)
        if explains {
            writer.key("proof")
            write(decision.proof, into: &writer)
        }
        writer.endObject()
    }

    func write(_ decision: EntitlementCheck.ItemDecision, item: String, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("item", item)
        writer.member("allowed", decision.isOpen)
        writer.member("reason", decision.reason.rawValue)
        MemberDocument.write("until", decision.until, into: &writer)
        if !decision.isOpen { writer.member("text", text(decision)) }
        write(decision.offers, into: &writer)
        writer.key("gates")
        writer.beginArray()
        for gate in decision.gates { write(gate, into: &writer) }
        writer.endArray()
        writer.endObject()
    }

    /// What a closed item says: its first closed gate, or the catalogue's reason.
    func text(_ decision: EntitlementCheck.ItemDecision) -> String {
        if let shut = decision.gates.first(where: { !$0.isOpen }) { return wording.closed(gate(shut.gate)) }
        return wording.closed(decision.reason)
    }

    /// The best offer apart, for those who show one; all of them for those who show more.
    func write(_ offers: [GateOffer], into writer: inout JSONWriter) {
        writer.key("offer")
        if let best = offers.first { write(best, into: &writer) } else { writer.null() }
        guard offers.count > 1 else { return }
        writer.key("offers")
        writer.beginArray()
        for offer in offers.prefix(Self.maximumOffers) { write(offer, into: &writer) }
        writer.endArray()
    }

    static let maximumOffers = 5

    func write(_ offer: GateOffer, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", offer.code)
        switch offer {
        case .reward(let name, let price, let unit, let missing):
            writer.member("name", name)
            writer.member("price", price)
            writer.member("unit", unit)
            writer.member("missing", missing)
        case .balance(let unit, let missing):
            writer.member("unit", unit)
            writer.member("missing", missing)
        case .tier(let name, let unit, let missing):
            writer.member("name", name)
            writer.member("unit", unit)
            writer.member("missing", missing)
        case .badge(let name): writer.member("name", name)
        case .wait(let until): MemberDocument.write("at", until, into: &writer)
        }
        writer.member("text", wording.offer(offer))
        writer.endObject()
    }

    /// Which condition was met by what.
    private func write(_ outcome: EntitlementCheck.Outcome, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("condition", outcome.condition.code)
        if !outcome.condition.subject.isEmpty { writer.member("subject", outcome.condition.subject) }
        writer.member("met", outcome.isMet)
        if let has = outcome.has { writer.member("has", has) }
        if let needs = outcome.needs { writer.member("needs", needs) }
        if let changesAt = outcome.changesAt { MemberDocument.write("changes_at", changesAt, into: &writer) }
        if case .when(let source) = outcome.condition, let proof = facts.proof(of: source) {
            writer.key("proof")
            writer.raw(proof)
        }
        if !outcome.parts.isEmpty {
            writer.key("parts")
            writer.beginArray()
            for part in outcome.parts { write(part, into: &writer) }
            writer.endArray()
        }
        writer.endObject()
    }
}
