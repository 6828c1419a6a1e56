import Loyalty
import Primitives

/// Turns planned events into what a sender would send.
struct EventWriter {
    private let population: Population
    private let items: [(id: JSONValue, topics: JSONValue, series: JSONValue?)]
    private let channels: [(name: JSONValue, source: String)]
    private let maker: FieldMaker

    init(_ population: Population) {
        self.population = population
        let behaviour = population.behaviour
        items = population.facts.items.map { item in
            (.string(item.id), .array(item.topics.map { .string($0) }), item.series.map { .string($0) })
        }
        channels = behaviour.channels.map { (.string($0.id), behaviour.source + "/" + $0.id) }
        maker = FieldMaker(behaviour: behaviour)
    }

    /// - Returns: `nil` for what no event says, such as the renewal of a plan without an event type.
    func event(_ planned: PlannedEvent) -> SimulatedEvent? {
        guard let type = type(of: planned) else { return nil }
        let member = population.member(Int(planned.member))
        let isIdentification = planned.event == PlannedEvent.Special.identified
        let device = planned.isAnonymous || isIdentification ? member.deviceKey : nil
        return SimulatedEvent(
            id: PersonKeys.text(planned.id, digits: 13), source: channels[Int(planned.channel)].source, type: type,
            time: Instant(milliseconds: planned.time), arrival: Instant(milliseconds: planned.arrival),
            person: planned.isAnonymous ? member.deviceKey : member.key, device: device,
            fields: fields(planned, member))
    }

    private func type(of planned: PlannedEvent) -> String? {
        let behaviour = population.behaviour
        switch planned.event {
        case PlannedEvent.Special.started: return behaviour.subscription?.started
        case PlannedEvent.Special.renewed: return behaviour.subscription?.renewed
        case PlannedEvent.Special.cancelled: return behaviour.subscription?.cancelled
        case PlannedEvent.Special.identified: return "member.identified"
        default: return behaviour.events[Int(planned.event)].id
        }
    }

    private func fields(_ planned: PlannedEvent, _ member: SimulatedMember) -> JSONObject {
        let plan = JSONValue.string(member.plan?.id ?? "")
        let months = JSONValue.integer(Int64(member.plan?.months ?? 0))
        let price = JSONValue.integer(Int64(member.plan?.priceCents ?? 0))
        let amount = JSONValue.integer(Int64(planned.amount))
        switch planned.event {
        case PlannedEvent.Special.started: return ["plan": plan, "months": months, "amount_cents": price]
        case PlannedEvent.Special.renewed:
            return ["plan": plan, "months": months, "amount_cents": price, "renewal": amount]
        case PlannedEvent.Special.cancelled: return ["plan": plan, "renewal": amount]
        case PlannedEvent.Special.identified:
            return [
                "name": .string(member.name), "email": .string(member.email), "language": .string(member.language),
                "zone": .string(member.zone.name),
            ]
        default: break
        }
        var fields = JSONObject()
        if planned.item >= 0 {
            let item = items[Int(planned.item)]
            fields["item"] = item.id
            fields["topics"] = item.topics
            if let series = item.series { fields["series"] = series }
        }
        maker.fields(of: planned, into: &fields)
        fields["channel"] = channels[Int(planned.channel)].name
        return fields
    }
}
