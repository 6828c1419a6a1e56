/// The member's teams: what they reach together, who shows their part, joining and leaving.
struct TeamPage: Page {
    static let template = "team"

    struct ChallengeView: Sendable, Equatable {
        var title: WordingView
        var reached: String
        /// Why it is told in quarters.
        var why: String?
        /// 0 to 100.
        var share: Int
        var own: String
        var until: String?
        var others: [String]
        var hasOthers: Bool
    }

    struct Team: Sendable, Equatable {
        var name: WordingView
        var members: String
        var challenges: [ChallengeView]
        var shows: Bool
        var mayLeave: Bool
        var mayInvite: Bool
        var action: String
    }

    struct Kind: Sendable, Equatable {
        var id: String
        var open: String
        var waits: String?
    }

    var shell: Shell
    var csrf: String
    var key: String
    var teams: [Team]
    var kinds: [Kind]
    var hasKinds: Bool
    var isEmpty: Bool
    var code: String?
    var note: String?
    var isGood: Bool

    init(
        _ desk: TeamDesk, shell: Shell, texts: Texts, csrf: String, key: String, outcome: TeamOutcome? = nil
    ) {
        self.shell = shell
        self.csrf = csrf
        self.key = key
        let words = texts.together
        teams = desk.teams.map { team in
            Team(
                name: WordingView(team.name, on: texts.language),
                members: words.members(team.members, texts.number(team.members)),
                challenges: team.challenges.map { Self.view($0, today: desk.today, texts: texts) },
                shows: team.shows, mayLeave: team.mayLeave, mayInvite: team.mayInvite,
                action: WebLink(path: ["m", "team", team.id]).address)
        }
        kinds = desk.kinds.map { kind in
            Kind(
                id: kind.id, open: words.open(kind.name.text),
                waits: kind.challenges.isEmpty ? nil : words.waitsFor(texts.list(kind.challenges.map(\.text))))
        }
        hasKinds = !kinds.isEmpty
        isEmpty = teams.isEmpty && kinds.isEmpty
        isGood = true
        switch outcome {
        case .code(let code): self.code = code
        case .done: note = words.done
        case .refused: (note, isGood) = (words.teamRefused, false)
        case .unknown: (note, isGood) = (words.teamUnknown, false)
        case nil: break
        }
    }

    private static func view(_ challenge: TeamDesk.Challenge, today: LocalDay, texts: Texts) -> ChallengeView {
        let words = texts.together
        let share =
            challenge.reached.map { Double($0) / Double(max(1, challenge.target)) }
            ?? Double(challenge.quarters) / 4
        return ChallengeView(
            title: WordingView(challenge.title, on: texts.language),
            reached: challenge.reached.map { words.reached(texts.number($0), texts.number(challenge.target)) }
                ?? words.quarters(texts.number(Int64(challenge.quarters))),
            why: challenge.reached == nil ? words.quartersWhy : nil, share: Int(min(1, max(0, share)) * 100),
            own: words.own(texts.number(challenge.own)),
            until: challenge.until.map { words.until(texts.date($0, today: today)) },
            others: challenge.others.map { words.partOf($0.name, texts.number($0.added)) },
            hasOthers: !challenge.others.isEmpty)
    }
}
