public import Loyalty
public import Primitives

extension RedemptionDryRun {
    /// As API and command line answer it.
    public var json: JSONValue {
        let unit = simulation.choice.unit ?? simulation.reward.unit
        var json: JSONValue = [
            "member": .string(member.description), "reward": .string(simulation.reward.id),
            "version": .integer(programme.version), "allowed": .bool(simulation.obstacles.isEmpty),
            "quantity": .integer(simulation.choice.quantity), "unit": .string(unit),
            "tier": .string(simulation.tier),
        ]
        json["slot"] = simulation.choice.slot.isEmpty ? .null : .string(simulation.choice.slot)
        json["prices"] = .array(
            simulation.prices.map { price in
                [
                    "unit": .string(price.unit), "each": .integer(price.each), "amount": .integer(price.amount),
                    "spendable": .integer(price.spendable), "missing": .integer(price.missing),
                ]
            })
        json["stock"] = [
            "left": Self.number(simulation.left), "offered": .integer(simulation.offered),
            "left_after": Self.number(simulation.leftAfter), "takes_code": .bool(simulation.takesCode),
        ]
        json["hold"] =
            simulation.hold.map { hold in
                [
                    "unit": .string(hold.unit), "amount": .integer(hold.amount),
                    "expires_at": .string(RFC3339.format(hold.expiresAt)),
                ]
            } ?? .null
        json["obstacles"] = .array(simulation.obstacles.map { obstacle($0) })
        json["calendar"] = .array(simulation.calendar.map { Self.effect($0) })
        json["effects"] = .array(simulation.effects.map { Self.effect($0) })
        json["confirmed"] = .array(simulation.confirmed.map { Self.effect($0) })
        return json
    }

    /// Why not, in the words of a language.
    public func sentence(_ obstacle: RedemptionSimulation.Obstacle, _ language: Language) -> String {
        ObstacleWording(language, programme: programme, calendar: calendar).sentence(obstacle)
    }

    private func obstacle(_ obstacle: RedemptionSimulation.Obstacle) -> JSONValue {
        var json: JSONValue = ["code": .string(obstacle.code), "facts": .object(obstacle.facts)]
        if !obstacle.proof.isEmpty {
            json["when"] = simulation.reward.condition.map { .string($0) }
            json["failing"] = obstacle.failing.map { .string($0) }
            json["proof"] = (try? JSONValue(parsing: obstacle.proof)) ?? .null
        }
        json["sentences"] = .object(
            JSONObject(Language.allCases.map { ($0.rawValue, .string(sentence(obstacle, $0))) }))
        return json
    }

    private static func number(_ value: Int64?) -> JSONValue { value.map { .integer($0) } ?? .null }

    private static func effect(_ effect: AppliedEffect) -> JSONValue {
        var json: JSONValue = [
            "id": .string(effect.id.description), "kind": .string(effect.kind.rawValue),
            "source": .string(effect.source), "subject": .string(effect.subject), "amount": .integer(effect.amount),
        ]
        if effect.wanted != effect.amount { json["wanted"] = .integer(effect.wanted) }
        return json
    }
}
