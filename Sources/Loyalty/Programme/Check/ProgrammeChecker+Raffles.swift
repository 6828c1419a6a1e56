internal import CEL

/// Raffles held against the rest of the programme.
extension ProgrammeChecker {
    mutating func check(_ raffle: Raffle) {
        let name = "raffle:\(raffle.id)"
        if let price = raffle.price {
            let place = "\(name).tickets.price"
            if resolve("unit", price.unit, among: programme.units.map(\.id), at: "\(place).unit"),
                units[price.unit]?.kind == .status
            {
                report(
                    "'\(price.unit)' is a status: it cannot be spent.", at: "\(place).unit",
                    fix: "Name a unit of kind 'points'.")
            }
            warn(
                "Lotteries for which something is paid can be regulated, points included.", at: place,
                fix: raffle.free > 0
                    ? "Ask a lawyer of your country; that a ticket is free as well may help."
                    : "Ask a lawyer of your country, and consider a free ticket for everybody ('free: 1').")
        }
        if let condition = raffle.condition {
            check(
                condition, .bool, in: RuleEnvironment.memberEnvironment(in: programme, zones: zones), at: "\(name).when"
            )
        }
        for prize in raffle.prizes {
            for (index, effect) in prize.effects.enumerated() {
                let place = "\(name).prizes.\(prize.id).gives.\(index)"
                check(effect, at: place)
                if case .award(let amount, _) = effect, Int64(amount) == nil {
                    report(
                        "What a prize gives is a number: there is no event to compute it from.",
                        at: "\(place).award.amount", fix: "Write a whole number.")
                }
            }
        }
        if raffle.prizes.reduce(raffle.reserves, { $0 + $1.count }) > Raffle.maximumPlaces {
            report("One draw has at most \(Raffle.maximumPlaces) places, reserves included.", at: "\(name).prizes")
        }
        if raffle.take != nil, raffle.reserves == 0 {
            warn(
                "A prize that is not taken in time goes to nobody.", at: "\(name).take", fix: "Add 'reserves: …'.")
        }
        let isGiven = ticketEffects.contains { if case .tickets(raffle.id, _) = $0 { true } else { false } }
        if raffle.free == 0, raffle.price == nil, !isGiven {
            warn("Nothing gives a ticket: nobody can take part.", at: "\(name).tickets")
        }
    }

    private var ticketEffects: [Effect] {
        programme.rules.flatMap(\.effects) + programme.challenges.flatMap(\.allRewards)
            + programme.streaks.flatMap { $0.milestones.flatMap(\.effects) } + (programme.levels?.reward ?? [])
    }
}
