/// The member's own corner: the card for the counter, where they stand, and what is kept.
struct MePage: Page {
    static let template = "me"

    var shell: Shell
    var greeting: String
    var step: StepView?
    var tier: TierView?
    var balances: [BalanceView]
    var level: LevelView
    var links: [HubLink]
    var pressure: PressureView?
    var csrf: String

    init(_ data: MemberToday, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        greeting = data.name ?? texts.hub.me
        step = data.step.map { StepView($0, texts: texts) }
        tier = data.tier.map { TierView($0, today: data.today, texts: texts, csrf: csrf) }
        balances = data.balances.map { BalanceView($0, today: data.today, texts: texts) }
        level = LevelView(data.level, texts: texts)
        links = Self.links(data, texts)
        pressure = data.pressure.map { PressureView($0, texts: texts) }
        self.csrf = csrf
    }

    private static func links(_ data: MemberToday, _ texts: Texts) -> [HubLink] {
        let words = texts.hub
        var links = [
            HubLink(texts.card.title, words.cardText, href: "/m/card"),
            HubLink(texts.reward.ticketsTitle, words.ticketsText, href: "/m/tickets"),
            HubLink(texts.history.title, words.historyText, href: "/m/history"),
        ]
        links.append(
            HubLink(
                texts.service.help,
                data.newAnswers > 0
                    ? texts.service.newAnswers(data.newAnswers, texts.number(data.newAnswers)) : texts.service.helpLink,
                href: "/m/me/help"))
        if data.hasMakers { links.append(HubLink(texts.makers.title, texts.makers.link, href: "/m/makers")) }
        links.append(HubLink(texts.subjects.title, texts.subjects.link, href: "/m/me/subjects"))
        links.append(HubLink(texts.styles.title, texts.styles.link, href: "/m/me/style"))
        links.append(HubLink(texts.changes.title, texts.changes.link, href: "/m/changes"))
        if data.maySendGifts { links.append(HubLink(texts.gifts.title, texts.gifts.link, href: "/m/gifts")) }
        if data.mayBringFriends { links.append(HubLink(texts.friends.title, texts.friends.hub, href: "/m/friends")) }
        links.append(HubLink(texts.device.yearTitle, texts.device.yearHub, href: "/m/me/year"))
        links.append(HubLink(texts.own.title, texts.own.link, href: "/m/me/privacy"))
        links.append(HubLink(texts.office.dataTitle, texts.office.dataLink, href: "/m/me/data"))
        links.append(HubLink(texts.own.sessionsTitle, texts.own.sessionsLink, href: "/m/me/sessions"))
        return links
    }
}
