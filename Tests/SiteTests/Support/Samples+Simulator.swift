@testable import Site

extension Samples {
    static func simulation(_ language: Language) -> SimulatorResult {
        let unit = PointUnit(one: Wording("ink", language), other: Wording("ink", language))
        return SimulatorResult(
            order: SimulatorOrder(members: 400, days: 30, seed: 7), reached: 310, neverReached: 42, subscribers: 190,
            cancelWith: 21, cancelWithout: 25, interval: -0.052...0.104,
            units: [
                .init(
                    unit: unit, issued: 12_000, redeemed: 1_400, expired: 300,
                    weeks: [.init(day: today, outstanding: 4_000), .init(day: today, outstanding: 10_300)])
            ], challenges: [.init(name: Wording("Five <stories>", language), members: 88)],
            tiers: [.init(name: Wording("Gold", language), members: 3)], silent: ["long-read"])
    }
}
