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

    static func compared(_ language: Language) -> SimulatorResult {
        var result = simulation(language)
        result.isCompared = true
        result.isDerived = true
        result.units[0].candidate = [
            .init(day: today, outstanding: 3_000), .init(day: today, outstanding: 14_000),
        ]
        result.differences = [
            .init(.issued, Wording("ink", language), running: 12_000, candidate: 15_000),
            .init(.times, Wording("long-read", language), running: 0, candidate: 40),
            .init(.completed, Wording("Five <stories>", language), running: 88, candidate: 88),
            .init(.visits, nil, running: 40.5, candidate: 39.8),
        ]
        return result
    }

    static func simulatorDesk(_ language: Language, _ state: SimulatorState? = nil) -> SimulatorDesk {
        SimulatorDesk(
            today: today, state: state ?? .done(simulation(language)),
            entries: [.init(id: "0e", day: today, members: 400, days: 30, isCompared: true)])
    }
}
