internal import Primitives

/// How the behaviour of simulated people is written.
extension DocumentTree {
    static func behaviour(_ behaviour: Behaviour) -> DocumentTree {
        .mapping(
            ("simulation", .text(behaviour.id)), ("house", behaviour.house.map { .raw($0.rawValue) }),
            (
                "places",
                .list(
                    behaviour.places.map { place in
                        .mapping(
                            ("language", .raw(place.language.rawValue)), ("zone", .text(place.zone.name)),
                            ("share", .raw(number(place.share))))
                    })
            ),
            (
                "joining",
                behaviour.joining == Behaviour.Joining()
                    ? nil
                    : .mapping(
                        ("new", .raw(number(behaviour.joining.new))),
                        ("within", .raw(String(behaviour.joining.newDays))),
                        ("mean", .raw(number(behaviour.joining.meanDays))))
            ),
            (
                "visits",
                behaviour.visits == Behaviour.Visits()
                    ? nil
                    : .mapping(
                        ("spread", .raw(number(behaviour.visits.spread))),
                        ("weekend", .raw(number(behaviour.visits.weekend))))
            ), ("personal", behaviour.personal == 0.25 ? nil : .raw(number(behaviour.personal))),
            ("rhythms", named(behaviour.rhythms, \.id) { .list($0.hours.map { .raw(number($0)) }) }),
            ("groups", named(behaviour.groups, \.id) { group($0, behaviour.subjects) }),
            ("channels", named(behaviour.channels, \.id) { channel($0) }),
            ("events", named(behaviour.events, \.id) { simulatedEvent($0) }),
            ("subscription", behaviour.subscription.map { subscription($0) }),
            (
                "responses",
                behaviour.responses == Behaviour.Response.usual
                    ? nil : named(behaviour.responses, \.id) { response($0) }
            ), ("moves", behaviour.moves.isEmpty ? nil : .list(behaviour.moves.map { .text($0) })),
            ("traits", named(behaviour.traits, \.id) { trait($0) }),
            ("joins", named(behaviour.joins, \.challenge) { join($0) }))
    }

    private static func named<Thing>(
        _ things: [Thing], _ id: (Thing) -> String, _ tree: (Thing) -> DocumentTree
    ) -> DocumentTree? {
        things.isEmpty ? nil : .things(things.map { Entry(key: id($0), value: tree($0)) })
    }

    private static func weights(_ weights: [Behaviour.Weighted]) -> DocumentTree? {
        weights.isEmpty ? nil : .mapping(weights.map { Entry(key: $0.id, value: .raw(number($0.weight))) })
    }

    private static func weights(_ table: [String: Double]) -> DocumentTree? {
        weights(table.sorted { $0.key < $1.key }.map { Behaviour.Weighted($0.key, $0.value) })
    }

    private static func span(_ span: Behaviour.Span) -> DocumentTree {
        // What is not whole shows it, so that it is read back as it is.
        func bound(_ value: Double) -> String { span.isWhole ? number(value) : String(value) }
        return .mapping(
            ("from", .raw(bound(span.from))), ("to", .raw(bound(span.to))),
            ("power", span.power == 1 ? nil : .raw(number(span.power))))
    }

    private static func group(_ group: Behaviour.Group, _ subjects: [String]) -> DocumentTree {
        .mapping(
            ("share", .raw(number(group.share))), ("visits", .raw(number(group.visits))),
            (
                "tastes",
                weights(
                    subjects.compactMap { subject in group.tastes[subject].map { Behaviour.Weighted(subject, $0) } })
            ), ("channels", weights(group.channels)), ("hours", weights(group.hours)))
    }

    private static func channel(_ channel: Behaviour.Channel) -> DocumentTree {
        .mapping(
            ("does", weights(channel.does)), ("again", channel.again == 0 ? nil : .raw(number(channel.again))),
            ("most", channel.most == (channel.again > 0 ? 8 : 1) ? nil : .raw(String(channel.most))),
            (
                "then",
                channel.then.map {
                    .mapping(("channel", .text($0.channel)), ("chance", .raw(number($0.chance))))
                }
            ))
    }

    private static func simulatedEvent(_ event: Behaviour.Event) -> DocumentTree {
        .mapping(
            ("item", event.item.map { .text($0) }),
            (
                "finishes",
                event.finishes.map {
                    .mapping(
                        ("usual", .raw(number($0.usual))), ("taste", $0.taste == 0 ? nil : .raw(number($0.taste))),
                        ("maker", $0.maker == 0 ? nil : .raw(number($0.maker))),
                        ("most", $0.most == 0.95 ? nil : .raw(number($0.most))))
                }
            ), ("only", event.isSentFinishedOnly ? .raw("finished") : nil),
            ("fields", named(event.fields, \.id) { draw($0.draw) }),
            (
                "rate",
                event.rate.map {
                    .mapping(("per-day", .raw(number($0.perDay))), ("channel", .text($0.channel)))
                }
            ),
            (
                "after",
                event.after.map {
                    .mapping(
                        ("event", .text($0.event)), ("share", $0.share == 1 ? nil : .raw(number($0.share))),
                        ("chance", span($0.chance)), ("field", $0.field.map { .text($0) }),
                        ("in", $0.values.isEmpty ? nil : .list($0.values.map { .text($0) })))
                }
            ),
            (
                "attends",
                event.attends.map {
                    .mapping(
                        ("chance", .raw(number($0.chance))), ("most", .raw(number($0.most))),
                        ("zones", $0.zones.isEmpty ? nil : .list($0.zones.map { .text($0.name) })),
                        ("channel", .text($0.channel)))
                }
            ))
    }

