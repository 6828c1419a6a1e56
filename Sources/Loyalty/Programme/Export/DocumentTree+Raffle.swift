/// How raffles are written.
extension DocumentTree {
    static func raffle(_ raffle: Raffle, _ languages: [Language]) -> DocumentTree {
        let price = raffle.price.map {
            DocumentTree.mapping(("amount", .raw(String($0.amount))), ("unit", .text($0.unit)))
        }
        let prizes = raffle.prizes.map { prize in
            Entry(
                key: prize.id,
                value: .mapping(
                    ("name", localized(prize.name, languages)),
                    ("count", prize.count == 1 ? nil : .raw(String(prize.count))),
                    ("gives", .list(prize.effects.map { effect($0) }))))
        }
        return .mapping(
            ("raffle", .text(raffle.id)), ("name", localized(raffle.name, languages)),
            ("from", .raw(day(raffle.days.first))), ("until", .raw(day(raffle.days.last))),
            ("grace", raffle.grace.map { .raw($0.documentText) }),
            (
                "tickets",
                .mapping(
                    ("free", raffle.free == 0 ? nil : .raw(String(raffle.free))), ("price", price),
                    ("most", .raw(String(raffle.most))))
            ), ("when", raffle.condition.map { .text($0) }), ("prizes", .things(prizes)),
            ("several", raffle.several ? .raw("true") : nil),
            ("reserves", raffle.reserves == 0 ? nil : .raw(String(raffle.reserves))),
            ("take", raffle.take.map { .raw(DurationSpan.days(Int($0)).documentText) }),
            ("beacon", raffle.beacon.flatMap { localized($0, languages) }), ("why", localized(raffle.why, languages)))
    }
}
