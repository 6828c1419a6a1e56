import Access
import Foundation
import Runtime
import Testing

@testable import Site

struct TextsTests {
    static let sections: [(String, @Sendable (Texts) -> Any)] = [
        ("dates", { $0.dates }), ("common", { $0.common }), ("shell", { $0.shell }), ("member", { $0.member }),
        ("history", { $0.history }), ("card", { $0.card }), ("counter", { $0.counter }), ("reward", { $0.reward }),
        ("door", { $0.door }), ("signIn", { $0.signIn }), ("staffDoor", { $0.staffDoor }),
        ("failure", { $0.failure }), ("console", { $0.console }), ("hub", { $0.hub }),
        ("charts", { $0.charts }), ("parts", { $0.parts }), ("guide", { $0.guide }), ("look", { $0.look }),
        ("gifts", { $0.gifts }),
        ("backtests", { $0.backtests }), ("expressions", { $0.expressions }), ("editor", { $0.editor }),
        ("boards", { $0.boards }),
        ("integrations", { $0.integrations }),
        ("joining", { $0.joining }), ("start", { $0.start }), ("vitals", { $0.vitals }),
        ("reviews", { $0.reviews }), ("measures", { $0.measures }),
        ("raffles", { $0.raffles }), ("friends", { $0.friends }), ("together", { $0.together }),
        ("games", { $0.games }),
        ("letters", { $0.letters }), ("makers", { $0.makers }), ("subjects", { $0.subjects }),
        ("device", { $0.device }),
        ("recommendations", { $0.recommendations }), ("changes", { $0.changes }),
        ("proposals", { $0.proposals }), ("writers", { $0.writers }),
        ("pressure", { $0.pressure }), ("own", { $0.own }), ("profiling", { $0.profiling }),
        ("choosing", { $0.choosing }), ("styles", { $0.styles }),
        ("books", { $0.books }), ("jobs", { $0.jobs }), ("simulator", { $0.simulator }),
        ("figures", { $0.simulator.figures }),
        ("rewardDesk", { $0.rewardDesk }), ("memberDesk", { $0.memberDesk }),
        ("service", { $0.service }), ("approvals", { $0.approvals }),
        ("publisher", { $0.publisher }), ("widget", { $0.widget }),
        ("fair", { $0.fair }), ("admin", { $0.admin }),
        ("office", { $0.office }),
    ]

    /// Every text of a language: its name, and its words, or an example of them where it takes values.
    static func all(_ texts: Texts) -> [(name: String, words: String)] {
        let examples = examples(texts)
        return sections.flatMap { section, part in
            Mirror(reflecting: part(texts)).children.compactMap { child in
                let name = "\(section).\(child.label ?? "")"
                switch child.value {
                case let text as String: return (name, text)
                case let list as [String]: return (name, list.joined(separator: " "))
                case is SimulatorTexts.Figures: return nil
                default: return (name, examples[name] ?? "")
                }
            }
        }
    }

    /// The texts that take values, with values that can be recognised.
    private static func examples(_ texts: Texts) -> [String: String] {
        fixed(texts).merging(office(texts)) { $1 }
    }

    /// Apart: the compiler takes too long over one list of them all.
    private static func office(_ texts: Texts) -> [String: String] {
        let office = texts.office
        func all<Value: CaseIterable>(_ text: (Value) -> String) -> String { Value.allCases.map(text).joined() }
        return [
            "office.detailsBad": office.detailsBad("‹1›"), "office.purpose": office.purpose("‹1›"),
            "office.kind": all { (value: PrivacyRequest.Kind) in office.kind(value.rawValue) },
            "office.state": all { (value: PrivacyRequest.State) in office.state(value) },
            "office.due": office.due("‹1›"), "office.ended": office.ended("‹1›"),
            "office.textBad": office.textBad("‹1›"), "office.received": office.received("‹1›"),
            "office.identity": all { (value: PrivacyRequest.Identity) in office.identity(value) },
            "office.extended": all { (value: PrivacyRequest.Extension) in office.extended(value) },
            "office.refusal": all { (value: PrivacyRequest.Refusal) in office.refusal(value) },
            "office.problem": office.problem(.unchecked), "office.member": office.member("‹1›"),
            "office.recordsVersion": office.recordsVersion("‹1›"),
            "office.recordsDigest": office.recordsDigest("‹1›"),
            "office.recordsFewest": office.recordsFewest("‹1›"),
            "office.recordsPurpose": office.recordsPurpose("‹1›"),
            "office.breachCounted": office.breachCounted("‹1›"),
            "office.breachClock": office.breachClock("‹1›"), "office.domain": office.domain(.vault),
        ]
    }

