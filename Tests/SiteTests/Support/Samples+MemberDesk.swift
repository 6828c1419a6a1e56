import Primitives
import Site

extension Samples {
    static func consoleMember(_ language: Language, level: PrivacyLevel = .session) -> ConsoleMember {
        let today = memberToday(language)
        let history = history(language, level: level)
        var member = ConsoleMember(
            today: Samples.today, id: Samples.member.description, level: level,
            joined: LocalDay(daysSinceEpoch: Samples.today.daysSinceEpoch - 400), isPaused: true, mayAdjust: true)
        member.holdings = [
            ConsoleMember.Holding(
                id: "ink", name: ink(language).other, spendable: 1_245, pending: 30, held: 400,
                expiring: Balance.Expiring(amount: 60, day: Samples.today)),
            ConsoleMember.Holding(id: "stars", name: Wording("Stars <b>", .en), spendable: 2),
        ]
        member.tier = today.tier
        member.challenges = today.challenges
        member.streaks = today.streaks
        member.redemptions = [
            ConsoleMember.Redemption(
                title: reward(language).title, price: Amount(400, ink(language)), until: Samples.today)
        ]
        member.reviews = [
            ConsoleMember.Review(
                check: "many-reads", day: Samples.today, held: [Amount(15, ink(language))], until: Samples.today),
            ConsoleMember.Review(check: "shared-device", day: Samples.today, held: [], until: Samples.today),
        ]
        member.entries =
            history.lines.map { ConsoleMember.Entry(.line($0), fields: [("effect", $0.id), ("kind", "award")]) }
            + [
                ConsoleMember.Entry(
                    .line(
                        HistoryLine(
                            id: "staff-1", when: LocalMoment(Samples.today), effect: .earned(Amount(5, ink(language))),
                            reason: Wording("staff", ""))),
                    isByStaff: true, fields: [("kind", "adjustment")]),
                ConsoleMember.Entry(
                    .silent(.heldOut, when: LocalMoment(Samples.today), reason: Wording("curious-reader", "")),
                    note: "Paid twice <at the desk>", fields: [("kind", "held-out"), ("proof", #"{"text":"a < b"}"#)]),
            ]
        member.older = "cursor/2+"
        return member
    }
}
