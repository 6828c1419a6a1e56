import Loyalty
import Runtime
import Site

extension SiteView {
    func streaks(_ summary: MemberSummary) -> [StreakProgress] {
        programme.streaks.compactMap { streak in
            guard let state = summary.streaks.first(where: { $0.streak == streak.id }) else { return nil }
            return StreakProgress(
                id: streak.id, title: wording(streak.name, or: streak.id), summary: streak.why.wording(language),
                every: StreakProgress.Every(rawValue: streak.every.rawValue) ?? .day, length: state.current,
                longest: state.longest, milestone: state.nextMilestone,
                freezes: streak.freezes == nil ? nil : state.freezes, active: state.isActive,
                goal: state.days.map {
                    StreakProgress.Goal(
                        done: $0.done, wanted: $0.wanted, next: state.nextGoal ?? $0.wanted, choice: state.choice)
                },
                recent: state.recent.map {
                    StreakProgress.Period(
                        firstDay: LocalDay(daysSinceEpoch: Int($0.firstDay)),
                        state: StreakProgress.State(rawValue: $0.state.rawValue) ?? .empty)
                })
        }
    }

    func pause(_ summary: MemberSummary) -> StreakPause? {
        summary.streakPause.map {
            StreakPause(
                from: LocalDay(daysSinceEpoch: Int($0.first)), to: LocalDay(daysSinceEpoch: Int($0.last)))
        }
    }

    func tier(_ summary: MemberSummary) -> TierProgress? {
        guard let ladder = programme.tiers, let status = summary.tierStatus else { return nil }
        func title(_ id: String) -> Wording? {
            ladder.tiers.first { $0.id == id }.map { wording($0.name, or: $0.id) }
        }
        let from = ladder.tiers.last { !$0.isInvited && $0.at <= status.credits }?.at ?? 0
        var share = 1.0
        if let next = status.next {
            let whole = max(1, status.credits + next.missing - from)
            share = Double(max(0, status.credits - from)) / Double(whole)
        }
        return TierProgress(
            title: title(status.tier), next: status.next.flatMap { title($0.id) },
            missing: status.next.map { amount($0.missing, ladder.unit) }, share: share,
            lastDay: status.endsOn.map { LocalDay(daysSinceEpoch: Int($0) - 1) },
            projected: status.projected.flatMap { $0 == status.tier ? nil : title($0) },
            gives: Set(ladder.upTo(status.tier).flatMap(\.gives)).sorted().map { name in
                programme.texts["entitlements." + name]?.wording(language) ?? Wording(name, "")
            },
            invitations: summary.invitations.filter { $0.state == .offered }.map { invitation in
                TierProgress.Invitation(
                    tier: invitation.tier, title: title(invitation.tier) ?? Wording(invitation.tier, ""),
                    until: invitation.until.map { LocalDay(daysSinceEpoch: Int($0)) })
            })
    }
}
