/// A streak with its ring, its last periods and what there is to choose.
struct StreakView: Sendable, Equatable {
    struct Dot: Sendable, Equatable {
        var state: String
        var label: String
    }

    struct Choice: Sendable, Equatable {
        var value: String
        var selected: Bool
    }

    var title: WordingView
    var summary: WordingView?
    /// Such as `12`, with `days` below it.
    var length: String
    var unit: String
    var ring: Int
    var complete: Bool
    var longest: String
    var milestone: String?
    var freezes: String?
    var state: String
    var dots: [Dot]
    var goal: String?
    var goalAction: String?
    var choices: [Choice]
    var csrf: String

    init(_ streak: StreakProgress, today: LocalDay, texts: Texts, csrf: String) {
        let words = texts.member
        title = WordingView(streak.title, on: texts.language)
        summary = streak.summary.map { WordingView($0, on: texts.language) }
        length = texts.number(streak.length)
        unit = words.streakUnit(streak.every, streak.length)
        let target = streak.milestone ?? max(streak.longest, 1)
        ring = Ring.percent(of: streak.length, in: max(1, target))
        complete = streak.active
        longest = words.streakLongest(texts.number(streak.longest))
        milestone = streak.milestone.map { words.streakMilestone(texts.number($0)) }
        freezes = streak.freezes.map { words.streakFreezes(Int64($0), texts.number(Int64($0))) }
        state = streak.active ? words.streakActive(streak.every) : words.streakOpen(streak.every)
        dots = streak.recent.map { period in
            Dot(
                state: period.state.rawValue,
                label: texts.date(period.firstDay, today: today) + ": " + words.streakState(period.state))
        }
        goal = streak.goal.map { words.streakGoal(texts.number(Int64($0.done)), texts.number(Int64($0.wanted))) }
        choices = (streak.goal?.choice.map { Array($0) } ?? []).map { days in
            Choice(value: String(days), selected: days == streak.goal?.next)
        }
        goalAction = choices.isEmpty ? nil : WebLink(path: ["m", "streaks", streak.id, "goal"]).address
        self.csrf = csrf
    }
}

/// The tier with the way to the next one.
struct TierView: Sendable, Equatable {
    struct Invitation: Sendable, Equatable {
        var text: String
        var accept: String
        var decline: String
        var csrf: String
    }

    var title: WordingView?
    var missing: String?
    var ring: Int
    var progress: String
    var until: String?
    var projected: String?
    var gives: String?
    var invitations: [Invitation]

    init(_ tier: TierProgress, today: LocalDay, texts: Texts, csrf: String) {
        let words = texts.member
        title = tier.title.map { WordingView($0, on: texts.language) }
        ring = Ring.percent(of: tier.share)
        progress = texts.common.percent(texts.number(Int64(ring)))
        missing = tier.missing.flatMap { missing in
            tier.next.map { words.tierMissing(texts.amount(missing), $0.text) }
        }
        until = tier.lastDay.map { words.tierUntil(texts.date($0, today: today)) }
        projected = tier.projected.map { words.tierProjected($0.text) }
        gives = tier.gives.isEmpty ? nil : words.tierGives(texts.list(tier.gives.map(\.text)))
        invitations = tier.invitations.map { invitation in
            Invitation(
                text: words.tierInvited(invitation.title.text)
                    + (invitation.until.map { texts.sentenceGap + words.tierUntil(texts.date($0, today: today)) } ?? ""),
                accept: WebLink(path: ["m", "tiers", invitation.tier, "accept"]).address,
                decline: WebLink(path: ["m", "tiers", invitation.tier, "decline"]).address, csrf: csrf)
        }
    }
}

/// The form that lays streaks aside.
struct PauseView: Sendable, Equatable {
    /// The pause that goes on or lies ahead, in words.
    var running: String?
    var first: String
    var last: String
    var csrf: String

    init(_ pause: StreakPause?, today: LocalDay, texts: Texts, csrf: String) {
        running = pause.map {
            texts.member.pauseRunning(texts.date($0.from, today: today), texts.date($0.to, today: today))
        }
        first = today.iso
        last = LocalDay(daysSinceEpoch: today.daysSinceEpoch + 6).iso
        self.csrf = csrf
    }
}
