internal import Primitives

/// `referrals/*.yaml`: at most one.
extension DocumentParser {
    func referral(_ node: DocumentNode, _ stem: String) -> Referral? {
        guard let id = declaredID(node, "referral", .thing, stem) else { return nil }
        let name = "referral:\(id)"
        let keys = [
            "referral", "name", "link", "claim", "qualifies", "within", "hold", "cancelled-by", "shares", "advocate",
            "friend", "limit", "budget", "review", "ambassadors", "why",
        ]
        guard let section = DocumentSection(reader, node, what: "the referral", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        guard let qualifies = referralMeasure(section, "qualifies", required: true) else {
            reader.markBroken(name)
            return nil
        }
        var referral = Referral(id: id, link: "", qualifies: qualifies)
        referral.name = localized(section, "name")
        if let node = section.need("link"), let link = reader.text(node, "an address", maximum: 500) {
            referral.link = link
            if !link.hasPrefix("https://") || !link.contains("{code}") {
                reader.report(
                    "The link starts with 'https://' and holds '{code}'.", at: node.mark,
                    fix: "Write it as in https://post.example/welcome?friend={code}")
            }
        }
        if let days = referralDays(section, "claim") { referral.claim = days }
        if let days = referralDays(section, "within") { referral.within = days }
        if let days = referralDays(section, "hold") { referral.hold = days }
        referral.cancelled = referralMeasure(section, "cancelled-by", required: false)
        referral.shares = section.node("shares").flatMap { reader.word($0, "the name of a field", .field) }
        referral.advocate = effects(section, "advocate", required: false)
        referral.friend = effects(section, "friend", required: false)
        if let limit = section.section("limit", what: "the limit", keys: ["period", "times"]) {
            if let node = limit.node("period"), let period: PeriodUnit = reader.choice(node, "a period") {
                referral.period = period
            }
            if let most = limit.need("times").flatMap({ reader.integer($0, 1...Referral.maximum) }) {
                referral.most = most
            }
        }
        referral.budget = section.node("budget").flatMap { reader.word($0, "the name of a budget", .thing) }
        referral.review = section.node("review").flatMap { reader.word($0, "the name of a check", .thing) }
        referral.ambassadors = ambassadors(section)
        referral.why = localized(section, "why")
        return referral
    }

    private func referralMeasure(
        _ section: DocumentSection, _ key: String, required: Bool
    ) -> Streak.Measure? {
        if required, section.need(key) == nil { return nil }
        guard let one = section.section(key, what: "'\(key)'", keys: ["event", "when"]),
            let event = one.need("event").flatMap({ reader.word($0, "the name of an event type", .event) })
        else { return nil }
        return Streak.Measure(event: event, condition: expression(one, "when"))
    }

    private func referralDays(_ section: DocumentSection, _ key: String) -> Int32? {
        guard let node = section.node(key), case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        else { return nil }
        if case .days(let days) = span, (0...1_000).contains(days) { return Int32(days) }
        reader.report("It is a number of days, at most 1000.", at: node.mark, fix: "Write it as in 14 days.")
        return nil
    }

    private func ambassadors(_ section: DocumentSection) -> [Referral.Ambassador] {
        guard let list = section.section("ambassadors", what: "the ambassadors", keys: []) else { return [] }
        return list.entries.compactMap { entry in
            guard reader.word(.scalar(entry.key), "the name of a standing", .thing) != nil,
                let one = DocumentSection(
                    reader, entry.value, what: "the standing '\(entry.key.text)'",
                    name: "\(list.name).\(entry.key.text)", keys: ["name", "at", "when", "invited", "gives"])
            else { return nil }
            var standing = Referral.Ambassador(
                id: entry.key.text, name: localized(one, "name"), condition: expression(one, "when"),
                effects: effects(one, "gives", required: false))
            if let node = one.node("at") { standing.at = reader.integer(node, 1...Referral.maximum) }
            if let node = one.node("invited"), let invited = reader.boolean(node) { standing.isInvited = invited }
            if one.node("at") == nil, one.node("when") == nil, !standing.isInvited {
                reader.report(
                    "Nothing leads to the standing '\(entry.key.text)'.", at: one.mark,
                    fix: "Write 'at: 3' for friends, 'when: …' for what a member has, or 'invited: true'.")
            }
            return standing
        }
    }
}
