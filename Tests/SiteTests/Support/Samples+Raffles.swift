@testable import Site

extension Samples {
    static func raffles(_ language: Language) -> RaffleDesk {
        let unit = PointUnit(one: Wording("ink", language), other: Wording("ink", language))
        let hash = String(repeating: "5e", count: 32)
        return RaffleDesk(
            today: today,
            raffles: [
                .init(
                    id: "premiere", title: Wording("A seat at the premiere", language),
                    summary: Wording("For who reads us.", language), stage: .open, from: today, until: today,
                    prizes: [.init(name: Wording("Two seats", language), count: 2)], tickets: 1, most: 5, freeLeft: 1,
                    price: Amount(20, unit), lines: [String(repeating: "0a", count: 16)],
                    proof: .init(
                        commitment: hash, announced: Wording("The draw of the state lottery", language),
                        document: "/v1/public/post/raffles/premiere")),
                .init(
                    id: "spring", title: Wording("Spring", language), stage: .drawn, from: today, until: today,
                    prizes: [.init(name: Wording("A book", language), count: 1)], tickets: 2, most: 2,
                    won: [Wording("A book", language)],
                    toTake: .init(prize: Wording("A book", language), until: today),
                    proof: .init(
                        commitment: hash, root: hash, seed: hash, beacon: "12 19 33", entries: 40,
                        document: "/v1/public/post/raffles/spring")),
            ])
    }

    static func consoleRaffles(_ language: Language) -> ConsoleRaffles {
        ConsoleRaffles(
            today: today,
            raffles: [
                .init(id: "ended", title: Wording("Ended", language), stage: .ended, until: today),
                .init(
                    id: "closed", title: Wording("Closed", language), stage: .closed, until: today, entries: 12,
                    announced: Wording("The draw of the state lottery", language)),
                .init(
                    id: "drawn", title: Wording("Drawn", language), stage: .drawn, until: today, entries: 40, taken: 1,
                    waiting: 2),
            ], mayDraw: true)
    }
}
