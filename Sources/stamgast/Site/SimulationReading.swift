import Loyalty
import Primitives
import Site

/// Reads the stored result of a simulation for the console.
struct SimulationReading: ResultReading {
    let view: SiteView

    func result(_ json: JSONValue) -> SimulatorResult {
        let report = json["this"] ?? json
        let other = json["against"]
        let effect = report["effect"] ?? .null
        var result = SimulatorResult(
            order: SimulatorOrder(
                members: Int(clamping: integer(report["members"])), days: Int(clamping: integer(report["days"])),
                seed: report["seed"]?.stringValue.flatMap { Int64($0) } ?? 0),
            reached: integer(report["people"]?["reached"]), neverReached: integer(report["people"]?["never_reached"]),
            subscribers: integer(effect["subscribers"]), cancelWith: integer(effect["cancel"]?["with"]),
            cancelWithout: integer(effect["cancel"]?["without"]), interval: interval(effect["hold_out"]),
            units: array(report["units"]).filter { isPoints($0) }.map { unit($0, other) },
            challenges: array(report["challenges"]).map { row in
                .init(name: name("challenge", text(row["challenge"])), members: integer(row["completed"]))
            },
            tiers: array(report["tiers"]).map { row in
                .init(name: name("tier", text(row["tier"])), members: integer(row["members"]))
            },
            rewards: array(report["rewards"]).map { row in
                .init(name: name("reward", text(row["reward"])), members: integer(row["members"]))
            }, silent: array(report["never"]?["rules"]).compactMap(\.stringValue))
        result.isDerived = report["simulation"]?["derived"]?.boolValue ?? false
        result.hasTies = result.subscribers > 0
        result.isCompared = other != nil
        result.differences = array(json["differences"]).compactMap { difference($0) }
        return result
    }

    private func interval(_ json: JSONValue?) -> ClosedRange<Double>? {
        guard let low = json?["low"]?.doubleValue, let high = json?["high"]?.doubleValue, low <= high else {
            return nil
        }
        return low...high
    }

    private func isPoints(_ row: JSONValue) -> Bool {
        programme.units.first { $0.id == text(row["unit"]) }?.kind != .status
    }

    private func unit(_ row: JSONValue, _ other: JSONValue?) -> SimulatorResult.Unit {
        func weeks(_ row: JSONValue?) -> [SimulatorResult.Week] {
            array(row?["over_time"]).compactMap { week in
                CivilDate(text(week["day"])).map { date in
                    .init(
                        day: LocalDay(daysSinceEpoch: date.daysSinceEpoch), outstanding: integer(week["outstanding"]))
                }
            }
        }
        let id = text(row["unit"])
        return SimulatorResult.Unit(
            unit: view.unit(id), issued: integer(row["issued"]) + integer(row["taken_back"]),
            redeemed: -integer(row["redeemed"]), expired: -integer(row["expired"]), weeks: weeks(row),
            candidate: weeks(array(other?["units"]).first { text($0["unit"]) == id }))
    }

    /// `unit.ink.issued`, as the comparison names it.
    private func difference(_ row: JSONValue) -> SimulatorResult.Difference? {
        let parts = text(row["name"]).split(separator: ".").map(String.init)
        let figures: [String: SimulatorResult.Difference.Figure] = [
            "people.reached": .reached, "people.never_reached": .neverReached, "unit.issued": .issued,
            "unit.redeemed": .redeemed, "unit.expired": .expired, "unit.outstanding": .outstanding,
            "rule.times": .times, "challenge.completed": .completed, "tier.members": .members,
            "reward.times": .taken, "effect.cancel": .cancel, "effect.visits_a_day": .visits,
        ]
        guard let kind = parts.first, let last = parts.last, parts.count == 2 || parts.count == 3,
            let figure = figures["\(kind).\(last)"]
        else { return nil }
        return SimulatorResult.Difference(
            figure, parts.count == 3 ? name(kind, parts[1]) : nil, running: row["one"]?.doubleValue ?? 0,
            candidate: row["other"]?.doubleValue ?? 0)
    }

    /// What was taken out of the programme since, or is in the candidate alone, has no name here.
    private func name(_ kind: String, _ id: String) -> Wording {
        let name: ProgrammeText? =
            switch kind {
            case "challenge": programme.challenges.first { $0.id == id }?.name
            case "tier": programme.tiers?.tiers.first { $0.id == id }?.name
            case "reward": programme.rewards.first { $0.id == id }?.name
            case "unit": programme.units.first { $0.id == id }?.name
            default: nil
            }
        return wording(name, id)
    }
}
