import Primitives

/// Turns planned events into what a sender would send.
struct EventWriter {
    private let population: Population
    private let items: [(id: JSONValue, topics: JSONValue, series: JSONValue?)]
    private let channels: [JSONValue]

    init(_ population: Population) {
        self.population = population
        items = population.house.items.map { item in
            (.string(item.id), .array(item.topics.map { .string($0.id) }), item.series.map(JSONValue.string))
        }
        channels = Channel.allCases.map { .string($0.name) }
    }

    func event(_ planned: PlannedEvent) -> SimulatedEvent {
        let member = population.member(Int(planned.member))
        let channel = Channel(rawValue: Int(planned.channel)) ?? .web
        let isIdentification = planned.kind == .memberIdentified
        let device = planned.isAnonymous || isIdentification ? member.deviceKey : nil
        return SimulatedEvent(
            id: PersonKeys.text(planned.id, digits: 13), source: channel.source, type: planned.kind.type,
            time: Instant(milliseconds: planned.time), arrival: Instant(milliseconds: planned.arrival),
            person: planned.isAnonymous ? member.deviceKey : member.key, device: device,
            fields: fields(planned, member))
    }

    private func fields(_ planned: PlannedEvent, _ member: SimulatedMember) -> JSONObject {
        let channel = channels[Int(planned.channel)]
        let item = planned.item >= 0 ? items[Int(planned.item)] : (id: .null, topics: .null, series: nil)
        let amount = JSONValue.integer(Int64(planned.amount))
        switch planned.kind {
        case .articleRead, .videoWatched:
            return [
                "item": item.id, "share": .double(Double(planned.share) / 100), "seconds": amount,
                "topics": item.topics,
                "channel": channel,
            ]
        case .episodeFinished:
            return [
                "item": item.id, "series": item.series ?? .null, "seconds": amount, "topics": item.topics,
                "channel": channel,
            ]
        case .newsletterOpened: return ["item": item.id, "topics": item.topics, "channel": channel]
        case .commentPosted: return ["item": item.id, "words": amount, "topics": item.topics, "channel": channel]
        case .eventAttended:
            return ["item": item.id, "topics": item.topics, "place": "Kadehuis", "channel": channel]
        case .purchaseMade:
            return ["amount_cents": amount, "currency": "EUR", "place": "Kadehuis", "channel": channel]
        case .subscriptionStarted:
            return [
                "plan": .string(member.plan.name), "months": .integer(Int64(member.plan.months)),
                "amount_cents": .integer(Int64(member.plan.priceCents)),
            ]
        case .subscriptionRenewed:
            return [
                "plan": .string(member.plan.name), "months": .integer(Int64(member.plan.months)),
                "amount_cents": .integer(Int64(member.plan.priceCents)), "renewal": amount,
            ]
        case .subscriptionCancelled: return ["plan": .string(member.plan.name), "renewal": amount]
        case .memberIdentified:
            return [
                "name": .string(member.name), "email": .string(member.email), "language": .string(member.language),
                "zone": .string(member.zone.name),
            ]
        }
    }
}

extension PlannedEvent.Kind {
    var type: String {
        switch self {
        case .articleRead: "article.read"
        case .videoWatched: "video.watched"
        case .episodeFinished: "episode.finished"
        case .newsletterOpened: "newsletter.opened"
        case .commentPosted: "comment.posted"
        case .eventAttended: "event.attended"
        case .purchaseMade: "purchase.made"
        case .subscriptionStarted: "subscription.started"
        case .subscriptionRenewed: "subscription.renewed"
        case .subscriptionCancelled: "subscription.cancelled"
        case .memberIdentified: "member.identified"
        }
    }
}
