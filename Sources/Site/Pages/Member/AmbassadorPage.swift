/// The page of a member who brings others: thanks first, then what comes with it and their own link.
struct AmbassadorPage: Page {
    static let template = "ambassador"

    struct Standing: Sendable, Equatable {
        var text: String
        var since: String?
    }

    struct Invitation: Sendable, Equatable {
        var text: String
        var id: String
        var gives: [String]
        var hasGifts: Bool
        var csrf: String
    }

    var shell: Shell
    var standing: Standing?
    var gives: [String]
    var hasGifts: Bool
    var invitations: [Invitation]
    var isNothing: Bool
    var link: String
    var code: String
    /// The link as a QR drawing, with the white edge that scanners need.
    var path: String
    var box: String
    var friends: String
    var next: String?
    var note: String?
    var isGood: Bool

    init(
        _ desk: AmbassadorDesk, shell: Shell, texts: Texts, csrf: String, outcome: RafflesPage.Outcome? = nil
    ) {
        self.shell = shell
        let words = texts.fair
        standing = desk.standing.map { name in
            Standing(
                text: words.ambassadorIntro(name.text),
                since: desk.since.map { words.since(texts.date($0, today: desk.today)) })
        }
        gives = desk.gives.map { texts.gift($0) }
        hasGifts = !gives.isEmpty
        invitations = desk.invitations.map { invitation in
            Invitation(
                text: words.invitation(invitation.name.text), id: invitation.id,
                gives: invitation.gives.map { texts.gift($0) }, hasGifts: !invitation.gives.isEmpty, csrf: csrf)
        }
        isNothing = standing == nil && invitations.isEmpty
        let friends = desk.friends
        let code = QRCode(friends.link)
        link = friends.link
        self.code = friends.code
        path = code?.path ?? ""
        box = "-4 -4 \((code?.size ?? 0) + 8) \((code?.size ?? 0) + 8)"
        self.friends = texts.friends.friends(friends.friends, texts.number(friends.friends))
        next = friends.next.map { texts.friends.next(texts.number(friends.missing), $0.text) }
        note = outcome.map { $0 == .done ? texts.friends.done : texts.friends.refused }
        isGood = outcome != .refused
    }
}

extension Texts {
    func gift(_ gift: AmbassadorDesk.Gift) -> String {
        switch gift {
        case .amount(let amount): self.amount(amount)
        case .named(let name): name.text
        case .access: fair.givesAccess
        }
    }
}
