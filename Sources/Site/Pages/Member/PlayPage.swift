/// What there is to take part in: challenges, habits and badges, and the ways to what has a page of its own.
struct PlayPage: Page {
    static let template = "play"

    var shell: Shell
    var challenges: [ChallengeView]
    var hasChallenges: Bool
    var streaks: [StreakView]
    var hasStreaks: Bool
    var pause: PauseView?
    var badges: [BadgeView]
    var hasBadges: Bool
    var measures: [OwnMeasureView]
    var hasMeasures: Bool
    var links: [HubLink]
    var hasLinks: Bool
    var isEmpty: Bool

    init(_ data: MemberToday, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        challenges = data.challenges.ordered(for: data.playStyles).map {
            ChallengeView($0, today: data.today, texts: texts, csrf: csrf)
        }
        hasChallenges = !challenges.isEmpty
        streaks = data.streaks.map { StreakView($0, today: data.today, texts: texts, csrf: csrf) }
        hasStreaks = !streaks.isEmpty
        pause = hasStreaks ? PauseView(data.pause, today: data.today, texts: texts, csrf: csrf) : nil
        badges = data.badges.map { BadgeView($0, today: data.today, texts: texts) }
        hasBadges = !badges.isEmpty
        measures = data.measures.map { OwnMeasureView($0, today: data.today, texts: texts) }
        hasMeasures = !measures.isEmpty
        links = Self.links(data, texts)
        hasLinks = !links.isEmpty
        isEmpty = !hasChallenges && !hasStreaks && !hasBadges && !hasLinks && !hasMeasures
    }

    private static func links(_ data: MemberToday, _ texts: Texts) -> [HubLink] {
        var links: [HubLink] = []
        if data.takesProposals {
            links.append(HubLink(texts.proposals.title, texts.proposals.link, href: "/m/proposals"))
        }
        if data.hasBoards { links.append(HubLink(texts.boards.title, texts.boards.intro, href: "/m/boards")) }
        if data.hasTeams { links.append(HubLink(texts.together.teams, texts.together.teamsIntro, href: "/m/team")) }
        if data.hasBoards { links.append(HubLink(texts.together.circle, texts.together.circleHub, href: "/m/circle")) }
        if data.hasGames { links.append(HubLink(texts.games.title, texts.games.intro, href: "/m/games")) }
        return links
    }
}
