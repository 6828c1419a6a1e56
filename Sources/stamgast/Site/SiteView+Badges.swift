import Loyalty
import Runtime
import Site

extension SiteView {
    /// A member's badges: what is earned, the latest first; then what can be earned, of a series the next one only.
    func badges(_ summary: MemberSummary) -> [Site.Badge] {
        var begun: Set<String> = []
        let shown = programme.badges.filter { badge in
            if summary.badges[badge.id] != nil { return true }
            if badge.hidden == .secret { return false }
            return badge.series.map { begun.insert($0).inserted } ?? true
        }
        return shown.map { view(of: $0, summary) }.enumerated().sorted { left, right in
            switch (left.element.earned, right.element.earned) {
            case (let first?, let second?) where first != second: first > second
            case (_?, nil): true
            case (nil, _?): false
            default: left.offset < right.offset
            }
        }.map(\.element)
    }

    private func view(of badge: Loyalty.Badge, _ summary: MemberSummary) -> Site.Badge {
        let grant = summary.badges[badge.id]
        let isHidden = grant == nil && badge.hidden == .announced
        var view = Site.Badge(
            id: badge.id, title: wording(badge.name, or: badge.id),
            summary: isHidden ? nil : badge.why.wording(language),
            earned: grant.map { LocalDay(daysSinceEpoch: Int($0.day)) })
        view.isHidden = isHidden
        if grant == nil, !isHidden { view.progress = progress(towards: badge, summary) }
        return view
    }

    /// How far the challenge is that gives it, or how much of its set is there.
    private func progress(towards badge: Loyalty.Badge, _ summary: MemberSummary) -> Site.Badge.Progress? {
        if !badge.allOf.isEmpty {
            return Site.Badge.Progress(
                done: Int64(badge.allOf.count { summary.badges[$0] != nil }), target: Int64(badge.allOf.count))
        }
        for challenge in programme.challenges {
            guard let state = summary.challenges.first(where: { $0.challenge == challenge.id }) else { continue }
            for stage in challenge.completions where stage.reward.contains(.badge(badge.id)) {
                let target = challenge.stages.isEmpty ? state.target : stage.at
                return Site.Badge.Progress(done: min(state.count, target), target: target)
            }
        }
        return nil
    }
}
