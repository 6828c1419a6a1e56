internal import Primitives

/// How a reward is written. What has its default is left out.
extension DocumentTree {
    static func reward(_ reward: Reward, _ languages: [Language]) -> DocumentTree {
        let isPlain = reward.prices.count == 1
        return .mapping(
            ("reward", .text(reward.id)), ("kind", .raw(reward.kind.rawValue)),
            ("name", localized(reward.name, languages)), ("text", localized(reward.text, languages)),
            ("price", isPlain ? price(reward.prices[0]) : nil),
            ("prices", isPlain ? nil : .list(reward.prices.map(price))),
            ("stock", reward.stock.map { .raw(String($0)) }), ("per-member", perMember(reward)),
            ("quantity", quantity(reward.quantity)), ("when", reward.condition.map { .text($0) }),
            ("holds", reward.holds == .minutes(15) ? nil : .raw(reward.holds.documentText)),
            ("valid", validity(reward.validFrom, reward.validUntil)),
            (
                "early",
                reward.early.isEmpty
                    ? nil : .mapping(reward.early.map { Entry(key: $0.tier, value: .raw($0.span.documentText)) })
            ),
            ("after", reward.after.map { .raw($0.documentText) }), ("slots", reward.slots.map(slots)),
            (
                "waiting-list",
                reward.waitingList.map { list in
                    .mapping(
                        ("offer", .raw(list.offer.documentText)),
                        ("most", list.most == 1_000 ? nil : .raw(String(list.most))))
                }
            ),
            ("codes", reward.codes.map { codes in .mapping(("low", codes.low.map { .raw(String($0)) })) }),
            (
                "into",
                reward.into.map { .mapping(("amount", .raw(String($0.amount))), ("unit", .text($0.unit))) }
            ),
            (
                "value",
                reward.value.map { .mapping(("amount", .raw(String($0.amount))), ("currency", .text($0.currency))) }
            ), ("refund", reward.refund.map(refund)), ("withdrawn", reward.isWithdrawn ? .raw("true") : nil),
            ("maker", reward.maker.map { .text($0) }), ("item", reward.item.map { .text($0) }),
            ("topics", reward.topics.isEmpty ? nil : .list(reward.topics.map { .text($0) })),
            ("entitlement", entitlement(reward)))
    }

    private static func price(_ price: Reward.Price) -> DocumentTree {
        let tiers = price.tiers.map { Entry(key: $0.tier, value: .raw(String($0.amount))) }
        return .mapping(
            ("amount", .raw(String(price.amount))), ("unit", .text(price.unit)),
            ("tiers", tiers.isEmpty ? nil : .mapping(tiers)))
    }

    private static func perMember(_ reward: Reward) -> DocumentTree? {
        guard let most = reward.perMember else { return nil }
        guard reward.perMemberPeriod != .ever else { return .raw(String(most)) }
        return .mapping(("times", .raw(String(most))), ("per", .raw(reward.perMemberPeriod.rawValue)))
    }

    private static func quantity(_ quantity: ClosedRange<Int64>) -> DocumentTree? {
        guard quantity != 1...1 else { return nil }
        guard quantity.lowerBound > 1 else { return .raw(String(quantity.upperBound)) }
        return .mapping(("min", .raw(String(quantity.lowerBound))), ("max", .raw(String(quantity.upperBound))))
    }

    private static func slots(_ plan: SlotPlan) -> DocumentTree {
        func date(_ day: Int32) -> DocumentTree { .raw(CivilDate(daysSinceEpoch: Int(day)).description) }
        switch plan {
        case .list(let slots):
            return .list(
                slots.map { .mapping(("slot", .text($0.id)), ("capacity", .raw(String($0.capacity)))) })
        case .weekly(let from, let until, let weekdays, let times, let capacity):
            return .mapping(
                ("from", date(from)), ("until", date(until)),
                (
                    "days",
                    weekdays.isEmpty ? nil : .list(weekdays.map { .raw(SlotPlan.weekdays[($0 - 1) % 7]) })
                ),
                ("times", .list(times.map { .raw(SlotPlan.time($0)) })), ("capacity", .raw(String(capacity))))
        }
    }

    private static func refund(_ refund: Reward.Refund) -> DocumentTree {
        switch refund {
        case .never: .raw("never")
        case .within(let span): .raw(span.documentText)
        }
    }

    private static func entitlement(_ reward: Reward) -> DocumentTree? {
        guard let name = reward.entitlement else { return nil }
        guard let lasts = reward.entitlementLasts else { return .text(name) }
        return .mapping(("name", .text(name)), ("lasts", .raw(lasts.documentText)))
    }
}
