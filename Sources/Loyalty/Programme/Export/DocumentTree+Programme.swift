internal import Primitives

/// How the parts of a programme are written. What has its default is left out.
extension DocumentTree {
    static func programme(_ programme: Programme) -> DocumentTree {
        let languages = programme.languages
        func things<Thing>(_ things: [Thing], _ entry: (Thing) -> (String, DocumentTree)) -> DocumentTree? {
            guard !things.isEmpty else { return nil }
            return .things(things.map { Entry(key: entry($0).0, value: entry($0).1) })
        }
        return .mapping(
            ("programme", .text(programme.id.name)),
            ("name", localized(programme.name, languages) ?? .mapping([])),
            ("languages", .list(languages.map { .raw($0.rawValue) })),
            ("timezone", .text(programme.timeZone)),
            ("day-start", .raw(timeOfDay(programme.dayStartMinutes))),
            ("lateness", programme.lateness.map { .raw($0.documentText) }),
            ("pilot", programme.pilotBasisPoints.map { .raw($0 == 0 ? "0" : share($0)) }),
            ("units", things(programme.units) { ($0.id, unit($0, languages)) }),
            ("tiers", programme.tiers.map { tiers($0, languages) }),
            ("levels", programme.levels.map { levels($0, languages) }),
            ("joined-challenges", programme.joinedAtMost.map { .raw(String($0)) }),
            ("traits", things(programme.traits) { ($0.id, .text($0.type.documentText)) }),
            ("budgets", things(programme.budgets) { ($0.id, budget($0)) }),
            ("badges", things(programme.badges) { ($0.id, badge($0, languages)) }),
            ("webhooks", things(programme.webhooks) { ($0.id, .mapping(("url", .text($0.url)))) }),
            ("wallets", things(programme.walletKinds) { ($0.id, walletKind($0, languages)) }),
            (
                "counter",
                programme.counterEvents.isEmpty
                    ? nil : .mapping(("events", .list(programme.counterEvents.map { .text($0) })))
            ), ("review", things(programme.review) { ($0.id, review($0, languages)) }),
            ("measures", things(programme.measures) { ($0.id, changeMeasure($0, languages)) }),
            ("signers", things(programme.signers) { ($0.id, signer($0, languages)) }),
            ("letters", letters(programme.letters)), ("proposals", programme.proposals.map { proposals($0) }),
            (
                "announcements",
                programme.announcements.isEmpty
                    ? nil : .list(programme.announcements.map { announcement($0, languages) })
            ), ("pressure", pressure(programme.pressure)),
            ("nudges", things(programme.nudges) { ($0.id, nudge($0, languages)) }))
    }

    /// One text alone in a programme of one language, else a text per language in the programme's order.
    static func localized(_ text: LocalizedText, _ languages: [Language]) -> DocumentTree? {
        guard !text.isEmpty else { return nil }
        if languages.count == 1, text.values.count == 1, let only = languages.first, let value = text.values[only] {
            return .text(value)
        }
        let order = languages + Language.allCases.filter { !languages.contains($0) }
        return .mapping(
            order.compactMap { language in
                text.values[language].map { Entry(key: language.rawValue, value: .text($0)) }
            })
    }