    private static func fixed(_ texts: Texts) -> [String: String] {
        [
            "dates.full": texts.dates.full("‹1›", 4, "‹3›", 1999),
            "dates.short": texts.dates.short(3, "‹2›", 1999),
            "dates.moment": texts.dates.moment("‹1›", "‹2›"),
            "dates.duration": texts.dates.duration(3, 4),
            "dates.seconds": texts.dates.seconds(3, "‹3›"),
            "own.identifierOther": texts.own.identifierOther("‹1›"), "own.fieldOther": texts.own.fieldOther("‹1›"),
            "own.sessionBegun": texts.own.sessionBegun("‹1›"), "own.sessionUsed": texts.own.sessionUsed("‹1›"),
            "profiling.nowAll": texts.profiling.nowAll("‹1›"),
            "profiling.nowOne": texts.profiling.nowOne("‹1›", "‹2›"),
            "profiling.pausedUntil": texts.profiling.pausedUntil("‹1›"),
            "pressure.most": texts.pressure.most("‹1›", "‹2›"),
            "pressure.quiet": texts.pressure.quiet("‹1›", "‹2›"),
            "pressure.week": texts.pressure.week("‹1›"),
            "pressure.expiring": texts.pressure.expiring("‹1›", "‹2›", "‹3›"),
            "joining.level": texts.joining.level("‹1›"),
            "joining.nextLevel": texts.joining.nextLevel("‹1›"),
            "joining.toldGoal": texts.joining.toldGoal("‹1›"),
            "joining.toldLevel": texts.joining.toldLevel("‹1›"),
            "joining.toldBadgeGone": texts.joining.toldBadgeGone("‹1›"),
            "common.amount": texts.common.amount("‹1›", "‹2›"),
            "common.percent": texts.common.percent("‹1›"),
            "common.progress": texts.common.progress("‹1›", "‹2›"),
            "expressions.type": texts.expressions.type("‹1›"),
            "expressions.faults": texts.expressions.faults(2, "‹1›"),
            "expressions.warnings": texts.expressions.warnings(2, "‹1›"),
            "expressions.place": texts.expressions.place("‹1›", "‹2›"),
            "expressions.meant": texts.expressions.meant("‹1›"),
            "expressions.suggested": texts.expressions.suggested(2, "‹1›"),
            "expressions.found": texts.expressions.found("‹1›", "‹2›"),
            "expressions.depends": texts.expressions.depends("‹1›"),
            "expressions.atLeast": texts.expressions.atLeast("‹1›"),
            "expressions.looked": texts.expressions.looked("‹1›"),
            "backtests.progress": texts.backtests.progress("‹1›"),
            "backtests.members": texts.backtests.members("‹1›"),
            "backtests.kept": texts.backtests.kept("‹1›", "‹2›"),
            "backtests.moved": texts.backtests.moved("‹1›", "‹2›"),
            "backtests.owed": texts.backtests.owed("‹1›", "‹2›"),
            "backtests.money": texts.backtests.money("‹1›", "‹2›"),
            "backtests.move": texts.backtests.move("‹1›", "‹2›"),
            "backtests.gained": texts.backtests.gained("‹1›", "‹2›"),
            "member.greeting": texts.member.greeting("‹1›"),
            "member.becauseMaker": texts.member.becauseMaker("‹1›"),
            "member.becauseTopic": texts.member.becauseTopic("‹1›"),
            "member.becauseSeries": texts.member.becauseSeries("‹1›"),
            "member.popular": texts.member.popular(.video, "‹2›", 5),
            "member.recent": texts.member.recent(3),
            "member.chosenBy": texts.member.chosenBy("‹1›"),
            "member.besideRead": texts.member.besideRead("‹1›"),
            "member.sameTopic": texts.member.sameTopic("‹1›"),
            "member.personaTopic": texts.member.personaTopic("‹1›"),
            "member.privilegeWith": texts.member.privilegeWith("‹1›"),
            "member.privilegeSteps": texts.member.privilegeSteps(3, "‹2›", "‹3›"),
            "member.privilegeOpens": texts.member.privilegeOpens("‹1›"),
            "member.challengeUntil": texts.member.challengeUntil("‹1›"),
            "member.challengeReward": texts.member.challengeReward("‹1›"),
            "member.streakUnit": texts.member.streakUnit(.day, 3),
            "member.streakLongest": texts.member.streakLongest("‹1›"),
            "member.streakMilestone": texts.member.streakMilestone("‹1›"),
            "member.streakFreezes": texts.member.streakFreezes(3, "‹3›"),
            "member.streakActive": texts.member.streakActive(.week),
            "member.streakOpen": texts.member.streakOpen(.month),
            "member.streakState": texts.member.streakState(.frozen),
            "member.streakGoal": texts.member.streakGoal("‹1›", "‹2›"),
            "member.pauseRunning": texts.member.pauseRunning("‹1›", "‹2›"),
            "member.tierMissing": texts.member.tierMissing("‹1›", "‹2›"),
            "member.tierUntil": texts.member.tierUntil("‹1›"),
            "member.tierProjected": texts.member.tierProjected("‹1›"),
            "member.tierGives": texts.member.tierGives("‹1›"),
            "member.tierInvited": texts.member.tierInvited("‹1›"),
            "history.toldFreeze": texts.history.toldFreeze("‹1›"),
            "history.toldStreak": texts.history.toldStreak("‹1›", "‹2›"),
            "history.toldTierUp": texts.history.toldTierUp("‹1›"),
            "history.toldTierWillEnd": texts.history.toldTierWillEnd("‹1›", "‹2›"),
            "history.toldTierDown": texts.history.toldTierDown("‹1›", "‹2›"),
            "console.habitsFew": texts.console.habitsFew("‹1›"),
            "console.habitsSample": texts.console.habitsSample("‹1›"),
            "console.repaired": texts.console.repaired("‹1›"),
            "member.badgeEarned": texts.member.badgeEarned("‹1›"),
            "member.rewardFrom": texts.member.rewardFrom("‹1›"),
            "member.rewardShort": texts.member.rewardShort("‹1›"),
            "member.rewardLeft": texts.member.rewardLeft(3, "‹3›"),
            "member.balance": texts.member.balance("‹1›"),
            "member.balancePending": texts.member.balancePending("‹1›"),
            "member.balancePendingUntil": texts.member.balancePendingUntil("‹1›", "‹2›"),
            "member.balanceExpiring": texts.member.balanceExpiring("‹1›", "‹2›"),
            "member.level": texts.member.level("‹1›"),
            "member.toastEarned": texts.member.toastEarned("‹1›"),
            "member.toastSpent": texts.member.toastSpent("‹1›"),
            "member.toastBadge": texts.member.toastBadge("‹1›"),
            "member.toastProgress": texts.member.toastProgress("‹1›", "‹2›"),
            "history.pendingUntil": texts.history.pendingUntil("‹1›"),
            "history.expiringSoon": texts.history.expiringSoon("‹1›", "‹2›"),
            "history.activated": texts.history.activated("‹1›"),
            "history.badge": texts.history.badge("‹1›"),
            "history.version": texts.history.version("‹1›"),
            "history.needed": texts.history.needed("‹1›"),
            "history.atLeast": texts.history.atLeast("‹1›"),
            "history.moreThan": texts.history.moreThan("‹1›"),
            "history.atMost": texts.history.atMost("‹1›"),
            "history.lessThan": texts.history.lessThan("‹1›"),
            "history.equal": texts.history.equal("‹1›"),
            "history.unequal": texts.history.unequal("‹1›"),
            "history.oneOf": texts.history.oneOf("‹1›"),
            "history.limit": texts.history.limit(.week, "‹2›"),
            "history.cooldownUntil": texts.history.cooldownUntil("‹1›"),
            "reward.confirm": texts.reward.confirm("‹1›"),
            "reward.donated": texts.reward.donated("‹1›"),
            "door.mailSubject": texts.door.mailSubject("‹1›"), "door.mailText": texts.door.mailText("‹1›"),
            "door.mailJoinText": texts.door.mailJoinText("‹1›"),
            "door.mailUnknownSubject": texts.door.mailUnknownSubject("‹1›"),
            "door.mailUnknownText": texts.door.mailUnknownText("‹1›"),
            "signIn.welcome": texts.signIn.welcome("‹1›"),
            "staffDoor.unlinked": texts.staffDoor.unlinked("‹1›"),
            "staffDoor.providerFailed": texts.staffDoor.providerFailed("‹1›"),
            "staffDoor.with": texts.staffDoor.with("‹1›"),
            "staffDoor.passwordSince": texts.staffDoor.passwordSince("‹1›"),
            "staffDoor.newPasswordHint": texts.staffDoor.newPasswordHint("‹1›"),
            "staffDoor.codesLeft": texts.staffDoor.codesLeft(3, "‹2›"),
            "staffDoor.linked": texts.staffDoor.linked("‹1›"),
            "staffDoor.problem": texts.staffDoor.problem(.passwordCommon),
            "staffDoor.identityHeading": texts.staffDoor.identityHeading("‹1›"),
            "console.asOf": texts.console.asOf("‹1›"),
            "console.chartSummary": texts.console.chartSummary("‹1›", "‹2›", "‹3›"),
            "console.quarantineTotal": texts.console.quarantineTotal(3, "‹3›"),
            "console.replayLabel": texts.console.replayLabel("‹1›"),
            "console.stubsTotal": texts.console.stubsTotal(3, "‹3›"),
            "reviews.waits": texts.reviews.waits("‹1›"), "reviews.total": texts.reviews.total(3, "‹3›"),
            "reviews.until": texts.reviews.until("‹1›"), "reviews.decided": texts.reviews.decided(3, "‹3›"),
            "reviews.caseLabel": texts.reviews.caseLabel("‹1›", "‹2›"),
            "measures.ownUntil": texts.measures.ownUntil("‹1›"), "measures.few": texts.measures.few("‹1›"),
            "vitals.between": texts.vitals.between("‹1›", "‹2›"),
            "vitals.needsDays": texts.vitals.needsDays("‹1›", "‹2›"),
            "vitals.needsMembers": texts.vitals.needsMembers("‹1›"),
            "vitals.compared": texts.vitals.compared("‹1›", "‹2›", "‹3›", "‹4›"),
            "vitals.sample": texts.vitals.sample("‹1›"),
            "measures.change": texts.measures.change("‹1›"),
            "measures.interval": texts.measures.interval("‹1›", "‹2›"),
            "boards.under": texts.boards.under("‹1›"), "boards.standing": texts.boards.standing("‹1›", "‹2›"),
            "friends.friends": texts.friends.friends(3, "‹3›"), "friends.waiting": texts.friends.waiting(3, "‹3›"),
            "friends.standing": texts.friends.standing("‹1›"), "friends.next": texts.friends.next("‹1›", "‹2›"),
            "friends.counts": texts.friends.counts("‹1›", "‹2›"),
            "together.onBoard": texts.together.onBoard("‹1›", "‹2›"),
            "together.giveText": texts.together.giveText(3, "‹3›"),
            "together.members": texts.together.members(3, "‹3›"),
            "together.reached": texts.together.reached("‹1›", "‹2›"),
            "together.quarters": texts.together.quarters("‹1›"), "together.own": texts.together.own("‹1›"),
            "together.partOf": texts.together.partOf("‹1›", "‹2›"), "together.until": texts.together.until("‹1›"),
            "together.open": texts.together.open("‹1›"), "together.waitsFor": texts.together.waitsFor("‹1›"),
            "together.waiting": texts.together.waiting("‹1›"), "together.days": texts.together.days("‹1›", "‹2›"),
            "together.everybody": texts.together.everybody(3, "‹3›"),
            "together.cohort": texts.together.cohort("‹1›", "‹2›"), "together.few": texts.together.few("‹1›"),
            "together.given": texts.together.given(3, "‹3›"),
            "together.stillOpen": texts.together.stillOpen(3, "‹3›"), "together.worth": texts.together.worth("‹1›"),
            "together.ofTeams": texts.together.ofTeams("‹1›"),
            "together.toldPrize": texts.together.toldPrize("‹1›"),
            "fair.waitsAmount": texts.fair.waitsAmount("‹1›"), "fair.waitsUntil": texts.fair.waitsUntil("‹1›"),
            "fair.deviceMembers": texts.fair.deviceMembers(3, "‹3›"), "fair.others": texts.fair.others(3, "‹3›"),
            "fair.ambassadorIntro": texts.fair.ambassadorIntro("‹1›"), "fair.since": texts.fair.since("‹1›"),
            "fair.invitation": texts.fair.invitation("‹1›"),
            "fair.ambassadorFriends": texts.fair.ambassadorFriends(3, "‹3›"),
            "raffles.days": texts.raffles.days("‹1›", "‹2›"), "raffles.mine": texts.raffles.mine("‹1›", "‹2›"),
            "raffles.buy": texts.raffles.buy("‹1›"), "raffles.take": texts.raffles.take("‹1›"),
            "raffles.takeUntil": texts.raffles.takeUntil("‹1›"), "raffles.won": texts.raffles.won("‹1›"),
            "raffles.stage": texts.raffles.stage(.open), "raffles.entries": texts.raffles.entries(3, "‹3›"),
            "raffles.toldTickets": texts.raffles.toldTickets(3, "‹3›"),
            "raffles.drawConfirm": texts.raffles.drawConfirm("‹1›"),
            "raffles.taken": texts.raffles.taken("‹1›", "‹2›"),
            "games.questions": texts.games.questions(3, "‹3›"), "games.time": texts.games.time("‹1›"),
            "games.questionTime": texts.games.questionTime("‹1›"), "games.pass": texts.games.pass("‹1›"),
            "games.usedUntil": texts.games.usedUntil("‹1›"), "games.place": texts.games.place("‹1›", "‹2›"),
            "games.score": texts.games.score("‹1›", "‹2›"), "games.opens": texts.games.opens("‹1›"),
            "games.closes": texts.games.closes("‹1›"), "games.yours": texts.games.yours("‹1›"),
            "games.outcome": texts.games.outcome("‹1›"), "games.predictions": texts.games.predictions(3, "‹3›"),
            "letters.from": texts.letters.from("‹1›", "‹2›"), "letters.toldOf": texts.letters.toldOf("‹1›"),
            "subjects.minimum": texts.subjects.minimum("‹1›"),
            "recommendations.trained": texts.recommendations.trained("‹1›"),
            "recommendations.training": texts.recommendations.training("‹1›"),
            "recommendations.items": texts.recommendations.items("‹1›"),
            "recommendations.known": texts.recommendations.known("‹1›"),
            "recommendations.cold": texts.recommendations.cold("‹1›"),
            "recommendations.readers": texts.recommendations.readers("‹1›"),
            "recommendations.until": texts.recommendations.until("‹1›"),
            "recommendations.bounds": texts.recommendations.bounds("‹1›", "‹2›"),
            "makers.followers": texts.makers.followers("‹1›"), "changes.from": texts.changes.from("‹1›"),
            "changes.since": texts.changes.since("‹1›"), "proposals.until": texts.proposals.until("‹1›"),
            "proposals.chosen": texts.proposals.chosen("‹1›"),
            "proposals.counts": texts.proposals.counts("‹1›", "‹2›"), "writers.reader": texts.writers.reader("‹1›"),
            "writers.tally": texts.writers.tally("‹1›"), "writers.hearts": texts.writers.hearts("‹1›"),
            "writers.thanks": texts.writers.thanks("‹1›"), "writers.inVersion": texts.writers.inVersion("‹1›"),
            "gifts.terms": texts.gifts.terms("‹1›", "‹2›"), "gifts.codeText": texts.gifts.codeText("‹1›"),
            "gifts.accepted": texts.gifts.accepted("‹1›"), "gifts.until": texts.gifts.until("‹1›"),
            "gifts.members": texts.gifts.members(3, "‹3›"), "gifts.given": texts.gifts.given("‹1›"),
            "books.chart": texts.books.chart("‹1›"), "jobs.problem": texts.jobs.problem("‹1›"),
            "jobs.progress": texts.jobs.progress("‹1›"),
            "simulator.progress": texts.simulator.progress("‹1›"),
            "simulator.about": texts.simulator.about("‹1›", "‹2›"),
            "simulator.cancel": texts.simulator.cancel("‹1›", "‹2›"),
            "simulator.holdOut": texts.simulator.holdOut("‹1›", "‹2›"),
            "simulator.chart": texts.simulator.chart("‹1›"),
            "styles.activity": PlayStyle.allCases.map { texts.styles.activity($0) }.joined(),
            "choosing.intro": texts.choosing.intro("‹1›", "‹2›"),
            "choosing.rate": texts.choosing.rate("‹1›", "‹2›", "‹3›"),
            "choosing.always": texts.choosing.always("‹1›"),
            "rewardDesk.stockTooFew": texts.rewardDesk.stockTooFew("‹1›"),
            "rewardDesk.codesDone": texts.rewardDesk.codesDone("‹1›", "‹2›", "‹3›"),
            "rewardDesk.codesTooMany": texts.rewardDesk.codesTooMany("‹1›"),
            "rewardDesk.codesBad": texts.rewardDesk.codesBad("‹1›"),
            "rewardDesk.ticketState": TicketFinding.State.allCases.map { texts.rewardDesk.ticketState($0) }.joined(),
            "memberDesk.heading": texts.memberDesk.heading("‹1›"), "memberDesk.since": texts.memberDesk.since("‹1›"),
            "memberDesk.amountBad": texts.memberDesk.amountBad("‹1›"),
            "memberDesk.tooFew": texts.memberDesk.tooFew("‹1›"),
            "memberDesk.silent": ConsoleMember.Entry.Silent.allCases.map { texts.memberDesk.silent($0) }.joined(),
            "service.newAnswers": texts.service.newAnswers(3, "‹3›"),
            "service.noSubject": texts.service.noSubject("‹1›"),
            "service.state": HelpState.allCases.map { texts.service.state($0) }.joined(),
            "service.textBad": texts.service.textBad("‹1›"), "service.subjectBad": texts.service.subjectBad("‹1›"),
            "service.figures": texts.service.figures("‹1›"), "service.answered": texts.service.answered(30, "‹3›"),
            "service.median": texts.service.median("‹1›"), "service.ninety": texts.service.ninety("‹1›"),
            "service.waitingHour": texts.service.waitingHour("‹1›"),
            "service.waitingDay": texts.service.waitingDay("‹1›"),
            "service.waitingThree": texts.service.waitingThree("‹1›"),
            "service.waitingLonger": texts.service.waitingLonger("‹1›"), "service.days": texts.service.days(3, "‹3›"),
            "service.waitsFor": texts.service.waitsFor("‹1›"), "approvals.intro": texts.approvals.intro("‹1›"),
            "approvals.asked": texts.approvals.asked("‹1›", "‹2›"), "approvals.until": texts.approvals.until("‹1›"),
            "approvals.tooFew": texts.approvals.tooFew("‹1›"),
            "approvals.state": CorrectionRequest.State.allCases.map { texts.approvals.state($0) }.joined(),
            "admin.chainIntact": texts.admin.chainIntact("‹1›"), "admin.chainBroken": texts.admin.chainBroken("‹1›"),
            "admin.chainUnchecked": texts.admin.chainUnchecked("‹1›"), "admin.sinceDay": texts.admin.sinceDay("‹1›"),
            "admin.endedOn": texts.admin.endedOn("‹1›"), "admin.linkText": texts.admin.linkText("‹1›"),
            "admin.sessionsOpen": texts.admin.sessionsOpen(3, "‹3›"),
            "admin.keyState": KeyDesk.State.allCases.map { texts.admin.keyState($0) }.joined(),
            "admin.scopeMeans": Scope.allCases.map { texts.admin.scopeMeans($0) }.joined(),
            "admin.roleName": Role.allCases.map { texts.admin.roleName($0) }.joined(),
            "admin.roleMeans": Role.allCases.map { texts.admin.roleMeans($0) }.joined(),
            "integrations.waitingMore": texts.integrations.waitingMore("‹1›"),
            "integrations.taken": texts.integrations.taken("‹1›", "‹2›"),
            "integrations.failing": texts.integrations.failing("‹1›"),
            "integrations.nextTry": texts.integrations.nextTry("‹1›"),
            "integrations.aside": texts.integrations.aside(3, "‹3›"),
            "integrations.milliseconds": texts.integrations.milliseconds("‹1›"),
            "integrations.bytes": texts.integrations.bytes("‹1›"),
            "integrations.sent": texts.integrations.sent("‹1›", "‹2›"),
            "integrations.formerUntil": texts.integrations.formerUntil("‹1›"),
            "integrations.resultName": [HookResult.answered(503), .noConnection, .timeout, .tls, .refused].map {
                texts.integrations.resultName($0)
            }.joined(),
            "charts.interval": texts.charts.interval("‹1›", "‹2›"),
            "start.statePilot": texts.start.statePilot("‹1›"), "start.progress": texts.start.progress("‹1›", "‹2›"),
            "start.kindName": Samples.kinds.map { texts.start.kindName($0) }.joined(),
            "start.kindText": Samples.kinds.map { texts.start.kindText($0) }.joined(),
            "start.brings": texts.start.brings(StarterCounts()), "start.week": texts.start.week("‹1›", "‹2›"),
            "start.choose": texts.start.choose("‹1›"), "start.refused": texts.start.refused("‹1›"),
            "start.sampleGives": texts.start.sampleGives("‹1›"), "start.heardLooks": texts.start.heardLooks("‹1›"),
            "start.launched": texts.start.launched("‹1›"),
            "start.fault": StartDesk.Refusal.Fault.allCases.map { texts.start.fault($0) }.joined(),
            "look.line": texts.look.line("‹1›"), "look.ratio": texts.look.ratio("‹1›"),
            "parts.rows": texts.parts.rows("‹1›", "‹2›", "‹3›"),
            "publisher.by": texts.publisher.by("‹1›"),
            "publisher.played": texts.publisher.played("‹1›"),
            "widget.earns": texts.widget.earns("‹1›"),
            "widget.balance": texts.widget.balance("‹1›"),
            "widget.trace": texts.widget.trace(.video),
        ].merging(Samples.editorWords(texts)) { $1 }
    }

