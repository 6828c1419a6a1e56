public import CEL
public import Catalogue
public import Primitives

/// Replays stored effects under one version of a programme: the same facts, under the same rule, must give the same.
///
/// The facts are what is kept beside the effect: its proof, and where events are kept the event. A proof of a member below
/// the level `personal` has the truth of the parts of the condition and not their values; then the condition is put
/// together again from those.
public struct EffectReplay: Sendable {
    private let programme: CompiledProgramme
    private let zones: (any TimeZoneSource)?

    public init(_ programme: CompiledProgramme, zones: (any TimeZoneSource)?) {
        self.programme = programme
        self.zones = zones
    }

    /// - Parameter event: the event behind the effect, where it is kept; see ``event(behind:of:_:)``.
    public func replay(_ effect: AppliedEffect, event: Event? = nil) -> ReplayVerdict {
        if effect.kind == .completed { return .notCovered(.counters) }
        guard Self.isOfRule(effect) else { return .notCovered(.notARule) }
        guard let (type, rule) = rule(effect.source) else {
            let isOther =
                programme.challenges[effect.source] != nil || programme.streaks[effect.source] != nil
                || effect.source.contains("/")
            return isOther
                ? .notCovered(.counters) : .differs("version \(effect.version) has no rule '\(effect.source)'")
        }
        var facts = Facts(type, event)
        let basis: ReplayVerdict.Basis
        if let condition = rule.condition {
            switch conclude(condition, effect, type, &facts) {
            case .success(let found): basis = found
            case .failure(let stop): return stop.outcome
            }
        } else {
            basis = .terms
        }
        return result(effect, rule, facts) ?? .same(basis)
    }

    /// Whether a rule may have decided it, and not a person or the calendar.
    public static func isOfRule(_ effect: AppliedEffect) -> Bool {
        switch effect.kind {
        case .award, .refused, .badge, .entitlement, .trait: true
        default: false
        }
    }

    /// Which of a member's kept events an effect came from.
    public static func event(
        behind effect: AppliedEffect, of member: MemberID, _ events: [KeptEvent], in programme: CompiledProgramme,
        item: @escaping @Sendable (ItemID) -> Item
    ) -> Event? {
        guard let rule = programme.rule(effect.source) else { return nil }
        for kept in events where kept.type == rule.rule.trigger {
            let isBehind = rule.rule.effects.indices.contains { index in
                EffectID.derived(
                    programme: programme.id, source: effect.source, cause: kept.claim, member: member, index: index)
                    == effect.id
            }
            guard isBehind, let incoming = kept.incoming else { continue }
            return try? EventReader(programme, item: item).read(
                incoming, claim: kept.claim, now: kept.at, acceptsLate: true)
        }
        return nil
    }

    private func rule(_ id: String) -> (CompiledEventType, CompiledRule)? {
        for type in programme.eventTypes.values {
            if let rule = type.rules.first(where: { $0.rule.id == id }) { return (type, rule) }
        }
        return nil
    }

    // MARK: The facts

    /// The frame of the decision as far as it is kept.
    private struct Facts {
        var frame: Frame
        let layout: FrameLayout
        var known: Set<String> = []

        init(_ type: CompiledEventType, _ event: Event?) {
            layout = type.layout
            frame = Frame(layout: layout)
            guard let event else { return }
            type.frameFiller.fillEvent(event, into: &frame)
            known = ["event."]
        }

        /// Takes the values of attributes out of a proof.
        mutating func take(_ proof: Proof) {
            if case .value(let value) = proof.result, let slot = layout.slot(proof.text) {
                frame[slot] = value
                known.insert(proof.text)
            }
            for child in proof.children { take(child) }
        }

        func has(_ reads: Set<AttributePath>) -> Bool {
            reads.allSatisfy { known.contains($0.text) || ($0.text.hasPrefix("event.") && known.contains("event.")) }
        }
    }

    private struct Stop: Error {
        let outcome: ReplayVerdict
    }

    // MARK: The condition

    private func conclude(
        _ condition: CompiledCondition, _ effect: AppliedEffect, _ type: CompiledEventType, _ facts: inout Facts
    ) -> Result<ReplayVerdict.Basis, Stop> {
        func differs(_ sentence: String) -> Result<ReplayVerdict.Basis, Stop> {
            .failure(Stop(outcome: .differs(sentence)))
        }
        guard !effect.proof.isEmpty else {
            guard facts.has(condition.reads) else { return .failure(Stop(outcome: .notCovered(.proof))) }
            let met = try? condition.program.evaluateBool(facts.frame)
            return met == true ? .success(.values) : differs("the condition is not met by the event")
        }
        guard let proof = Proof(json: String(decoding: effect.proof, as: UTF8.self)) else {
            return differs("its proof cannot be read")
        }
        // What the condition says now must be what was proved.
        let blank = condition.proof(Frame(layout: facts.layout), redact: { _ in false })
        guard blank.text == proof.text, blank.range == proof.range else {
            return differs("its proof is of another condition than that of version \(effect.version)")
        }
        facts.take(proof)
        var truths: [(range: Range<Int>, truth: String)] = []
        Self.truths(of: proof, into: &truths)
        if truths.isEmpty {
            let met = try? condition.program.evaluateBool(facts.frame)
            return met == true ? .success(.values) : differs("the condition is not met by the values of its proof")
        }
        guard let met = evaluate(condition.source, truths, type, facts.frame) else {
            return differs("the condition cannot be put together from its proof")
        }
        return met ? .success(.truths) : differs("the condition is not met by the truth of its parts")
    }