    static func timeOfDay(_ minutes: Int) -> String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    static func unit(_ unit: Unit, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("kind", unit.kind == .points ? nil : .raw(unit.kind.rawValue)), ("name", localized(unit.name, languages)),
            ("pending", unit.pending.map { pending($0) }), ("expires", unit.expires.map { expires($0) }),
            ("notify", unit.notify.map { notices($0) }),
            ("reversal", unit.reversal == .withinBalance ? nil : .raw(unit.reversal.rawValue)),
            ("transfers", unit.transfers.map { transferTerms($0) }), ("value", unit.value.map { unitValue($0) }))
    }

    static func changes(_ changes: ProgrammeChanges, _ languages: [Language]) -> DocumentTree {
        func choices(_ choices: [String: LiveChange.Choice]) -> DocumentTree? {
            guard !choices.isEmpty else { return nil }
            return .things(
                choices.sorted { $0.key < $1.key }.map { Entry(key: $0.key, value: .raw($0.value.rawValue)) })
        }
        return .mapping(
            ("from", .raw(String(changes.from))), ("challenges", choices(changes.challenges)),
            ("streaks", choices(changes.streaks)), ("tiers", choices(changes.tiers)),
            ("ladder", changes.ladder.map { .raw($0.rawValue) }),
            ("because", localized(changes.because, languages)))
    }

    static func tiers(_ ladder: TierLadder, _ languages: [Language]) -> DocumentTree {
        let levels = ladder.tiers.map { Entry(key: $0.id, value: tier($0, languages)) }
        return .mapping(tierTerms(ladder) + [Entry(key: "levels", value: .things(levels))])
    }

    static func budget(_ budget: Budget) -> DocumentTree {
        .mapping(
            ("unit", .text(budget.unit)), ("per", .raw(budget.period.rawValue)), ("amount", .raw(String(budget.amount)))
        )
    }

    // MARK: Events

    static func event(_ event: EventType) -> DocumentTree {
        let keep = PrivacyLevel.allCases.compactMap { level in
            event.keep[level].map { Entry(key: level.rawValue, value: .raw($0.documentText)) }
        }
        let fields = event.fields.map { Entry(key: $0.id, value: field($0)) }
        return .mapping(
            ("event", .text(event.id)), ("purpose", .text(event.purpose)),
            ("keep", keep.isEmpty ? nil : .mapping(keep)), ("popularity", event.popularity ? nil : .raw("false")),
            ("fields", fields.isEmpty ? nil : .things(fields)))
    }

    private static func field(_ field: EventType.Field) -> DocumentTree {
        let plain = EventType.Field(id: field.id, type: field.type)
        if field == plain { return .text(field.type.documentText) }
        var element: DocumentTree?
        if case .list(let type) = field.type { element = .raw(type.name.rawValue) }
        return .mapping(
            ("type", .raw(field.type.name.rawValue)), ("of", element),
            ("required", field.required ? nil : .raw("false")), ("unit", field.unit.map { .text($0) }),
            ("min", field.minimum.map { .raw(number($0)) }), ("max", field.maximum.map { .raw(number($0)) }),
            ("one-of", field.oneOf.isEmpty ? nil : .list(field.oneOf.map { .text($0) })),
            ("meaning", field.meaning.isEmpty ? nil : .text(field.meaning)))
    }

    /// A number as people write it.
    static func number(_ value: Double) -> String {
        Int64(exactly: value).map { String($0) } ?? String(value)
    }

    // MARK: Rules

    static func rule(_ rule: Rule, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("rule", .text(rule.id)), ("trigger", .text(rule.trigger)), ("when", rule.condition.map { .text($0) }),
            ("then", .list(rule.effects.enumerated().map { effect($1, terms: rule.awardTerms[$0]) })),
            ("limits", rule.limits.isEmpty ? nil : .list(rule.limits.map { limit($0) })),
            ("cooldown", rule.cooldown.map { .raw($0.documentText) }),
            ("valid", validity(rule.validFrom, rule.validUntil)),
            ("priority", rule.priority == 0 ? nil : .raw(String(rule.priority))),
            ("exclusive", rule.exclusive.map { .text($0) }), ("budget", rule.budget.map { .text($0) }),
            ("pending", rule.pending.map { pending($0) }), ("expires", rule.expires.map { expires($0) }),
            ("reversal", rule.reversal.map { .raw($0.rawValue) }),
            ("holdout", rule.holdoutBasisPoints == 0 ? nil : .raw(share(rule.holdoutBasisPoints))),
            ("why", localized(rule.why, languages)),
            ("examples", rule.examples.isEmpty ? nil : .list(rule.examples.map { example($0) })))
    }

    static func validity(_ from: Instant?, _ until: Instant?) -> DocumentTree? {
        guard from != nil || until != nil else { return nil }
        return .mapping(("from", from.map { .raw(instant($0)) }), ("until", until.map { .raw(instant($0)) }))
    }

    static func instant(_ instant: Instant) -> String {
        let text = RFC3339.format(instant)
        return text.hasSuffix(".000Z") ? text.dropLast(5) + "Z" : text
    }

    static func share(_ basisPoints: Int) -> String {
        guard basisPoints < 10_000 else { return "1" }
        var digits = String(10_000 + basisPoints).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return "0." + digits
    }

    /// - Parameter terms: what an award says of its own.
    static func effect(_ effect: Effect, terms: AwardTerms? = nil) -> DocumentTree {
        switch effect {
        case .award(let amount, let unit):
            let amount: DocumentTree = Int64(amount) == nil ? .text(amount) : .raw(amount)
            return .mapping(
                (
                    "award",
                    .mapping(
                        ("amount", amount), ("unit", .text(unit)),
                        ("terms", terms.flatMap { self.terms($0.pending, $0.expires) }),
                        ("tiers", terms.flatMap { tiers($0.tiers) }))
                ))
        case .progress(let challenge, let by):
            return .mapping(
                ("progress", .mapping(("challenge", .text(challenge)), ("by", by == 1 ? nil : .raw(String(by))))))
        case .badge(let id): return .mapping(("badge", .text(id)))
        case .entitlement(let id, nil): return .mapping(("entitlement", .text(id)))
        case .entitlement(let id, let lasts?):
            return .mapping(("entitlement", .mapping(("name", .text(id)), ("lasts", .raw(lasts.documentText)))))
        case .trait(let id, let value):
            return .mapping(("trait", .mapping(("name", .text(id)), ("value", json(value)))))
        case .webhook(let id): return .mapping(("webhook", .text(id)))
        case .nudge(let id): return .mapping(("nudge", .text(id)))
        case .tickets(let raffle, 1): return .mapping(("tickets", .text(raffle)))
        case .tickets(let raffle, let count):
            return .mapping(("tickets", .mapping(("raffle", .text(raffle)), ("count", .raw(String(count))))))
        }
    }

    private static func limit(_ limit: Limit) -> DocumentTree {
        let period = DocumentTree.raw(limit.period.rawValue)
        switch limit.kind {
        case .amount(let most):
            return .mapping(("per", .raw("member")), ("period", period), ("amount", .raw(String(most))))
        case .times(let most):
            return .mapping(("per", .raw("member")), ("period", period), ("times", .raw(String(most))))
        case .perEvent(let most): return .mapping(("per", .raw("event")), ("amount", .raw(String(most))))
        }
    }

    private static func example(_ example: Rule.Example) -> DocumentTree {
        func facts(_ value: JSONValue) -> DocumentTree? {
            value.objectValue?.isEmpty ?? true ? nil : json(value)
        }
        let gives = example.gives.sorted { $0.key < $1.key }.map { unit, amount in
            DocumentTree.mapping(("amount", .raw(String(amount))), ("unit", .text(unit)))
        }
        return .mapping(
            ("event", facts(example.event)), ("member", facts(example.member)),
            ("gives", gives.isEmpty ? .raw("nothing") : gives.count == 1 ? gives[0] : .list(gives)))
    }

    static func json(_ value: JSONValue) -> DocumentTree {
        switch value {
        case .null: .raw("null")
        case .bool(let flag): .raw(flag ? "true" : "false")
        case .integer(let number): .raw(String(number))
        case .unsigned(let number): .raw(String(number))
        case .double(let number): number.isFinite ? .raw(String(number)) : .raw("null")
        case .string(let text): .text(text)
        case .array(let elements): .list(elements.map(json))
        case .object(let object): .mapping(object.members.map { Entry(key: $0.key, value: json($0.value)) })
        }
    }
}

extension FieldType {
    /// `fraction`, `list of topic`.
    var documentText: String {
        if case .list(let element) = self { "list of \(element.name.rawValue)" } else { name.rawValue }
    }
}
