/// Referrals in the console: how many there are, and the ambassadors.
struct ConsoleFriendsPage: Page {
    static let template = "console-friends"

    struct Row: Sendable, Equatable {
        var member: String
        var standing: WordingView
        var since: String
        var friends: String
    }

    struct Standing: Sendable, Equatable {
        var id: String
        var name: String
    }

    var shell: Shell
    var counts: String
    var rows: [Row]
    var hasRows: Bool
    var standings: [Standing]
    var mayInvite: Bool
    var csrf: String
    var note: String?

    init(
        _ friends: ConsoleFriends, shell: Shell, texts: Texts, csrf: String, outcome: RafflesPage.Outcome? = nil
    ) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.friends
        counts = words.counts(texts.number(friends.open), texts.number(friends.rewarded))
        rows = friends.ambassadors.map { one in
            Row(
                member: String(one.member.prefix(8)), standing: WordingView(one.standing, on: texts.language),
                since: texts.fair.since(texts.date(one.since, today: friends.today)),
                friends: texts.fair.ambassadorFriends(one.friends, texts.number(one.friends)))
        }
        hasRows = !rows.isEmpty
        standings = friends.standings.map { Standing(id: $0.id, name: $0.name.text) }
        mayInvite = !standings.isEmpty
        note = outcome.map { $0 == .done ? words.done : words.refused }
    }
}