    private static func draw(_ draw: Behaviour.Draw) -> DocumentTree {
        switch draw {
        case .value(let value): .mapping(("value", scalar(value)))
        case .oneOf(let choices): .mapping(("one-of", self.choices(choices)))
        case .span(let found): span(found)
        case .taste: .raw("taste")
        case .moment: .raw("moment")
        case .finished(let done, let other): .mapping(("finished", span(done)), ("otherwise", span(other)))
        case .list(let one): .mapping(("list", self.draw(one)))
        case .length(let found): .mapping(("length", span(found)))
        case .by(let field, let cases, let other):
            .mapping(
                ("by", .text(field)), ("of", named(cases, \.value) { self.draw($0.draw) }),
                ("otherwise", other.map { self.draw($0) }))
        }
    }

    private static func choices(_ choices: [Behaviour.Choice]) -> DocumentTree {
        if choices.allSatisfy({ $0.weight == 1 }) { return .list(choices.map { scalar($0.value) }) }
        return .mapping(choices.map { Entry(key: $0.value.stringValue ?? "", value: .raw(number($0.weight))) })
    }

    /// What stands in a document for a value; lists and objects do not come from one.
    private static func scalar(_ value: JSONValue) -> DocumentTree {
        switch value {
        case .string(let text): .text(text)
        case .array(let values): .list(values.map { scalar($0) })
        default: .raw(value.text())
        }
    }

    private static func subscription(_ terms: Behaviour.Subscription) -> DocumentTree {
        let plain = Behaviour.Subscription(plans: [])
        func changed(_ value: Double, _ usual: Double) -> DocumentTree? { value == usual ? nil : .raw(number(value)) }
        return .mapping(
            ("started", terms.started.map { .text($0) }), ("renewed", terms.renewed.map { .text($0) }),
            ("cancelled", terms.cancelled.map { .text($0) }), ("plans", named(terms.plans, \.id) { plan($0) }),
            ("frailty", changed(terms.frailty, plain.frailty)), ("activity", changed(terms.activity, plain.activity)),
            (
                "settling",
                terms.settling == plain.settling
                    ? nil
                    : .mapping(
                        ("floor", .raw(number(terms.settling.floor))),
                        ("newcomers", .raw(number(terms.settling.newcomers))),
                        ("each", .raw(number(terms.settling.each))))
            ), ("without", changed(terms.without, plain.without)),
            (
                "fading",
                terms.fadingDays == plain.fadingDays && terms.fadesTo == plain.fadesTo
                    ? nil
                    : .mapping(("days", .raw(String(terms.fadingDays))), ("to", .raw(number(terms.fadesTo))))
            ), ("afterwards", changed(terms.afterwards, plain.afterwards)))
    }

    private static func plan(_ plan: Behaviour.Plan) -> DocumentTree {
        let hazard: DocumentTree =
            switch plan.hazard {
            case .usual(let value): .raw(number(value))
            case .beta(let one, let other): .mapping(("beta", .list([.raw(number(one)), .raw(number(other))])))
            }
        return .mapping(
            ("share", .raw(number(plan.share))), ("later", plan.later == 0 ? nil : .raw(number(plan.later))),
            ("every", .raw(String(plan.everyDays))), ("months", .raw(String(plan.months))),
            ("price", plan.priceCents == 0 ? nil : .raw(String(plan.priceCents))), ("hazard", hazard))
    }

    private static func response(_ response: Behaviour.Response) -> DocumentTree {
        func changed(_ value: Double, _ usual: Double) -> DocumentTree? { value == usual ? nil : .raw(number(value)) }
        return .mapping(
            ("share", changed(response.share, 0)), ("likes", weights(response.likes)),
            ("recent", changed(response.recent, 0)), ("hazard", changed(response.hazard, 1)),
            ("visits", changed(response.visits, 1)), ("moves", changed(response.moves, 1)))
    }

    private static func trait(_ trait: Behaviour.TraitDraw) -> DocumentTree {
        let share: DocumentTree? = trait.share == 1 ? nil : .raw(number(trait.share))
        return switch trait.value {
        case .tastes(let count): .mapping(("tastes", .raw(String(count))), ("share", share))
        case .oneOf(let values): .mapping(("one-of", weights(values)), ("share", share))
        }
    }

    private static func join(_ join: Behaviour.ChallengeJoin) -> DocumentTree {
        .mapping(
            ("share", join.share == 1 ? nil : .raw(number(join.share))),
            (
                "goal",
                join.goal.map {
                    .mapping(("from", .raw(String($0.lowerBound))), ("to", .raw(String($0.upperBound))))
                }
            ))
    }
}