    /// The smallest parts with a truth of their own whose values are withheld, and what stands for them.
    private static func truths(of proof: Proof, into found: inout [(range: Range<Int>, truth: String)]) {
        guard proof.isWithheldSomewhere else { return }
        if proof.isConnective {
            for child in proof.children { truths(of: child, into: &found) }
            return
        }
        switch proof.result {
        case .value(.bool(let truth)): found.append((proof.range, truth ? "true" : "false"))
        case .failed: found.append((proof.range, "(1 / 0 == 0)"))
        default: break
        }
    }

    private func evaluate(
        _ source: String, _ truths: [(range: Range<Int>, truth: String)], _ type: CompiledEventType, _ frame: Frame
    ) -> Bool? {
        var bytes = Array(source.utf8)
        for (range, truth) in truths.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            guard range.upperBound <= bytes.count else { return nil }
            bytes.replaceSubrange(range, with: truth.utf8)
        }
        let environment = RuleEnvironment.environment(for: type.declaration, in: programme.programme, zones: zones)
        guard let text = String(validating: bytes, as: UTF8.self), let checked = try? environment.check(text) else {
            return nil
        }
        return (try? checked.plan(limits: .standard).evaluateBool(frame)) ?? false
    }

    // MARK: What it gives

    /// What is wrong with the effect, or not covered of it; `nil` if it is what the rule gives.
    private func result(_ effect: AppliedEffect, _ rule: CompiledRule, _ facts: Facts) -> ReplayVerdict? {
        switch effect.kind {
        case .award, .refused: return award(effect, rule, facts)
        case .badge where !rule.rule.effects.contains(.badge(effect.subject)):
            return .differs("the rule gives no badge '\(effect.subject)'")
        case .entitlement:
            let gives = rule.rule.effects.contains { other in
                if case .entitlement(let name, _) = other { name == effect.subject } else { false }
            }
            return gives ? nil : .differs("the rule does not open '\(effect.subject)'")
        case .trait:
            let gives = rule.rule.effects.contains { other in
                if case .trait(let name, _) = other { name == effect.subject } else { false }
            }
            return gives ? nil : .differs("the rule does not set '\(effect.subject)'")
        default: return nil
        }
    }

    /// What an award is worked out to be, before tiers; `nil` where what it reads is not kept.
    private func amount(_ award: CompiledAward, _ facts: Facts) -> Int64? {
        guard let expression = award.expression, facts.has(expression.reads) else { return nil }
        return award.written(facts.frame)
    }

    private func award(_ effect: AppliedEffect, _ rule: CompiledRule, _ facts: Facts) -> ReplayVerdict? {
        let awards = rule.awards.filter { $0.unit == effect.subject }
        guard !awards.isEmpty else { return .differs("the rule gives no \(effect.subject)") }
        var known = 0
        var wanted: [Int64] = []
        for award in awards {
            if let scale = award.scale, !facts.has([AwardScale.reads]) {
                // Which tier it was is kept only where the condition reads it: then it must be what one of them gives.
                guard let base = award.base ?? amount(award, facts) else { continue }
                wanted += scale.amounts(base)
            } else if let base = award.base {
                wanted.append(award.scale?.amount(base, facts.frame) ?? base)
            } else if let expression = award.expression, facts.has(expression.reads) {
                if let amount = award.amount(facts.frame) { wanted.append(amount) } else { continue }
            } else {
                continue
            }
            known += 1
        }
        guard known > 0 else { return .notCovered(.amount) }
        guard wanted.contains(effect.wanted) else {
            // Another award of the same unit may be the one, and its amount is not kept.
            guard known == awards.count else { return .notCovered(.amount) }
            return .differs("the rule wants \(wanted.map(String.init).joined(separator: " or ")), not \(effect.wanted)")
        }
        guard effect.amount != effect.wanted else { return nil }
        // What was kept back needs a limit, a cooldown or a budget of that version that can have done it.
        guard effect.amount >= 0, effect.amount < effect.wanted else { return .differs("it gave more than was wanted") }
        switch effect.refusal {
        case .limit(let index) where rule.rule.limits.indices.contains(index): return nil
        case .cooldown where rule.rule.cooldown != nil: return nil
        case .budget(let id) where rule.rule.budget == id: return nil
        default: return .differs("nothing in the rule can have kept \(effect.wanted - effect.amount) back")
        }
    }
}

extension Proof {
    fileprivate var isWithheldSomewhere: Bool {
        switch result {
        case .withheld, .omitted: true
        default: children.contains(where: \.isWithheldSomewhere)
        }
    }

    /// Whether its truth follows from the truth of its parts: `!`, `&&` and `||`.
    fileprivate var isConnective: Bool {
        let bytes = Array(text.utf8)
        let start = range.lowerBound
        if children.count == 1, bytes.first == UInt8(ascii: "!") { return true }
        guard children.count > 1 else { return false }
        return zip(children, children.dropFirst()).allSatisfy { left, right in
            let (from, to) = (left.range.upperBound - start, right.range.lowerBound - start)
            guard from >= 0, from <= to, to <= bytes.count else { return false }
            let between = String(decoding: bytes[from..<to], as: UTF8.self)
                .filter { !$0.isWhitespace && $0 != "(" && $0 != ")" }
            return between == "&&" || between == "||"
        }
    }
}
