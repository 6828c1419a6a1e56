internal import Primitives

/// `recognition/*.yaml`, and the keys `signers`, `letters`, `proposals` and `announcements`.
extension DocumentParser {
    private static let moments = ["anniversary", "count", "return", "tier", "streak", "regular", "birthday"]
    static let signerKeys = ["name", "role", "maker", "written-by"]

    func signer(_ id: String, _ section: DocumentSection) -> Signer {
        var signer = Signer(id: id, name: "")
        if let node = section.need("name"), let name = reader.text(node, "the name of a person", maximum: 100) {
            signer.name = name
        }
        signer.role = localized(section, "role")
        signer.maker = section.node("maker").flatMap { reader.word($0, "the id of a maker", .foreign) }
        let writers = section.list("written-by", of: "names of staff accounts")
        signer.writers = writers.compactMap { reader.text($0.node, "the name of a staff account", maximum: 100) }
        if writers.count > Signer.mostWriters {
            reader.report(
                "At most \(Signer.mostWriters) accounts write for one person.", at: section.node("written-by")?.mark)
        }
        return signer
    }

    func letterTerms(_ root: DocumentSection) -> LetterTerms {
        var terms = LetterTerms.usual
        guard let section = root.section("letters", what: "the letters", keys: ["per-day", "rest", "within"]) else {
            return terms
        }
        if let node = section.node("per-day"), let count = reader.integer(node, 1...200) { terms.perDay = Int(count) }
        if let days = days(section, "rest", 1...730) { terms.restDays = days }
        if let days = days(section, "within", 1...90) { terms.withinDays = days }
        return terms
    }

    func proposalTerms(_ root: DocumentSection) -> ProposalTerms? {
        let keys = ["from", "member-for", "open", "for", "quorum", "counts"]
        guard let section = root.section("proposals", what: "the proposals", keys: keys) else { return nil }
        var terms = ProposalTerms()
        terms.from = section.node("from").flatMap { reader.word($0, "the name of a tier", .thing) }
        terms.memberDays = days(section, "member-for", 0...3_650) ?? 0
        if let node = section.node("open"), let count = reader.integer(node, 1...20) {
            terms.openPerMember = Int(count)
        }
        terms.days = days(section, "for", 1...365) ?? terms.days
        if let node = section.node("quorum"), let count = reader.integer(node) { terms.quorum = count }
        if let counts: ProposalTerms.Counts = section.node("counts").flatMap({ reader.choice($0, "live or closed") }) {
            terms.counts = counts
        }
        return terms
    }

    func announcements(_ root: DocumentSection) -> [Announcement] {
        root.list("announcements", of: "announcements").compactMap { node, name in
            guard
                let section = DocumentSection(
                    reader, node, what: "the announcement", name: name, keys: ["date", "what", "because"]),
                let day = section.need("date").flatMap({ localDay($0) }), section.need("what") != nil
            else { return nil }
            return Announcement(day: day, what: localized(section, "what"), because: localized(section, "because"))
        }
    }

