import Assignment
import Loyalty
import Primitives
import Simulation

extension ForecastLife {
    private var lastDay: Int { firstDay + settings.days - 1 }
    private var holdOut: HoldOut { HoldOut(name: "forecast/" + programme.id.name, share: settings.holdOut) }

    /// What the days lived so far come to.
    var report: ForecastReport {
        mutating get {
            let declared = programme.programme
            let (churn, responses) = effects()
            return ForecastReport(
                programme: programme.id, settings: settings, behaviour: population.behaviour.id,
                isDerived: population.behaviour.isDerived, hasTies: population.behaviour.subscription != nil,
                events: tally.events, undeclared: tally.undeclared,
                refused: tally.refused, participants: participants.count,
                reached: participants.values.count { $0.isReached }, units: declared.units.map { unit(_: $0) },
                rules: declared.rules.map { rule($0.id) },
                challenges: declared.challenges.map { challenge in
                    let count = tally.completed[challenge.id]
                    return ForecastReport.ChallengeRow(
                        challenge: challenge.id, started: tally.started[challenge.id]?.count ?? 0,
                        completed: count?.members.count ?? 0, times: count?.times ?? 0)
                }, tiers: tiers(), badges: declared.badges.map { ($0.id, tally.badges[$0.id]?.count ?? 0) },
                rewards: declared.rewards.map { reward($0) }, churn: churn, responses: responses)
        }
    }

    private func unit(_ unit: Loyalty.Unit) -> ForecastReport.UnitRow {
        ForecastReport.UnitRow(
            unit: unit.id, movements: tally.movements[unit.id] ?? .init(), value: unit.value,
            weeks: tally.outstanding.map { ($0.day, $0.units[unit.id] ?? 0) })
    }

    private func rule(_ id: String) -> ForecastReport.RuleRow {
        let source = tally.sources[id]
        return ForecastReport.RuleRow(
            rule: id, times: source?.times ?? 0, members: source?.members.count ?? 0, refused: source?.refused ?? 0,
            points: source?.points ?? [:], heldOut: tally.heldOut[id]?.count ?? 0)
    }

    private func reward(_ reward: Reward) -> ForecastReport.RewardRow {
        let count = tally.redeemed[reward.id]
        return ForecastReport.RewardRow(
            reward: reward.id, times: count?.times ?? 0, members: count?.members.count ?? 0,
            allowed: tally.allowed[reward.id] ?? 0, affordable: tally.affordable[reward.id] ?? 0,
            left: reward.slots == nil ? reward.stock.map { $0 - (count?.times ?? 0) * reward.quantity.lowerBound } : nil
        )
    }

    private mutating func tiers() -> [(tier: String, members: Int)] {
        guard let ladder = programme.programme.tiers else { return [] }
        var counts: [String: Int] = [:]
        for participant in participants.values {
            let tier = participant.state.tier(in: programme, today: lastDay(participant.state))
            counts[tier, default: 0] += 1
        }
        return ladder.tiers.map { ($0.id, counts[$0.id] ?? 0) }
    }

    // MARK: What it causes

    private func effects() -> (ForecastReport.ChurnRow, [ForecastReport.ResponseRow]) {
        var churn = ForecastReport.ChurnRow(
            subscribers: 0, cancelWith: 0, cancelWithout: 0, visitsWith: 0, visitsWithout: 0,
            experiment: ChurnExperiment(treated: 0, treatedCancel: 0, heldOut: 0, heldOutCancel: 0))
        var responses: [String: ForecastReport.ResponseRow] = [:]
        let people = population.treated(.since(felt))
        for index in 0..<people.size {
            let member = people.member(index)
            var row =
                responses[member.response.id]
                ?? ForecastReport.ResponseRow(
                    response: member.response.id, members: 0, felt: 0, subscribers: 0, cancelWith: 0, cancelWithout: 0
                )
            row.members += 1
            row.felt += felt[index] == nil ? 0 : 1
            let visits = people.expectedVisits(member, on: firstDay..<lastDay + 1)
            churn.visitsWith += visits.withRewards / Double(settings.days)
            churn.visitsWithout += visits.without / Double(settings.days)
            if let cancels = people.cancellation(member, through: lastDay) {
                let (with, without) = (cancels.withRewards == nil ? 0 : 1, cancels.without == nil ? 0 : 1)
                row.subscribers += 1
                row.cancelWith += with
                row.cancelWithout += without
                if holdOut.contains(member.unit) {
                    churn.experiment.heldOut += 1
                    churn.experiment.heldOutCancel += without
                } else {
                    churn.experiment.treated += 1
                    churn.experiment.treatedCancel += with
                }
            }
            responses[member.response.id] = row
        }
        let rows = population.behaviour.responses.compactMap { responses[$0.id] }
        churn.subscribers = rows.reduce(0) { $0 + $1.subscribers }
        churn.cancelWith = rows.reduce(0) { $0 + $1.cancelWith }
        churn.cancelWithout = rows.reduce(0) { $0 + $1.cancelWithout }
        return (churn, rows)
    }

    /// What is true of the population, and of each member, what their programme did to them.
    func tell(_ line: (JSONValue) throws -> Void) throws {
        func date(_ day: Int?) -> JSONValue {
            day.map { .string(CivilDate(daysSinceEpoch: $0).description) } ?? .null
        }
        try line(population.truth)
        let people = population.treated(.since(felt))
        for index in 0..<people.size {
            let member = people.member(index)
            let cancels = people.cancellation(member, through: lastDay)
            let visits = people.expectedVisits(member, on: firstDay..<lastDay + 1)
            var document = people.truth(of: member).document
            document["programme"] = [
                "feels_from": date(felt[index]), "held_out": .bool(holdOut.contains(member.unit)),
                "cancels": ["with": date(cancels?.withRewards), "without": date(cancels?.without)],
                "visits": ["with": .double(visits.withRewards), "without": .double(visits.without)],
            ]
            try line(document)
        }
    }
}
