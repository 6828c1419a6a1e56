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
        // A prediction that came true shows as what it gave.
        case .completed where effect.source.hasPrefix("contest/"): return nil
        case .completed where effect.source.hasPrefix("quiz/"):
            return .progress(done: effect.amount, target: max(1, effect.wanted))
        case .completed: return .progress(done: max(effect.amount, effect.wanted), target: max(1, effect.wanted))
        case .badge:
            return .badge(wording(compiled.badges[effect.subject]?.name ?? ProgrammeText([:]), or: effect.subject))
        case .reversal where compiled.badges[effect.subject] != nil && compiled.units[effect.subject] == nil:
            return .told(.badgeGone(badge(effect.subject)))
        case .correction, .adjustment, .reversal:
            guard effect.amount != 0 else { return nil }
            return effect.amount < 0
                ? .reversed(amount(effect.amount, effect.subject)) : .earned(amount(effect.amount, effect.subject))
        case .sent: return .sent(amount(-effect.amount, effect.subject))
        case .received: return .received(amount(effect.amount, effect.subject))
        case .returned: return .released(amount(effect.amount, effect.subject))
        case .redemption: return .held(amount(effect.amount, effect.subject))
        case .confirmation: return .spent(amount(effect.amount, effect.subject))
        case .cancellation, .refund: return .released(amount(effect.amount, effect.subject))
        case .refused: return refusal(effect).map { .refused($0) }
        case .notice: return notice(effect)
        case .ticket: return .told(.tickets(effect.amount))
        case .entitlement, .trait, .webhook, .progress, .heldOut, .withheld: return nil
        }
    }

    private func notice(_ effect: AppliedEffect) -> HistoryLine.Effect? {
        switch effect.subject {
        case MemberState.NoticeCode.expiringSoon:
            guard let facts = try? JSONValue(parsing: effect.proof),
                let day = facts["expires"]?.stringValue.flatMap({ CivilDate($0) })
            else { return nil }
            let first = LocalDay(daysSinceEpoch: day.daysSinceEpoch)
            if let last = facts["through"]?.stringValue.flatMap({ CivilDate($0) }) {
                return .expiring(
                    amount(effect.amount, effect.source), from: first,
                    through: LocalDay(daysSinceEpoch: last.daysSinceEpoch))
            }
            return .expiringSoon(amount(effect.amount, effect.source), on: first)
        case MemberState.NoticeCode.activated: return .activated(amount(effect.amount, effect.source))
        default: return told(effect).map { .told($0) }
        }
    }

    private func badge(_ id: String) -> Wording { wording(compiled.badges[id]?.name ?? ProgrammeText([:]), or: id) }

    private func told(_ effect: AppliedEffect) -> Told? {
        func tier() -> Wording {
            let id = String(effect.source.dropFirst("tier/".count))
            let tier = programme.tiers?.tiers.first { $0.id == id }
            return wording(tier?.name ?? ProgrammeText([:]), or: id)
        }
        let needed = amount(effect.wanted, programme.tiers?.unit ?? "")
        if effect.subject.hasPrefix("badge-revoked:") {
            return .badgeGone(badge(String(effect.subject.dropFirst("badge-revoked:".count))))
        }
        switch effect.subject {
        case "challenge-joined": return .joined
        case "challenge-left": return .left
        case "goal-set": return .goal(effect.amount)
        case "nudge":
            return compiled.nudges[String(effect.source.dropFirst("nudge/".count))]?.text.wording(language)
                .map { .nudge($0) }
        case "level-up": return .level(effect.amount)
        case MemberState.letterSubject:
            guard let facts = try? JSONValue(parsing: effect.proof),
                let signer = programme.signers.first(where: { $0.id == facts["signer"]?.stringValue })
            else { return nil }
            return .letter(from: signer.name)
        case "streak-freeze-used": return .freeze(length: effect.amount)
        case _ where rewardNews(effect) != nil: return rewardNews(effect).map { .reward($0) }
        case "streak-ended": return .streak(length: effect.amount, longest: effect.wanted)
        case MemberState.ReviewNotice.held, MemberState.ReviewNotice.released, MemberState.ReviewNotice.refused:
            return review(effect).map { .review($0) }
        case TierStatus.Move.Kind.up.rawValue: return .tierUp(tier())
        case TierStatus.Move.Kind.willEnd.rawValue: return .tierWillEnd(tier(), needed: needed)
        case TierStatus.Move.Kind.down.rawValue: return .tierDown(tier(), needed: needed)
        case "prize" where effect.source.hasPrefix("board/"): return .boardPrize(rank: effect.amount)
        case MemberState.afterFinish: return .boardFixed
        case "raffle-won": return .raffleWon
        case "raffle-offered": return .raffleOffered
        case "referral-claimed": return .friendClaimed
        case "referral-ended": return .friendEnded
        case "referral-ambassador": return .ambassador
        case "referral-invited": return .ambassadorInvited
        default: return nil
        }
    }

    private func refusal(_ effect: AppliedEffect) -> Refusal? {
        switch effect.refusal {
        case .limit(let index):
            if let referral = programme.referral, referral.id == effect.source {
                return .limitReached(Self.period(referral.period), cap: nil)
            }
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
            return .limitReached(Self.period(limit.period), cap: cap)
        case .cooldown: return .cooldown(until: nil)
        case .budget: return .budgetSpent
        // What was held back is not told by saying so.
        case .pressure: return nil
        case nil: return nil
        }
    }

    private static func period(_ unit: PeriodUnit) -> Refusal.Period {
        switch unit {
        case .day: .day
        case .week: .week
        case .month: .month
        case .year: .year
        case .ever: .ever
        }
    }

    /// The words of whatever gave it.
    func reason(_ effect: AppliedEffect) -> Wording {
        if effect.kind == .badge, let why = compiled.badges[effect.subject]?.why.wording(language) { return why }
        if let words = sharing(effect.source) { return words }
        if effect.source.hasPrefix("nudge/") { return reason(nudge: String(effect.source.dropFirst("nudge/".count))) }
        let source = Self.name(of: effect.source)
        if effect.kind == .notice, let unit = compiled.units[source] { return wording(unit.name, or: unit.id) }
        if let why = rule(source)?.why.wording(language) { return why }
        if source == "levels", let name = programme.levels?.name.wording(language) { return name }
        if effect.subject.hasPrefix("badge-revoked:") {
            return badge(String(effect.subject.dropFirst("badge-revoked:".count)))
        }
        if let challenge = compiled.challenges[source] {
            return challenge.why.wording(language) ?? wording(challenge.name, or: challenge.id)
        }
        if let streak = compiled.streaks[source] {
            return streak.why.wording(language) ?? wording(streak.name, or: streak.id)
        }
        if effect.kind == .notice, let check = compiled.reviewCheck(source) {
            return check.why.wording(language) ?? Wording("", "")
        }
        if let quiz = programme.quizzes.first(where: { "quiz/" + $0.id == source }) {
            return quiz.why.wording(language) ?? wording(quiz.name, or: quiz.id)
        }
        if let contest = programme.contests.first(where: { "contest/" + $0.id == source }) {
            return contest.why.wording(language) ?? wording(contest.name, or: contest.id)
        }
        if source.hasPrefix("tier/") {
            let id = String(source.dropFirst("tier/".count))
            let tier = programme.tiers?.tiers.first { $0.id == id }
            return wording(tier?.name ?? ProgrammeText([:]), or: id)
        }
        if let board = programme.leaderboards.first(where: { CompiledLeaderboard.counter(of: $0.id) == source }) {
            return board.why.wording(language) ?? wording(board.name, or: board.id)
        }
        if let referral = programme.referral, referral.id == source {
            return referral.why.wording(language) ?? wording(referral.name, or: referral.id)
        }
        if effect.kind == .ticket || compiled.raffles[source] != nil,
            let raffle = compiled.raffles[effect.kind == .ticket ? effect.subject : source]?.raffle
        {
            return raffle.why.wording(language) ?? wording(raffle.name, or: raffle.id)
        }
        let occasion = source.hasPrefix("recognition/") ? String(source.dropFirst("recognition/".count)) : source
        if let why = programme.occasions.first(where: { $0.id == occasion })?.why.wording(language) {
            return Wording(LetterText.filled(why.text, LetterText.numbers(effect.amount)), why.language)
        }
        if let reward = compiled.rewards[source]?.reward { return wording(reward.name, or: reward.id) }
        return Wording(source, "")
    }

    /// What led to a nudge.
    private func reason(nudge id: String) -> Wording {
        switch compiled.nudges[id]?.occasion {
        case .challenge(let challenge, _, _):
            return compiled.challenges[challenge].map { wording($0.name, or: $0.id) } ?? Wording("", "")
        case .streak(let streak, _):
            return compiled.streaks[streak].map { wording($0.name, or: $0.id) } ?? Wording("", "")
        case .rule, nil:
            let rule = programme.rules.first { $0.effects.contains(.nudge(id)) }
            return rule?.why.wording(language) ?? Wording("", "")
        }
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

    /// What a challenge gives is booked under `challenge/NAME`, what a streak gives under `streak/NAME`.
    static func name(of source: String) -> String {
        for prefix in ["challenge/", "streak/", "team/"] where source.hasPrefix(prefix) {
            return String(source.dropFirst(prefix.count))
        }
        return source
    }

    func rule(_ id: String) -> Rule? { programme.rules.first { $0.id == id } }
}
