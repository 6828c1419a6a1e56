internal import Primitives

/// `programme.yaml`.
extension DocumentParser {
    mutating func programme(_ node: DocumentNode) -> Programme? {
        let keys = [
            "programme", "name", "languages", "timezone", "day-start", "lateness", "pilot", "units", "tiers", "traits",
            "budgets",
            "badges", "webhooks", "wallets", "counter", "levels", "joined-challenges", "review",
            "measures", "signers", "letters",
            "proposals", "announcements", "pressure", "nudges",
        ]
        guard let root = DocumentSection(reader, node, what: "the programme", name: "programme", keys: keys) else {
            return nil
        }
        reader.remember("programme", node)
        languages = languageList(root)
        guard let idNode = root.need("programme"),
            let word = reader.word(idNode, "the name of a programme", .thing), let id = ProgrammeID(word)
        else {
            if let idNode = root.node("programme"), case .scalar(let scalar) = idNode, scalar.text.utf8.count > 40 {
                reader.report("The name of a programme has at most 40 characters.", at: idNode.mark)
            }
            return nil
        }
        var programme = Programme(id: id, name: LocalizedText([:]), languages: languages)
        if root.need("name") != nil { programme.name = localized(root, "name") }
        if let node = root.node("timezone"), let text = reader.text(node, "a time zone", maximum: 100) {
            if Self.looksLikeTimeZone(text) {
                programme.timeZone = text
            } else {
                reader.report(
                    "'\(text)' is not the name of a time zone.", at: node.mark,
                    fix: "Write an IANA name, as in Europe/Amsterdam or UTC.")
            }
        }
        if let node = root.node("day-start"), let minutes = reader.timeOfDay(node) {
            programme.dayStartMinutes = minutes
        }
        if let node = root.node("lateness"), case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
            programme.lateness = span
        }
        programme.pilotBasisPoints = root.node("pilot").flatMap { reader.basisPoints($0) }
        programme.units = things(root, "units", "unit", .thing, keys: Self.unitKeys, unit)
        programme.tiers = tiers(root)
        programme.levels = levels(root)
        programme.joinedAtMost = root.node("joined-challenges").flatMap { reader.integer($0, 1...1_000) }
        programme.traits = things(root, "traits", "trait", .field, keys: ["type", "of"], trait).compactMap { $0 }
        programme.budgets = things(root, "budgets", "budget", .thing, keys: ["unit", "per", "amount"], budget)
            .compactMap { $0 }
        programme.badges = things(root, "badges", "badge", .thing, keys: Self.badgeKeys, badge)
        programme.webhooks = things(root, "webhooks", "webhook", .thing, keys: ["url"], webhook).compactMap { $0 }
        programme.walletKinds = things(
            root, "wallets", "wallet", .thing, keys: ["name", "max-members", "pools", "spend"], walletKind)
        programme.review = things(root, "review", "review", .thing, keys: Self.reviewKeys, reviewCheck)
            .compactMap { $0 }
        programme.measures = things(root, "measures", "measure", .thing, keys: Self.changeMeasureKeys, changeMeasure)
            .compactMap { $0 }
        programme.signers = things(root, "signers", "signer", .thing, keys: Self.signerKeys, signer)
        programme.letters = letterTerms(root)
        programme.proposals = proposalTerms(root)
        programme.announcements = announcements(root)
        programme.pressure = pressureTerms(root)
        programme.nudges = things(root, "nudges", "nudge", .thing, keys: Self.nudgeKeys, nudge)
        if let counter = root.section("counter", what: "the counter", keys: ["events"]) {
            programme.counterEvents = counter.list("events", of: "event types").compactMap {
                reader.word($0.node, "the name of an event type", .event)
            }
        }
        return programme
    }

    /// The entries of a mapping from id to thing, in the order they are written.
    private func things<Thing>(
        _ root: DocumentSection, _ key: String, _ what: String, _ kind: DocumentName, keys: [String],
        _ read: (String, DocumentSection) -> Thing
    ) -> [Thing] {
        guard let all = root.section(key, what: "the \(key)", keys: []) else { return [] }
        return all.entries.compactMap { entry in
            guard reader.word(.scalar(entry.key), "the name of a \(what)", kind) != nil else { return nil }
            let id = entry.key.text
            reader.remember("\(what):\(id)", .scalar(entry.key))
            // `news-badge:` with nothing after it declares a thing with nothing to say about it.
            var value = entry.value
            if case .scalar(let scalar) = value, scalar.plainMeaning == .null { value = .mapping([], entry.key.mark) }
            if what == "trait", case .scalar = value { value = Self.shorthand(value) }
            return DocumentSection(reader, value, what: "the \(what) '\(id)'", name: "\(what):\(id)", keys: keys)
                .map { read(id, $0) }
        }
    }

    private func languageList(_ root: DocumentSection) -> [Language] {
        guard root.need("languages") != nil else { return [.en] }
        var languages: [Language] = []
        for (node, _) in root.list("languages", of: "languages") {
            guard let language: Language = reader.choice(node, "a language of Stamgast") else { continue }
            if languages.contains(language) {
                reader.report("The language '\(language.rawValue)' is given twice.", at: node.mark)
            } else {
                languages.append(language)
            }
        }
        return languages.isEmpty ? [.en] : languages
    }

    /// A plausible IANA name; whether it exists is for the checker, which is given the zones.
    static func looksLikeTimeZone(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return (1...3).contains(parts.count)
            && parts.allSatisfy { part in
                guard let first = part.utf8.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first else { return false }
                return part.utf8.allSatisfy { byte in
                    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                        || DocumentNode.Scalar.isDigit(byte) || "_+-".utf8.contains(byte)
                }
            }
    }

    private static let unitKeys = ["kind", "name", "pending", "expires", "notify", "reversal", "transfers", "value"]

    private func unit(_ id: String, _ section: DocumentSection) -> Unit {
        var unit = Unit(id: id, name: localized(section, "name"))
        if let node = section.node("kind"), let kind: Unit.Kind = reader.choice(node, "a kind of unit") {
            unit.kind = kind
        }
        // For a unit `none` says the same as nothing.
        if let term = pending(section, isUnit: true), term != .atOnce { unit.pending = term }
        if let term = expires(section, isUnit: true), term != .never { unit.expires = term }
        unit.notify = notices(section)
        unit.reversal = reversal(section) ?? .withinBalance
        unit.transfers = transferTerms(section)
        unit.value = unitValue(section)
        return unit
    }

    private func tiers(_ root: DocumentSection) -> TierLadder? {
        guard let section = root.section("tiers", what: "the tiers", keys: Self.tierKeys) else { return nil }
        guard let unitNode = section.need("unit"), let unit = reader.word(unitNode, "the name of a unit", .thing),
            section.need("levels") != nil,
            let levels = section.section("levels", what: "the levels", keys: [])
        else { return nil }
        var tiers: [TierLadder.Tier] = []
        for entry in levels.entries {
            guard reader.word(.scalar(entry.key), "the name of a tier", .thing) != nil else { continue }
            let id = entry.key.text
            reader.remember("tier:\(id)", .scalar(entry.key))
            guard
                let level = DocumentSection(
                    reader, entry.value, what: "the tier '\(id)'", name: "tier:\(id)",
                    keys: ["at", "invited", "name", "gives"])
            else { continue }
            let gives = level.list("gives", of: "entitlements").compactMap {
                reader.word($0.node, "the name of an entitlement", .dotted)
            }
            if isInvited(level) {
                tiers.append(
                    TierLadder.Tier(
                        id: id, at: TierLadder.Tier.unreachable, name: localized(level, "name"), gives: gives))
                continue
            }
            guard let atNode = level.need("at"), let at = reader.integer(atNode, 0...1_000_000_000_000) else {
                continue
            }
            if let last = tiers.last(where: { !$0.isInvited }), at <= last.at {
                reader.report(
                    "The tier '\(id)' starts at \(at), not above '\(last.id)' (\(last.at)).", at: atNode.mark,
                    fix: "List the tiers from low to high.")
            }
            tiers.append(TierLadder.Tier(id: id, at: at, name: localized(level, "name"), gives: gives))
        }
        if let first = tiers.first(where: { !$0.isInvited }), first.at != 0 {
            reader.report(
                "The lowest tier starts at \(first.at), so members below it have no tier.",
                at: reader.sources.place(of: "tier:\(first.id).at")?.mark, fix: "Let it start at 0.", severity: .warning
            )
        }
        var ladder = TierLadder(unit: unit, tiers: tiers)
        if let node = section.node("counts"), let counts: TierLadder.Counts = reader.choice(node, "what is counted") {
            ladder.counts = counts
        }
        ladder.cycle = tierCycle(section)
        return ladder
    }

    private func trait(_ id: String, _ section: DocumentSection) -> Trait? {
        guard let type = fieldType(section) else { return nil }
        if type == .item {
            reader.report("A trait cannot be an item: that would join a member and an item.", at: section.mark)
            return nil
        }
        return Trait(id: id, type: type)
    }

    private func budget(_ id: String, _ section: DocumentSection) -> Budget? {
        let unit = section.need("unit").flatMap { reader.word($0, "the name of a unit", .thing) }
        let period: PeriodUnit? = section.need("per").flatMap { reader.choice($0, "a period") }
        let amount = section.need("amount").flatMap { reader.integer($0, 1...1_000_000_000_000) }
        guard let unit, let period, let amount else {
            reader.markBroken("budget:\(id)")
            return nil
        }
        return Budget(id: id, unit: unit, period: period, amount: amount)
    }

    private func webhook(_ id: String, _ section: DocumentSection) -> Webhook? {
        guard let node = section.need("url"), let url = reader.text(node, "an address", maximum: 2_000) else {
            reader.markBroken("webhook:\(id)")
            return nil
        }
        let host = url.dropFirst("https://".count)
        guard url.hasPrefix("https://") || url.hasPrefix("http://localhost") || url.hasPrefix("http://127.0.0.1"),
            let first = host.utf8.first, first != UInt8(ascii: "/"),
            url.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else {
            reader.report(
                "'\(url.prefix(80))' is not an address that a webhook can use.", at: node.mark,
                fix: "It starts with https://.")
            reader.markBroken("webhook:\(id)")
            return nil
        }
        return Webhook(id: id, url: url)
    }

    /// A text per language, or one text in a programme that speaks one language.
    func localized(_ section: DocumentSection, _ key: String) -> LocalizedText {
        guard let node = section.node(key) else { return LocalizedText([:]) }
        guard case .mapping(let entries, _) = node else {
            guard let text = reader.text(node) else { return LocalizedText([:]) }
            guard languages.count == 1, let only = languages.first else {
                let first = languages.first?.rawValue ?? "en"
                reader.report(
                    "The programme speaks \(languages.count) languages, but '\(key)' is one text.", at: node.mark,
                    fix: "Write it per language, as in { \(first): \(text.prefix(40)) }.")
                return LocalizedText([:])
            }
            return LocalizedText([only: text])
        }
        var values: [Language: String] = [:]
        for entry in entries {
            guard let language: Language = reader.choice(.scalar(entry.key), "a language of Stamgast") else { continue }
            reader.remember("\(section.name).\(key).\(language.rawValue)", entry.value)
            if !languages.contains(language) {
                reader.report(
                    "The programme does not speak '\(language.rawValue)'.", at: entry.key.mark,
                    fix: "Add it to 'languages' in \(ProgrammeDocument.root).", severity: .warning)
            }
            values[language] = reader.text(entry.value)
        }
        return LocalizedText(values)
    }
}
