@testable import Site

extension Samples {
    static func boards(_ language: Language) -> BoardDesk {
        let mine = BoardDesk.Place(rank: 12, score: 40, name: "Calm Heron 42", isMe: true)
        let best = BoardDesk.Place(rank: 1, score: 1_200, name: "Swift Otter 17", isMe: false)
        var desk = BoardDesk(boards: [
            .init(
                id: "curious", title: Wording("Most curious", language), summary: Wording("For fun.", language),
                name: "Calm Heron 42", score: 40, rank: 12, showsRanks: true, around: [mine], top: [best]),
            .init(id: "readers", title: Wording("Readers", language)),
        ])
        desk.boards[0].friends = [mine]
        desk.boards[0].finished = [best, mine]
        return desk
    }

    static func gifts(_ language: Language) -> GiftDesk {
        let unit = PointUnit(one: Wording("ink", language), other: Wording("ink", language))
        return GiftDesk(
            today: today, offers: [.init(id: "ink", unit: unit, spendable: 120, minimum: 10, fee: 1)],
            waiting: [.init(id: "g/1", amount: Amount(21, unit), until: today)],
            wallets: [
                .init(
                    id: "w/1", name: Wording("Household", language), members: 3, balances: [Amount(400, unit)],
                    given: [Amount(120, unit)], units: ["ink"], shows: true, mayLeave: true)
            ], kinds: [.init(id: "household", name: Wording("Household", language))])
    }

    static func books(_ language: Language) -> [UnitBooks] {
        let unit = PointUnit(one: Wording("ink", language), other: Wording("ink", language))
        return [
            UnitBooks(
                unit: unit, outstanding: 900, expectedBreakage: 40, deferred: "8.60 EUR",
                months: [
                    .init(
                        month: "2026-10", opening: 0, issued: 1_000, redeemed: 0, expired: 0, other: -50, closing: 950),
                    .init(
                        month: "2026-11", opening: 950, issued: 100, redeemed: -120, expired: -30, other: 0,
                        closing: 900),
                ])
        ]
    }

    static let jobs = JobList(
        jobs: [
            ConsoleJob(
                id: "j/1", order: "grant ink", condition: "member.tier == 'gold'", state: .running, share: 0.25,
                changed: 10),
            ConsoleJob(id: "j2", order: "expire ink", state: .failed, share: 0, refused: 3),
        ], units: ["ink"])
}

extension Samples {
    static let reviews = ReviewQueue(
        today: today, total: 3,
        cases: [
            ReviewQueue.Case(
                member: "0197f5c8-0000-7000-8000-000000000001", check: "many-reads", why: Wording("Veel stukken.", .nl),
                day: today, held: [], badges: 1, until: today)
        ], mayDecide: true)
}

extension Samples {
    static let measures: [MeasureTable] = {
        var table = MeasureTable(
            title: Wording("Duurzame ritten", .nl), minimum: 10,
            rows: [
                MeasureTable.Row(
                    title: .all,
                    figures: MeasureTable.Row.Figures(
                        members: 120, baseline: 0.4, since: 0.52, change: 0.12, low: 0.08, high: 0.16)),
                MeasureTable.Row(title: .treated, figures: nil), MeasureTable.Row(title: .heldOut, figures: nil),
                MeasureTable.Row(title: .group("Magazijn"), figures: nil),
            ])
        table.effect = (0.1, -0.01, 0.21)
        return [table]
    }()
}
