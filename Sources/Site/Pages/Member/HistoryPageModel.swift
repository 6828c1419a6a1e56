/// The history: a reason on every line, and everything behind it one click away.
struct HistoryPageModel: Page {
    static let template = "history"

    struct Line: Sendable, Equatable {
        var when: String
        var day: String
        var reason: WordingView
        /// The amount with its sign, or the badge, or the progress.
        var effect: String
        /// What became of it: pending, reserved, expired.
        var state: String?
        /// For a refusal: why not, in a sentence.
        var refusal: String?
        var tone: String
        var refused: Bool
        var explanation: ExplanationView?
        /// Where the member asks about it.
        var ask: String?
    }

    struct ExplanationView: Sendable, Equatable {
        var rule: WordingView
        var sentence: WordingView?
        var version: String
        var facts: [FactView]
        var hasFacts: Bool
    }

    struct FactView: Sendable, Equatable {
        var label: WordingView
        var value: String
        var need: String?
        var holds: Bool
        var fails: Bool
    }

    var shell: Shell
    var intro: String
    var balances: [BalanceView]
    var lines: [Line]
    var hasLines: Bool
    var older: String?
    var level: LevelView

    init(_ data: HistoryPage, shell: Shell, texts: Texts) {
        self.shell = shell
        let keepsItems = data.level == .personal
        intro = keepsItems ? texts.history.intro : texts.history.intro + texts.sentenceGap + texts.history.introDays
        balances = data.balances.map { BalanceView($0, today: data.today, texts: texts) }
        lines = data.lines.map { line in
            var view = Self.view(of: line, today: data.today, texts: texts)
            view.ask = "/m/me/help?line=" + WebLink.encode(line.id)
            return view
        }
        hasLines = !lines.isEmpty
        older = data.older.map { "/m/history?after=\(WebLink.encode($0))" }
        level = LevelView(data.level, texts: texts)
    }

    static func view(of line: HistoryLine, today: LocalDay, texts: Texts) -> Line {
        let words = texts.history
        var view = Line(
            when: texts.moment(line.when, today: today), day: line.when.day.iso,
            reason: WordingView(line.reason, on: texts.language), effect: "", tone: "neutral", refused: false,
            explanation: line.explanation.map { Self.view(of: $0, today: today, texts: texts) })
        switch line.effect {
        case .earned(let amount):
            (view.effect, view.tone) = ("+" + texts.amount(amount), "plus")
        case .pending(let amount, let until):
            (view.effect, view.tone) = ("+" + texts.amount(amount), "waiting")
            view.state = until.map { words.pendingUntil(texts.day($0, today: today)) } ?? words.pending
        case .held(let amount):
            (view.effect, view.state) = ("−" + texts.amount(amount), words.held)
        case .spent(let amount):
            (view.effect, view.state) = ("−" + texts.amount(amount), words.spent)
        case .released(let amount):
            (view.effect, view.state) = ("+" + texts.amount(amount), words.released)
        case .sent(let amount):
            (view.effect, view.state) = ("−" + texts.amount(amount), words.sent)
        case .received(let amount):
            (view.effect, view.tone, view.state) = ("+" + texts.amount(amount), "plus", words.received)
        case .expired(let amount):
            (view.effect, view.state) = ("−" + texts.amount(amount), words.expired)
        case .reversed(let amount):
            (view.effect, view.state) = ("−" + texts.amount(amount), words.reversed)
        case .expiringSoon(let amount, let day):
            view.effect = words.expiringSoon(texts.amount(amount), texts.date(day, today: today))
        case .expiring(let amount, let first, let last):
            view.effect = texts.pressure.expiring(
                texts.amount(amount), texts.date(first, today: today), texts.date(last, today: today))
        case .activated(let amount): view.effect = words.activated(texts.amount(amount))
        case .badge(let title):
            (view.effect, view.tone) = (words.badge(title.text), "plus")
        case .progress(let done, let target):
            view.effect = texts.common.progress(texts.number(done), texts.number(target))
            view.state = words.progress
        case .refused(let refusal):
            (view.effect, view.tone, view.refused) = (words.refused, "refused", true)
            view.refusal = texts.sentence(for: refusal, today: today)
        case .told(let told):
            (view.effect, view.tone) = (words.told, "neutral")
            view.state = texts.sentence(for: told)
        }
        return view
    }

