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

    var shell: Shell
    var dateline: String
    var day: String
    var greeting: String
    var lead: SuggestionView?
    var more: [SuggestionView]
    var hasMore: Bool
    var privilege: PrivilegeView?
    /// The one challenge that is nearest to its end; the others have a page of their own.
    var challenge: ChallengeView?
    /// The longest that goes on.
    var streak: StreakView?
    var reward: RewardView?
    var hasNext: Bool
    var balances: [BalanceView]
    var level: LevelView
    var waits: [WaitView]
    var hasWaits: Bool
    /// Answers of the service desk that wait to be read.
    var newAnswers: String?
    /// Whether the one question about suggestions is asked.
    var asksProfiling: Bool
    var csrf: String
    /// What puts the row of more to read in order on the member's own device.
    var device: DeviceView?

    /// Something that waits because somebody is to look at it.
    struct WaitView: Sendable, Equatable {
        var text: String
        var why: WordingView?
        var until: String
    }

    /// - Parameter csrf: the token of the forms on the page.
    init(_ data: MemberToday, shell: Shell, texts: Texts, csrf: String = "") {
        self.shell = shell
        self.csrf = csrf
        asksProfiling = data.asksProfiling
        let words = texts.member
        dateline = texts.dateline(data.today)
        day = data.today.iso
        greeting = data.name.map { words.greeting($0) } ?? words.greetingPlain
        let suggestions = data.suggestions.prefix(4).map { SuggestionView($0, texts: texts) }
        lead = suggestions.first
        more = Array(suggestions.dropFirst())
        hasMore = !more.isEmpty
        privilege = data.privilege.map { Self.view(of: $0, today: data.today, texts: texts) }
        let open = data.challenges.filter { $0.done < $0.target }
        let nearest = open.max { Self.share($0) < Self.share($1) } ?? data.challenges.first
        challenge = nearest.map { ChallengeView($0, today: data.today, texts: texts) }
        // What one chooses about a habit is chosen beside all of them.
        streak = data.streaks.max { $0.length < $1.length }.map { streak in
            var streak = streak
            streak.goal?.choice = nil
            return StreakView(streak, today: data.today, texts: texts, csrf: csrf)
        }
        reward = data.reward.map { RewardView($0, texts: texts) }
        hasNext = challenge != nil || streak != nil || reward != nil
        balances = data.balances.map { BalanceView($0, today: data.today, texts: texts) }
        level = LevelView(data.level, texts: texts)
        waits = data.waits.map { wait in
            WaitView(
                text: wait.held.isEmpty
                    ? texts.fair.waitsOther : texts.fair.waitsAmount(texts.list(wait.held.map { texts.amount($0) })),
                why: wait.why.map { WordingView($0, on: texts.language) },
                until: texts.fair.waitsUntil(texts.date(wait.until, today: data.today)))
        }
        hasWaits = !waits.isEmpty
        newAnswers =
            data.newAnswers > 0 ? texts.service.newAnswers(data.newAnswers, texts.number(data.newAnswers)) : nil
    }

    private static func share(_ challenge: ChallengeProgress) -> Double {
        Double(max(0, challenge.done)) / Double(max(1, challenge.target))
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