    func occasion(_ node: DocumentNode, _ stem: String) -> Occasion? {
        guard let id = declaredID(node, "occasion", .thing, stem) else { return nil }
        let name = "occasion:\(id)"
        let keys = ["occasion", "moment", "by", "signed-by", "message", "award", "webhook", "why"]
        guard let section = DocumentSection(reader, node, what: "the occasion", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        guard section.need("moment") != nil, let moment = moment(section) else {
            reader.markBroken(name)
            return nil
        }
        var occasion = Occasion(id: id, moment: moment)
        if let node = section.node("by"), let by: Hand = reader.choice(node, "hand or programme") {
            occasion.isByHand = by == .hand
        }
        if section.need("signed-by") != nil {
            occasion.signers = section.list("signed-by", of: "signers").compactMap {
                reader.word($0.node, "the name of a signer", .thing)
            }
        }
        if section.need("message") != nil { occasion.message = localized(section, "message") }
        occasion.award = award(section)
        occasion.webhook = section.node("webhook").flatMap { reader.word($0, "the name of a webhook", .thing) }
        occasion.why = localized(section, "why")
        return occasion
    }

    private enum Hand: String, CaseIterable { case hand, programme }

    private func moment(_ section: DocumentSection) -> Occasion.Moment? {
        guard let moment = section.section("moment", what: "the moment", keys: Self.moments) else { return nil }
        guard moment.entries.count == 1, let key = moment.entries.first?.key.text else {
            reader.report("A moment is one thing.", at: moment.mark, fix: "Make an occasion of each.")
            return nil
        }
        guard let value = moment.node(key) else { return nil }
        switch key {
        case "anniversary":
            guard reader.word(value, "what is celebrated", .thing) == "joining" else {
                reader.report("The anniversary is that of joining.", at: value.mark, fix: "Write anniversary: joining.")
                return nil
            }
            return .anniversary
        case "birthday":
            guard reader.word(value, "a word", .thing) == "given" else {
                reader.report(
                    "A birthday is one that the member gave for this.", at: value.mark, fix: "Write birthday: given.")
                return nil
            }
            return .birthday
        case "tier": return reader.word(value, "the name of a tier", .thing).map { .tier($0) }
        case "count": return count(moment)
        case "return":
            guard let back = moment.section("return", what: "the return", keys: ["after", "pause"]),
                back.need("after") != nil, let after = days(back, "after", 2...365)
            else { return nil }
            return .comeback(after: after, pause: days(back, "pause", 1...92))
        case "streak":
            guard let streak = moment.section("streak", what: "the streak", keys: ["streak", "at"]),
                let id = streak.need("streak").flatMap({ reader.word($0, "the name of a streak", .thing) })
            else { return nil }
            return .streak(id, lengths: numbers(streak))
        case "regular":
            guard let regular = moment.section("regular", what: "the regular", keys: ["days", "within"]),
                let count = regular.need("days").flatMap({ reader.integer($0, 1...56) }),
                regular.need("within") != nil, let within = days(regular, "within", 1...56)
            else { return nil }
            if count > within {
                reader.report("There are fewer days than that.", at: regular.node("days")?.mark)
                return nil
            }
            return .regular(days: Int(count), within: within)
        default: return nil
        }
    }

    private func count(_ moment: DocumentSection) -> Occasion.Moment? {
        let keys = ["event", "when", "at", "since", "per"]
        guard let section = moment.section("count", what: "what is counted", keys: keys),
            let event = section.need("event").flatMap({ reader.word($0, "the name of an event type", .event) })
        else { return nil }
        var count = Occasion.Count(event: event, at: numbers(section))
        count.condition = expression(section, "when")
        count.since = section.node("since").flatMap { localDay($0) }
        if let node = section.node("per") {
            count.isPerMaker = reader.word(node, "what it counts per", .thing) == "maker"
            if !count.isPerMaker { reader.report("It counts per maker.", at: node.mark, fix: "Write per: maker.") }
        }
        return .count(count)
    }

    private func numbers(_ section: DocumentSection) -> [Int64] {
        guard section.need("at") != nil else { return [] }
        let numbers = section.list("at", of: "numbers").compactMap { reader.integer($0.node, 1...1_000_000) }
        return Set(numbers).sorted()
    }

    private func award(_ section: DocumentSection) -> Occasion.Award? {
        guard let award = section.section("award", what: "the award", keys: ["amount", "unit"]),
            let amount = award.need("amount").flatMap({ reader.integer($0, 1...Occasion.Award.most) }),
            let unit = award.need("unit").flatMap({ reader.word($0, "the name of a unit", .thing) })
        else { return nil }
        return Occasion.Award(amount: amount, unit: unit)
    }

    /// Whole days: `14 days`, `2 weeks`.
    private func days(_ section: DocumentSection, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node = section.node(key), case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        else { return nil }
        if case .days(let days) = span, range.contains(days) { return days }
        reader.report(
            "'\(key)' is a number of days from \(range.lowerBound) to \(range.upperBound).", at: node.mark,
            fix: "Write it as in '14 days'.")
        return nil
    }

    private func localDay(_ node: DocumentNode) -> Int32? {
        guard let scalar = reader.scalar(node, "a day") else { return nil }
        if let date = CivilDate(scalar.text), (1_970...9_998).contains(date.year) { return Int32(date.daysSinceEpoch) }
        reader.report(
            "'\(scalar.text.prefix(80))' is not a day.", at: scalar.mark, fix: "Write it as in 2026-03-01.")
        return nil
    }
}
