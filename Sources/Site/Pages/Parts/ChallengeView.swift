/// A challenge with its ring.
struct ChallengeView: Sendable, Equatable {
    var title: WordingView
    var summary: WordingView?
    var progress: String
    /// The filled part of a ring whose whole length is 100.
    var ring: Int
    var complete: Bool
    var until: String?
    var reward: String?
    var shape: String
    var parts: [PartView]
    var hasParts: Bool
    var joining: JoiningView?
    var goal: GoalView?

    /// What the member says about taking part.
    struct JoiningView: Sendable, Equatable {
        var state: String?
        var action: String?
        var label: String
        var csrf: String
    }

    /// The target that the member may choose.
    struct GoalView: Sendable, Equatable {
        var action: String
        var from: String
        var to: String
        var value: String
        var csrf: String
    }

    struct PartView: Sendable, Equatable {
        var title: WordingView
        var done: Bool
        var progress: String?
    }

    /// - Parameter csrf: the token of its forms; `nil` shows it without what there is to choose.
    init(_ challenge: ChallengeProgress, today: LocalDay, texts: Texts, csrf: String? = nil) {
        let done = min(max(challenge.done, 0), challenge.target)
        title = WordingView(challenge.title, on: texts.language)
        summary = challenge.summary.map { WordingView($0, on: texts.language) }
        progress = texts.common.progress(texts.number(done), texts.number(challenge.target))
        ring = Ring.percent(of: done, in: challenge.target)
        complete = done == challenge.target
        until = challenge.lastDay.map { day in
            let near = (0..<7).contains(day.daysSinceEpoch - today.daysSinceEpoch)
            return texts.member.challengeUntil(near ? texts.near(day, today: today) : texts.date(day, today: today))
        }
        reward = challenge.reward.map { texts.member.challengeReward(texts.amount($0)) }
        shape = challenge.shape.rawValue
        parts = challenge.parts.map { part in
            PartView(
                title: WordingView(part.title, on: texts.language), done: part.isDone,
                progress: part.progress.map { texts.common.progress(texts.number($0.done), texts.number($0.target)) })
        }
        hasParts = !parts.isEmpty
        guard let csrf else { return }
        func action(_ word: String) -> String { WebLink(path: ["m", "challenges", challenge.id, word]).address }
        let words = texts.joining
        switch challenge.joining {
        case nil: break
        case .locked: joining = JoiningView(state: words.locked, label: words.join, csrf: csrf)
        case .open: joining = JoiningView(action: action("join"), label: words.join, csrf: csrf)
        case .joined:
            joining = JoiningView(state: words.joined, action: action("leave"), label: words.leave, csrf: csrf)
        }
        goal = challenge.goal.map { range in
            GoalView(
                action: action("goal"), from: String(range.lowerBound), to: String(range.upperBound),
                value: String(challenge.target), csrf: csrf)
        }
    }
}

extension Texts {
    /// A day of the coming week: by name if it is today or tomorrow, with its weekday otherwise.
    func near(_ day: LocalDay, today: LocalDay) -> String {
        day.daysSinceEpoch - today.daysSinceEpoch <= 1 ? self.day(day, today: today) : weekday(day, today: today)
    }
}