    @Test(arguments: Language.allCases)
    func `every text has words and says every value it is given`(language: Language) {
        for text in Self.all(.of(language)) {
            #expect(!text.words.isEmpty, "\(text.name) is empty, or has no example here")
        }
        // What is given appears: a sentence that drops a name or a number is wrong in any language.
        for (name, words) in Self.examples(.of(language)) {
            let given = Self.examples(.of(.en))[name, default: ""].matches(of: /‹\d›/).map { String($0.0) }
            for value in given {
                #expect(words.contains(value), "\(name) leaves out \(value): \(words)")
            }
        }
    }

    @Test
    func `languages differ, so that none was forgotten`() {
        // Same word in both languages, and right.
        let same: Set<String> = [
            "profiling.nowOne", "recommendations.item", "choosing.rate",
            "raffles.stage", "integrations.milliseconds",
            "common.video", "common.episode", "common.levelPersona", "shell.console", "dates.grouping", "dates.join",
            "history.equal", "console.type", "console.streamLive", "member.toastEarned", "member.toastSpent",
            "common.amount",
            "common.percent", "dates.short", "dates.full", "dates.moment", "console.item",
            "counter.camera", "vitals.between",
            "backtests.move", "together.partOf", "together.open", "together.cohort", "together.ofTeams",
        ]
        let (dutch, english) = (Self.all(.nl), Self.all(.en))
        for (nl, en) in zip(dutch, english) where !same.contains(nl.name) {
            #expect(nl.words != en.words, "\(nl.name) is the same in Dutch and English")
        }
        for ja in Self.all(.ja)
        where !same.contains(ja.name) && !ja.name.hasPrefix("dates.") && ja.name != "common.progress" {
            let isJapanese = ja.words.unicodeScalars.contains { (0x3040...0x9FFF).contains($0.value) }
            #expect(isJapanese, "\(ja.name) is not Japanese: \(ja.words)")
        }
    }