    private static func view(of explanation: Explanation, today: LocalDay, texts: Texts) -> ExplanationView {
        ExplanationView(
            rule: WordingView(explanation.rule, on: texts.language),
            sentence: explanation.sentence.map { WordingView($0, on: texts.language) },
            version: texts.history.version(texts.number(Int64(explanation.version))),
            facts: explanation.facts.map { fact in
                FactView(
                    label: WordingView(fact.label, on: texts.language),
                    value: texts.words(for: fact.value, today: today),
                    need: fact.need.map { texts.history.needed(texts.words(for: $0, today: today)) },
                    holds: fact.holds == true, fails: fact.holds == false)
            },
            hasFacts: !explanation.facts.isEmpty)
    }
}

extension Texts {
    /// Between two sentences: Japanese has no space there.
    var sentenceGap: String { language == .ja ? "" : " " }

    func sentence(for told: Told) -> String {
        switch told {
        case .freeze(let length): history.toldFreeze(number(length))
        case .streak(let length, let longest): history.toldStreak(number(length), number(longest))
        case .tierUp(let tier): history.toldTierUp(tier.text)
        case .tierWillEnd(let tier, let needed): history.toldTierWillEnd(tier.text, amount(needed))
        case .tierDown(let tier, let needed): history.toldTierDown(tier.text, amount(needed))
        case .review(let news): sentence(for: news)
        case .tickets(let count): raffles.toldTickets(count, number(count))
        case .raffleWon: raffles.toldWon
        case .raffleOffered: raffles.toldOffered
        case .friendClaimed: friends.toldClaimed
        case .friendEnded: friends.toldEnded
        case .ambassador: friends.toldAmbassador
        case .ambassadorInvited: fair.toldInvited
        case .letter(let name): letters.toldOf(name)
        case .nudge(let words): words.text
        case .joined: joining.toldJoined
        case .left: joining.toldLeft
        case .goal(let target): joining.toldGoal(number(target))
        case .boardPrize(let rank): together.toldPrize(number(rank))
        case .boardFixed: together.toldFixed
        case .level(let level): joining.toldLevel(number(level))
        case .badgeGone(let badge): joining.toldBadgeGone(badge.text)
        case .reward(let news): sentence(for: news)
        }
    }

    func sentence(for news: RewardNews) -> String {
        switch news {
        case .inReach: rewardDesk.toldInReach
        case .back: rewardDesk.toldBack
        case .opened: rewardDesk.toldOpened
        case .seatOffered: rewardDesk.toldSeatOffered
        case .seatLapsed: rewardDesk.toldSeatLapsed
        case .parcel(let state): self.state(state)
        }
    }

    func sentence(for refusal: Refusal, today: LocalDay) -> String {
        switch refusal {
        case .limitReached(let period, let cap): history.limit(period, cap.map { amount($0) })
        case .cooldown(let until):
            until.map { history.cooldownUntil(moment($0, today: today)) } ?? history.cooldown
        case .budgetSpent: history.budgetSpent
        case .conditionNotMet: history.conditionNotMet
        case .outsideValidity: history.outsideValidity
        case .anotherRuleFirst: history.anotherRuleFirst
        case .membershipPaused: history.membershipPaused
        case .notAtThisLevel: history.notAtThisLevel
        }
    }

    func words(for value: Fact.Value, today: LocalDay) -> String {
        switch value {
        case .count(let count): number(count)
        case .share(let share): percent(share)
        case .seconds(let seconds): measured(seconds: seconds)
        case .text(let wording): wording.text
        case .list(let wordings): list(wordings.map(\.text))
        case .yesNo(let flag): flag ? common.yes : common.no
        case .day(let day): self.day(day, today: today)
        }
    }

    func words(for need: Fact.Need, today: LocalDay) -> String {
        switch need {
        case .atLeast(let value): history.atLeast(words(for: value, today: today))
        case .moreThan(let value): history.moreThan(words(for: value, today: today))
        case .atMost(let value): history.atMost(words(for: value, today: today))
        case .lessThan(let value): history.lessThan(words(for: value, today: today))
        case .equal(let value): history.equal(words(for: value, today: today))
        case .unequal(let value): history.unequal(words(for: value, today: today))
        case .oneOf(let wordings): history.oneOf(list(wordings.map(\.text)))
        }
    }
}
