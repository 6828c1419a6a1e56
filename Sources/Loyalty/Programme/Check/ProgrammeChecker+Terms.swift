/// What the terms of units and rules refer to.
extension ProgrammeChecker {
    mutating func checkTerms() {
        for unit in programme.units {
            let name = "unit:\(unit.id)"
            check(unit.pending, of: [unit.id], at: name)
            check(unit.expires, at: name)
            if let webhook = unit.notify?.webhook {
                resolve("webhook", webhook, among: programme.webhooks.map(\.id), at: "\(name).notify.webhook")
            }
            if unit.notify?.expiring != nil, unit.expires == nil,
                !programme.rules.contains(where: { $0.expires != nil && $0.awards(unit.id) })
            {
                warn("It never expires, so nobody is told that it will.", at: "\(name).notify")
            }
        }
        for rule in programme.rules {
            let name = "rule:\(rule.id)"
            check(rule.pending, of: [], at: name)
            if case .event(let term) = rule.pending, let field = term.match {
                checkField(field, of: rule.trigger, at: "\(name).pending.match")
            }
            check(rule.expires, at: name)
            for (index, terms) in rule.awardTerms.sorted(by: { $0.key < $1.key }) {
                check(terms, of: rule, at: "\(name).then.\(index).award")
            }
            if rule.pending != nil || rule.expires != nil || rule.reversal != nil,
                !rule.effects.contains(where: \.isAward)
            {
                warn("The rule awards nothing, so its terms concern nothing.", at: name)
            }
        }
    }

    /// What one award says of its own, and what tiers make of it.
    private mutating func check(_ terms: AwardTerms, of rule: Rule, at name: String) {
        let tiers = terms.tiers.map {
            (pending: $0.pending, expires: $0.expires, name: "\(name).tiers.\($0.tier).terms")
        }
        for own in [(pending: terms.pending, expires: terms.expires, name: "\(name).terms")] + tiers {
            check(own.pending, of: [], at: own.name)
            if case .event(let term) = own.pending, let field = term.match {
                checkField(field, of: rule.trigger, at: "\(own.name).pending.match")
            }
            check(own.expires, at: own.name)
        }
        for own in terms.tiers {
            resolve(
                "tier", own.tier, among: programme.tiers?.tiers.map(\.id) ?? [], at: "\(name).tiers.\(own.tier)")
        }
    }

    private mutating func check(_ pending: PendingTerm?, of units: [String], at name: String) {
        guard case .event(let term) = pending else { return }
        let types = programme.acceptedEvents.map(\.id)
        var known = resolve("event type", term.until, among: types, at: "\(name).pending.until")
        if let type = term.cancelledBy {
            known = resolve("event type", type, among: types, at: "\(name).pending.cancelled-by") && known
        }
        guard known, let field = term.match else { return }
        for type in [term.until, term.cancelledBy].compactMap({ $0 }) {
            checkField(field, of: type, at: "\(name).pending.match")
        }
        for rule in programme.rules where rule.pending == nil && units.contains(where: rule.awards) {
            checkField(field, of: rule.trigger, at: "\(name).pending.match")
        }
    }

    private mutating func check(_ expires: ExpiryTerm?, at name: String) {
        guard case .inactive(_, let resets) = expires else { return }
        for (index, activity) in resets.enumerated() {
            guard case .event(let type) = activity else { continue }
            resolve(
                "event type", type, among: programme.acceptedEvents.map(\.id),
                at: "\(name).expires.reset-by.\(index)")
        }
    }

    /// Events are joined by a text or a number that stands for one order, never by an item.
    private mutating func checkField(_ field: String, of type: String, at name: String) {
        guard let type = programme.acceptedEvents.first(where: { $0.id == type }),
            !sources.broken.contains("event:\(type.id)")
        else { return }
        guard let declared = type.fields.first(where: { $0.id == field }) else {
            report(
                "The event type '\(type.id)' has no field '\(field)'.", at: name,
                fix: DocumentSuggestion.fix(for: field, in: type.fields.map(\.id)))
            return
        }
        guard declared.type == .text || declared.type == .integer else {
            report(
                "Events are joined by a text or a whole number, but '\(field)' of '\(type.id)' is another thing.",
                at: name)
            return
        }
    }
}

extension Rule {
    func awards(_ unit: String) -> Bool {
        effects.contains { if case .award(_, unit) = $0 { true } else { false } }
    }
}
