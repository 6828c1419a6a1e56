/// The member's page. It opens on something to read, watch or hear; points are a small line near the end.
struct MemberPage: Page {
    static let template = "member"

    struct SuggestionView: Sendable, Equatable {
        var item: ItemView
        var reason: ReasonView
        /// The makers' names, unless the reason has just named the only one.
        var byline: String?

        init(_ suggestion: Suggestion, texts: Texts) {
            item = ItemView(suggestion.item, texts: texts)
            reason = ReasonView(suggestion, texts: texts)
            let isNamed = suggestion.item.makers.map(\.name) == [reason.face?.name]
            byline = isNamed ? nil : item.byline
        }
    }

    struct PrivilegeView: Sendable, Equatable {
        var kind: String
        var title: WordingView
        var summary: WordingView?
        var host: FaceView?
        var with: String?
        var when: String?
        var state: String
        var open: Bool
        var href: String?
    }

    struct BadgeView: Sendable, Equatable {
        var title: WordingView
        var summary: WordingView?
        var picture: String?
        var initial: String
        var tint: String
        var earned: Bool
        var state: String
    }

    var shell: Shell
    var dateline: String
    var day: String
    var greeting: String
    var lead: SuggestionView?
    var more: [SuggestionView]
    var hasMore: Bool
    var privilege: PrivilegeView?
    var challenges: [ChallengeView]
    var streaks: [StreakView]
    var pause: PauseView?
    var tier: TierView?
    var hasHabits: Bool
    var badges: [BadgeView]
    var hasBadges: Bool
    var hasProgress: Bool
    var reward: RewardView?
    var balances: [BalanceView]
    var maySendGifts: Bool
    var hasBoards: Bool
    var level: LevelView

    /// - Parameter csrf: the token of the forms on the page.
    init(_ data: MemberToday, shell: Shell, texts: Texts, csrf: String = "") {
        self.shell = shell
        let words = texts.member
        dateline = texts.dateline(data.today)
        day = data.today.iso
        greeting = data.name.map { words.greeting($0) } ?? words.greetingPlain
        let suggestions = data.suggestions.prefix(4).map { SuggestionView($0, texts: texts) }
        lead = suggestions.first
        more = Array(suggestions.dropFirst())
        hasMore = !more.isEmpty
        privilege = data.privilege.map { Self.view(of: $0, today: data.today, texts: texts) }
        challenges = data.challenges.prefix(3).map { ChallengeView($0, today: data.today, texts: texts) }
        streaks = data.streaks.prefix(4).map { StreakView($0, today: data.today, texts: texts, csrf: csrf) }
        pause = data.streaks.isEmpty ? nil : PauseView(data.pause, today: data.today, texts: texts, csrf: csrf)
        tier = data.tier.map { TierView($0, today: data.today, texts: texts, csrf: csrf) }
        hasHabits = !streaks.isEmpty || tier != nil
        badges = data.badges.prefix(6).map { badge in
            BadgeView(
                title: WordingView(
                    badge.isHidden ? Wording(words.badgeHidden, texts.language) : badge.title, on: texts.language),
                summary: badge.summary.map { WordingView($0, on: texts.language) },
                picture: badge.picture?.address,
                initial: badge.isHidden ? "?" : badge.title.text.first.map { String($0).uppercased() } ?? "·",
                tint: Tint.of(badge.id), earned: badge.earned != nil,
                state: badge.earned.map { words.badgeEarned(texts.date($0, today: data.today)) }
                    ?? badge.progress.map { texts.common.progress(texts.number($0.done), texts.number($0.target)) }
                    ?? words.badgeOpen)
        }
        hasBadges = !badges.isEmpty
        reward = data.reward.map { RewardView($0, texts: texts) }
        hasProgress = !challenges.isEmpty || hasBadges || reward != nil
        maySendGifts = data.maySendGifts
        hasBoards = data.hasBoards
        balances = data.balances.map { BalanceView($0, today: data.today, texts: texts) }
        level = LevelView(data.level, texts: texts)
    }

    private static func view(of privilege: Privilege, today: LocalDay, texts: Texts) -> PrivilegeView {
        let words = texts.member
        let kind =
            switch privilege.kind {
            case .preview: words.preview
            case .questions: words.questions
            case .visit: words.visit
            case .other: words.privilege
            }
        let state =
            switch privilege.state {
            case .open: words.privilegeOpen
            case .afterSteps(let remaining, let step):
                words.privilegeSteps(remaining, texts.number(remaining), step.text)
            case .opens(let day): words.privilegeOpens(texts.weekday(day, today: today))
            }
        return PrivilegeView(
            kind: kind,
            title: WordingView(privilege.title, on: texts.language),
            summary: privilege.summary.map { WordingView($0, on: texts.language) },
            host: privilege.host.map { FaceView($0, on: texts.language) },
            with: privilege.host.map { words.privilegeWith($0.name) },
            when: privilege.when.map { texts.appointment($0, today: today) },
            state: state, open: privilege.state == .open, href: privilege.link?.address)
    }
}
