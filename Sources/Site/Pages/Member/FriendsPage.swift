/// The member's link for bringing others, and what came of it.
struct FriendsPage: Page {
    static let template = "friends"

    var shell: Shell
    var desk: Desk?
    var note: String?
    var isGood: Bool

    struct Desk: Sendable, Equatable {
        var why: WordingView?
        var link: String
        var code: String
        /// The link as a QR drawing.
        var path: String
        /// With the white edge that scanners need.
        var box: String
        var friends: String
        var waiting: String?
        var standing: String?
        var next: String?
        var mayClaim: Bool
        /// The way to the page of ambassadors, for those who are or may be one.
        var ambassador: String?
        var csrf: String
    }

    init(
        _ desk: FriendDesk?, shell: Shell, texts: Texts, csrf: String, outcome: RafflesPage.Outcome? = nil
    ) {
        self.shell = shell
        let words = texts.friends
        self.desk = desk.map { desk in
            let code = QRCode(desk.link)
            return Desk(
                why: desk.why.map { WordingView($0, on: texts.language) }, link: desk.link, code: desk.code,
                path: code?.path ?? "", box: "-4 -4 \((code?.size ?? 0) + 8) \((code?.size ?? 0) + 8)",
                friends: words.friends(desk.friends, texts.number(desk.friends)),
                waiting: desk.waiting == 0 ? nil : words.waiting(desk.waiting, texts.number(desk.waiting)),
                standing: desk.standing.map { words.standing($0.text) },
                next: desk.next.map { words.next(texts.number(desk.missing), $0.text) }, mayClaim: desk.mayClaim,
                ambassador: desk.standing == nil && !desk.isInvited
                    ? nil : desk.isInvited ? texts.fair.toldInvited : texts.fair.toPage,
                csrf: csrf)
        }
        note = outcome.map { $0 == .done ? words.done : words.refused }
        isGood = outcome != .refused
    }
}