    @Test
    func `every text is used, by a template or a page`() throws {
        let sources = try Self.sources()
        for text in Self.all(.en) {
            let (section, name) = (text.name.split(separator: ".")[0], text.name.split(separator: ".")[1])
            // `texts.section.name`, `section.name` within an extension of Texts, `words.name` after `let words = …`,
            // or `{{t.section.name}}`.
            let isUsed = sources.contains { source in
                source.contains("\(section).\(name)")
                    || (source.contains("texts.\(section)\n") && source.contains("words.\(name)"))
            }
            #expect(isUsed, "nothing uses \(text.name)")
        }
    }

    @Test
    func `templates ask only for texts that exist`() throws {
        let names = Set(Self.all(.en).map { "t.\($0.name)" })
        for (template, text) in Renderer.embedded {
            for key in TemplateKeys.all(in: text) where key.hasPrefix("t.") {
                #expect(names.contains(key), "\(template) asks for \(key)")
            }
        }
    }

    /// All Swift files of the target but the texts themselves, and all templates.
    private static func sources() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Site")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var sources = Array(Renderer.embedded.values)
        for case let file as URL in files where file.pathExtension == "swift" {
            let name = file.lastPathComponent
            if name == "Texts.swift" || Language.allCases.contains(where: { name == "Texts+\($0.rawValue).swift" }) {
                continue
            }
            sources.append(try String(contentsOf: file, encoding: .utf8))
        }
        #expect(sources.count > 30)
        return sources
    }
}

/// The names between braces in a template.
enum TemplateKeys {
    static func all(in template: String) -> Set<String> {
        var keys: Set<String> = []
        for part in template.split(separator: "{{", omittingEmptySubsequences: true).dropFirst(
            template.hasPrefix("{{") ? 0 : 1)
        {
            guard let end = part.firstRange(of: "}}") else { continue }
            var key = String(part[..<end.lowerBound])
            guard let first = key.first, !"<>$!%=/".contains(first) else { continue }
            if "#^".contains(first) { key.removeFirst() }
            keys.insert(key)
        }
        return keys
    }
}
