import Loyalty
import Primitives
import Runtime
import Site

extension SiteView {
    /// What a member reads about one effect; `nil` for what is no news to them, such as a hold-out or a trait.
    func line(_ effect: AppliedEffect, of profile: MemberProfile) -> HistoryLine? {
        guard let what = historyEffect(effect, of: profile) else { return nil }
        let day = LocalDay(daysSinceEpoch: Int(effect.day))
        // Below the level `personal` only the day is kept.
        let when =
            profile.level == .personal
            ? moment(effect.at, zone: profile.timeZone ?? programme.timeZone) : LocalMoment(day)
        return HistoryLine(
            id: effect.id.description, when: when, effect: what, reason: reason(effect),
            explanation: explanation(effect)
        )
    }

    private func historyEffect(_ effect: AppliedEffect, of profile: MemberProfile) -> HistoryLine.Effect? {
        switch effect.kind {
        case .award:
            guard compiled.units[effect.subject] != nil else { return nil }
            return .earned(amount(effect.amount, effect.subject))
        case .completed: return .progress(done: max(effect.amount, effect.wanted), target: max(1, effect.wanted))
        case .badge:
            return .badge(wording(compiled.badges[effect.subject]?.name ?? ProgrammeText([:]), or: effect.subject))
        case .correction, .adjustment, .reversal:
            guard effect.amount != 0 else { return nil }
            return effect.amount < 0
                ? .reversed(amount(effect.amount, effect.subject)) : .earned(amount(effect.amount, effect.subject))
        case .redemption: return .held(amount(effect.amount, effect.subject))
        case .confirmation: return .spent(amount(effect.amount, effect.subject))
        case .cancellation: return .released(amount(effect.amount, effect.subject))
        case .refused: return refusal(effect).map { .refused($0) }
        case .entitlement, .trait, .webhook, .progress, .heldOut, .notice: return nil
        }
    }

    private func refusal(_ effect: AppliedEffect) -> Refusal? {
        switch effect.refusal {
        case .limit(let index):
            guard let rule = rule(Self.name(of: effect.source)), rule.limits.indices.contains(index) else {
                return .budgetSpent
            }
            let limit = rule.limits[index]
            let cap: Amount? =
                switch limit.kind {
                case .amount(let most), .perEvent(let most): amount(most, effect.subject)
                case .times: nil
                }
            if case .perEvent = limit.kind { return .limitReached(.event, cap: cap) }
            let period: Refusal.Period =
                switch limit.period {
                case .day: .day
                case .week: .week
                case .month: .month
                case .year: .year
                case .ever: .ever
                }
            return .limitReached(period, cap: cap)
        case .cooldown: return .cooldown(until: nil)
        case .budget: return .budgetSpent
        case nil: return nil
        }
    }

    /// The words of whatever gave it.
    func reason(_ effect: AppliedEffect) -> Wording {
        if effect.kind == .badge, let why = compiled.badges[effect.subject]?.why.wording(language) { return why }
        let source = Self.name(of: effect.source)
        if let why = rule(source)?.why.wording(language) { return why }
        if let challenge = compiled.challenges[source] {
            return challenge.why.wording(language) ?? wording(challenge.name, or: challenge.id)
        }
        if let reward = compiled.rewards[source]?.reward { return wording(reward.name, or: reward.id) }
        return Wording(source, "")
    }

    private func explanation(_ effect: AppliedEffect) -> Explanation? {
        let source = Self.name(of: effect.source)
        if let challenge = compiled.challenges[source] {
            return Explanation(
                rule: wording(challenge.name, or: challenge.id), version: Int(clamping: effect.version),
                facts: SiteFacts(language: language).facts(in: effect.proof))
        }
        guard let rule = rule(source) else { return nil }
        return Explanation(
            rule: Wording(rule.id, ""), version: Int(clamping: effect.version),
            facts: SiteFacts(language: language).facts(in: effect.proof))
    }

    /// What a challenge gives is booked under `challenge/NAME`.
    static func name(of source: String) -> String {
        source.hasPrefix("challenge/") ? String(source.dropFirst("challenge/".count)) : source
    }

    func rule(_ id: String) -> Rule? { programme.rules.first { $0.id == id } }
}
