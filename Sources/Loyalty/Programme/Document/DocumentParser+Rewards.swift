internal import Primitives

/// `rewards/*.yaml`.
extension DocumentParser {
    private static let rewardKeys = [
        "reward", "kind", "name", "text", "price", "prices", "stock", "per-member", "quantity", "when", "holds",
        "valid",
        "early", "after", "slots", "waiting-list", "codes", "into", "value", "refund", "withdrawn", "maker", "item",
        "topics", "entitlement",
    ]

    func reward(_ node: DocumentNode, _ stem: String) -> Reward? {
        guard let id = declaredID(node, "reward", .thing, stem) else { return nil }
        let name = "reward:\(id)"
        guard let section = DocumentSection(reader, node, what: "the reward", name: name, keys: Self.rewardKeys) else {
            return nil
        }
        reader.remember(name, node)
        var reward = Reward(id: id, kind: .digital, unit: "", price: 0)
        if let node = section.need("kind"), let kind: Reward.Kind = reader.choice(node, "a kind of reward") {
            reward.kind = kind
        }
        reward.name = localized(section, "name")
        reward.text = localized(section, "text")
        reward.prices = prices(section)
        if reward.unit.isEmpty { reader.markBroken(name) }
        reward.stock = section.node("stock").flatMap { reader.integer($0, 0...1_000_000_000) }
        perMember(section, of: &reward)
        reward.quantity = quantity(section)
        reward.condition = expression(section, "when")
        if let node = section.node("holds"), case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
            reward.holds = span
        }
        validity(section, from: &reward.validFrom, until: &reward.validUntil)
        reward.early = earlyWindows(section)
        reward.after = span(section, "after")
        reward.slots = slots(section)
        reward.waitingList = waitingList(section)
        if let codes = section.section("codes", what: "the codes", keys: ["low"]) {
            reward.codes = Reward.CodePool(low: codes.node("low").flatMap { reader.integer($0) })
        }
        reward.into = into(section)
        reward.value = money(section)
        if let node = section.node("refund") {
            if case .scalar(let scalar) = node, scalar.text == "never" {
                reward.refund = .never
            } else if case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
                reward.refund = .within(span)
            }
        }
        if let node = section.node("withdrawn"), let flag = reader.boolean(node) { reward.isWithdrawn = flag }
        reward.maker = section.node("maker").flatMap { reader.word($0, "the id of a maker", .foreign) }
        reward.item = section.node("item").flatMap { reader.word($0, "the id of an item", .foreign) }
        reward.topics = section.list("topics", of: "topics").compactMap { reader.word($0.node, "a topic", .foreign) }
        entitlement(section, of: &reward)
        checkSense(of: reward, section)
        return reward
    }

    private func span(_ section: DocumentSection, _ key: String) -> DurationSpan? {
        guard let node = section.node(key), case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        else {
            return nil
        }
        return span
    }

    // MARK: What it costs

    private func prices(_ section: DocumentSection) -> [Reward.Price] {
        let keys = ["amount", "unit", "tiers"]
        if section.node("prices") != nil {
            if let price = section.node("price") {
                reader.report(
                    "The reward has both 'price' and 'prices'.", at: price.mark, fix: "Put it first under 'prices'.")
            }
            let list = section.list("prices", of: "prices")
            var prices: [Reward.Price] = []
            for (node, name) in list {
                guard let entry = DocumentSection(reader, node, what: "a price", name: name, keys: keys),
                    let price = price(entry)
                else { continue }
                if prices.contains(where: { $0.unit == price.unit }) {
                    reader.report("The unit '\(price.unit)' has two prices.", at: node.mark, fix: "Leave one out.")
                    continue
                }
                prices.append(price)
            }
            if list.isEmpty, case .list? = section.node("prices") {
                reader.report("'prices' is an empty list.", at: section.node("prices")?.mark)
            }
            return prices
        }
        guard section.need("price") != nil, let price = section.section("price", what: "the price", keys: keys) else {
            return []
        }
        return self.price(price).map { [$0] } ?? []
    }

    private func price(_ section: DocumentSection) -> Reward.Price? {
        let amount = section.need("amount").flatMap { reader.integer($0) }
        let unit = section.need("unit").flatMap { reader.word($0, "the name of a unit", .thing) }
        let tiers = perTier(section, "tiers") { reader.integer($0, 0...1_000_000_000_000) }
        guard let unit else { return nil }
        return Reward.Price(
            unit: unit, amount: amount ?? 0, tiers: tiers.map { Reward.TierPrice(tier: $0.tier, amount: $0.value) })
    }

    /// The entries of a mapping from tiers to something.
    private func perTier<Value>(
        _ section: DocumentSection, _ key: String, _ read: (DocumentNode) -> Value?
    ) -> [(tier: String, value: Value)] {
        guard let all = section.section(key, what: "'\(key)'", keys: []) else { return [] }
        return all.entries.compactMap { entry in
            guard let tier = reader.word(.scalar(entry.key), "the name of a tier", .thing) else { return nil }
            reader.remember("\(all.name).\(tier)", .scalar(entry.key))
            return read(entry.value).map { (tier, $0) }
        }
    }

    private func earlyWindows(_ section: DocumentSection) -> [Reward.EarlyWindow] {
        perTier(section, "early") { node -> DurationSpan? in
            guard case .some(.some(let span)) = reader.duration(node, allowsNone: false) else { return nil }
            return span
        }.map { Reward.EarlyWindow(tier: $0.tier, span: $0.value) }
    }

    // MARK: How many

    private func perMember(_ section: DocumentSection, of reward: inout Reward) {
        guard let node = section.node("per-member") else { return }
        guard case .mapping = node else {
            reward.perMember = reader.integer(node)
            return
        }
        guard let limit = section.section("per-member", what: "'per-member'", keys: ["times", "per"]) else { return }
        reward.perMember = limit.need("times").flatMap { reader.integer($0) }
        if let node = limit.need("per"), let period: PeriodUnit = reader.choice(node, "a period") {
            reward.perMemberPeriod = period
        }
    }

    private func quantity(_ section: DocumentSection) -> ClosedRange<Int64> {
        guard let node = section.node("quantity") else { return 1...1 }
        let range: ClosedRange<Int64> = 1...1_000_000
        guard case .mapping = node else { return reader.integer(node, range).map { 1...$0 } ?? 1...1 }
        guard let bounds = section.section("quantity", what: "'quantity'", keys: ["min", "max"]) else { return 1...1 }
        let least = bounds.node("min").flatMap { reader.integer($0, range) } ?? 1
        guard let node = bounds.need("max"), let most = reader.integer(node, range) else { return 1...1 }
        guard least <= most else {
            reader.report("The most is less than the least.", at: node.mark)
            return 1...1
        }
        return least...most
    }

    private func waitingList(_ section: DocumentSection) -> Reward.WaitingList? {
        guard let list = section.section("waiting-list", what: "the waiting list", keys: ["offer", "most"]) else {
            return nil
        }
        guard let node = list.need("offer"), case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        else {
            return nil
        }
        var waiting = Reward.WaitingList(offer: span)
        if let node = list.node("most"), let most = reader.integer(node, 1...Reward.WaitingList.maximum) {
            waiting.most = most
        }
        return waiting
    }

    // MARK: When

    private func slots(_ section: DocumentSection) -> SlotPlan? {
        guard let node = section.node("slots") else { return nil }
        if case .list = node {
            var slots: [Slot] = []
            for (node, name) in section.list("slots", of: "slots") {
                guard
                    let entry = DocumentSection(reader, node, what: "a slot", name: name, keys: ["slot", "capacity"]),
                    let at = entry.need("slot"), let scalar = reader.scalar(at, "a local date and time"),
                    let capacity = entry.need("capacity").flatMap({ reader.integer($0, 1...1_000_000) })
                else { continue }
                guard let (day, minutes) = Slot.parse(scalar.text) else {
                    reader.report(
                        "'\(scalar.text.prefix(80))' is not a local date and time.", at: scalar.mark,
                        fix: "Write it as in 2026-12-01T19:30, in the programme's time zone.")
                    continue
                }
                if slots.contains(where: { $0.day == day && $0.minutes == minutes }) {
                    reader.report("The slot '\(scalar.text)' is there twice.", at: scalar.mark)
                    continue
                }
                slots.append(Slot(day: day, minutes: minutes, capacity: capacity))
            }
            return checked(.list(slots), node)
        }
        let keys = ["from", "until", "days", "times", "capacity"]
        guard let plan = section.section("slots", what: "the slots", keys: keys) else { return nil }
        func date(_ key: String) -> Int32? {
            guard let node = plan.need(key), let scalar = reader.scalar(node, "a date") else { return nil }
            if let date = CivilDate(scalar.text) { return Int32(clamping: date.daysSinceEpoch) }
            reader.report(
                "'\(scalar.text.prefix(80))' is not a date.", at: scalar.mark, fix: "Write it as in 2026-12-01.")
            return nil
        }
        let days = plan.list("days", of: "days of the week").compactMap { node, _ -> Int? in
            guard let scalar = reader.scalar(node, "a day of the week") else { return nil }
            if let index = SlotPlan.weekdays.firstIndex(of: scalar.text) { return index + 1 }
            reader.report(
                "'\(scalar.text.prefix(80))' is not a day of the week.", at: scalar.mark,
                fix: DocumentSuggestion.fix(for: scalar.text, in: SlotPlan.weekdays))
            return nil
        }
        let from = date("from")
        let until = date("until")
        if plan.need("times") == nil { return nil }
        let times = plan.list("times", of: "times of day").compactMap { reader.timeOfDay($0.node) }
        guard let from, let until, let capacity = plan.need("capacity").flatMap({ reader.integer($0, 1...1_000_000) })
        else { return nil }
        if until < from { reader.report("They would end before they start.", at: plan.node("until")?.mark) }
        return checked(
            .weekly(
                from: from, until: until, weekdays: Array(Set(days)).sorted(), times: Array(Set(times)).sorted(),
                capacity: capacity), node)
    }

    private func checked(_ plan: SlotPlan, _ node: DocumentNode) -> SlotPlan? {
        let count = plan.slots.count
        if count == 0 {
            reader.report("There is no slot in it.", at: node.mark, fix: "Leave 'slots' out, or add one.")
            return nil
        }
        guard count <= SlotPlan.maximum else {
            reader.report(
                "There are more than \(SlotPlan.maximum) slots.", at: node.mark,
                fix: "Take a shorter time, or fewer times.")
            return nil
        }
        return plan
    }

    // MARK: What it gives

    private func into(_ section: DocumentSection) -> Reward.UnitAmount? {
        guard let into = section.section("into", what: "'into'", keys: ["amount", "unit"]) else { return nil }
        guard let amount = into.need("amount").flatMap({ reader.integer($0) }),
            let unit = into.need("unit").flatMap({ reader.word($0, "the name of a unit", .thing) })
        else { return nil }
        return Reward.UnitAmount(unit: unit, amount: amount)
    }

    private func money(_ section: DocumentSection) -> Reward.Money? {
        guard let value = section.section("value", what: "'value'", keys: ["amount", "currency"]) else { return nil }
        guard let amount = value.need("amount").flatMap({ reader.integer($0) }),
            let node = value.need("currency"), let scalar = reader.scalar(node, "a currency")
        else { return nil }
        guard scalar.text.utf8.count == 3, scalar.text.utf8.allSatisfy({ (65...90).contains($0) }) else {
            reader.report(
                "'\(scalar.text.prefix(80))' is not a currency.", at: scalar.mark,
                fix: "Write its three letters, as in EUR.")
            return nil
        }
        return Reward.Money(amount: amount, currency: scalar.text)
    }

    private func entitlement(_ section: DocumentSection, of reward: inout Reward) {
        guard let node = section.node("entitlement") else { return }
        guard case .mapping = node else {
            reward.entitlement = reader.word(node, "the name of an entitlement", .dotted)
            return
        }
        guard let entry = section.section("entitlement", what: "'entitlement'", keys: ["name", "lasts"]) else { return }
        reward.entitlement = entry.need("name").flatMap { reader.word($0, "the name of an entitlement", .dotted) }
        reward.entitlementLasts = span(entry, "lasts")
    }

    // MARK: What makes no sense together

    private func checkSense(of reward: Reward, _ section: DocumentSection) {
        func wrong(_ key: String, _ message: String, _ fix: String) {
            guard let node = section.node(key) else { return }
            reader.report(message, at: node.mark, fix: fix)
        }
        let kind = reward.kind
        let kindMark = section.node("kind")?.mark
        switch kind {
        case .conversion, .minutes:
            if section.node("into") == nil {
                reader.report(
                    "A reward of the kind '\(kind.rawValue)' has no 'into'.", at: kindMark,
                    fix: "Say what one gives: into: { amount: 60, unit: minutes }.")
            }
            wrong("codes", "'\(kind.rawValue)' gives an amount of a unit, not a code.", "Leave 'codes' out.")
            wrong("refund", "What became another unit cannot be refunded.", "Leave 'refund' out.")
        default:
            wrong("into", "Only 'conversion' and 'minutes' give another unit.", "Leave 'into' out, or change the kind.")
        }
        switch kind {
        case .credit:
            if section.node("value") == nil {
                reader.report(
                    "A credit has no 'value'.", at: kindMark,
                    fix: "Say what it is worth: value: { amount: 500, currency: EUR }, in the smallest coin.")
            }
        case .donation:
            wrong("codes", "A donation gives no code.", "Leave 'codes' out.")
            wrong("refund", "What was given to a cause cannot be refunded.", "Leave 'refund' out.")
            wrong("waiting-list", "Nobody waits for a donation.", "Leave 'waiting-list' out.")
        default:
            wrong("value", "Only 'credit' and 'donation' have a value in money.", "Leave 'value' out.")
        }
        if kind == .physical {
            wrong("codes", "A thing that is sent has no code.", "Leave 'codes' out, or take the kind 'digital'.")
        }
        if [.workshop, .advice, .questions].contains(kind), kind != .questions, reward.maker == nil {
            reader.report(
                "A reward of the kind '\(kind.rawValue)' has no 'maker'.", at: kindMark,
                fix: "Say who gives it: maker: <id of a maker>.")
        }
        if ![.ticket, .experience, .workshop, .advice, .stream, .questions].contains(kind) {
            wrong("slots", "'\(kind.rawValue)' does not happen at a time.", "Leave 'slots' out, or change the kind.")
        }
        if reward.slots != nil {
            wrong("stock", "With slots, how many there are is the capacity of each slot.", "Leave 'stock' out.")
        }
        if reward.codes != nil {
            wrong("quantity", "One redemption gives one code.", "Leave 'quantity' out.")
            wrong("refund", "A code that was shown cannot be taken back.", "Leave 'refund' out.")
        }
        if section.node("waiting-list") != nil, reward.stock == nil, reward.slots == nil {
            wrong("waiting-list", "Nothing can run out, so nobody waits.", "Add 'stock' or 'slots'.")
        }
        if section.node("early") != nil, reward.validFrom == nil {
            wrong("early", "There is no beginning to be earlier than.", "Add 'valid: { from: … }'.")
        }
        if let each = reward.perMember, each < reward.quantity.lowerBound {
            wrong(
                "per-member", "One redemption is for more than one member may have.", "Raise it, or lower 'quantity'.")
        }
    }
}
