import Primitives
import Testing

@testable import Loyalty

/// Fields of rewards: what they mean, and what makes no sense for a kind.
@Suite struct RewardDocumentTests {
    private static func document(_ kind: String, _ lines: String) -> String {
        """
        reward: preview
        kind: \(kind)
        name: { en: É, nl: É }
        text: { en: É, nl: É }
        price: { amount: 120, unit: ink }
        \(lines)

        """
    }

    struct Nonsense: Sendable {
        var kind: String
        var lines: String
        var says: String
    }

    static let nonsense = [
        Nonsense(kind: "conversion", lines: "", says: "has no 'into'"),
        Nonsense(kind: "minutes", lines: "", says: "has no 'into'"),
        Nonsense(kind: "credit", lines: "", says: "has no 'value'"),
        Nonsense(kind: "workshop", lines: "", says: "has no 'maker'"),
        Nonsense(kind: "digital", lines: "into: { amount: 1, unit: ink }", says: "Only 'conversion' and 'minutes'"),
        Nonsense(kind: "digital", lines: "value: { amount: 1, currency: EUR }", says: "Only 'credit' and 'donation'"),
        Nonsense(kind: "credit", lines: "value: { amount: 1, currency: euro }", says: "not a currency"),
        Nonsense(kind: "donation", lines: "refund: 1 day", says: "cannot be refunded"),
        Nonsense(kind: "donation", lines: "codes: { low: 2 }", says: "gives no code"),
        Nonsense(kind: "physical", lines: "codes: { low: 2 }", says: "has no code"),
        Nonsense(kind: "digital", lines: "codes: { low: 2 }\nquantity: 3", says: "gives one code"),
        Nonsense(
            kind: "digital", lines: "slots: [{ slot: 2026-12-01T10:00, capacity: 2 }]",
            says: "does not happen at a time"
        ),
        Nonsense(
            kind: "ticket", lines: "stock: 4\nslots: [{ slot: 2026-12-01T10:00, capacity: 2 }]",
            says: "capacity of each slot"),
        Nonsense(kind: "ticket", lines: "slots: [{ slot: tomorrow, capacity: 2 }]", says: "not a local date and time"),
        Nonsense(
            kind: "ticket", lines: "slots: { from: 2026-12-02, until: 2026-12-01, times: [10:00], capacity: 2 }",
            says: "end before they start"),
        Nonsense(
            kind: "ticket",
            lines: "slots: { from: 2026-12-01, until: 2026-12-02, days: [moonday], times: [10:00], capacity: 2 }",
            says: "Did you mean 'monday'?"),
        Nonsense(kind: "ticket", lines: "waiting-list: { offer: 1 day }", says: "Nothing can run out"),
        Nonsense(kind: "ticket", lines: "early: { gold: 1 day }", says: "no beginning"),
        Nonsense(kind: "ticket", lines: "quantity: { min: 3, max: 2 }", says: "less than the least"),
        Nonsense(kind: "ticket", lines: "quantity: { min: 3, max: 4 }\nper-member: 2", says: "more than one member"),
        Nonsense(kind: "ticket", lines: "prices: [{ amount: 1, unit: ink }]", says: "both 'price' and 'prices'"),
    ]

    @Test(arguments: nonsense) func whatMakesNoSenseIsAnErrorAtItsPlace(nonsense: Nonsense) throws {
        let text = Self.document(nonsense.kind, nonsense.lines)
        let errors = try Documents.with("rewards/preview.yaml", text).check().errors
            .filter { $0.path == "rewards/preview.yaml" }
        let found = errors.first { $0.description.contains(nonsense.says) }
        #expect(found != nil, "\(errors.map(\.description))")
        #expect((found?.line ?? 0) >= 2)
    }

    @Test func slotsAreTheSameTimesOnCertainDays() {
        // 2026-12-01 is a Tuesday.
        let plan = SlotPlan.weekly(from: 20_788, until: 20_795, weekdays: [2, 5], times: [840, 600], capacity: 3)
        #expect(
            plan.slots.map(\.id) == [
                "2026-12-01T10:00", "2026-12-01T14:00", "2026-12-04T10:00", "2026-12-04T14:00", "2026-12-08T10:00",
                "2026-12-08T14:00",
            ])
        #expect(plan.slots.allSatisfy { Slot.parse($0.id)?.day == $0.day && Slot.parse($0.id)?.minutes == $0.minutes })
    }

    @Test func aTierPaysWhatTheNearestTierBelowPays() {
        let ladder = ["bronze", "silver", "gold", "platinum"].enumerated().map {
            TierLadder.Tier(id: $1, at: Int64($0) * 10)
        }
        let price = Reward.Price(
            unit: "ink", amount: 30, tiers: [.init(tier: "gold", amount: 20), .init(tier: "silver", amount: 25)])
        #expect(
            ["", "bronze", "silver", "gold", "platinum", "other"].map { price.amount(tier: $0, ladder: ladder) }
                == [30, 30, 25, 20, 20, 30])
    }

    @Test func aParcelGoesForward() {
        for state in Fulfilment.allCases {
            #expect(Fulfilment(name: state.name) == state)
            #expect(!state.next.contains(state))
            #expect(!state.next.contains(.requested))
        }
        #expect(Fulfilment.returned.next.isEmpty)
    }

    @Test func aTotalIsPublishedWhenTenHideEachOther() {
        var total = DonationTotal()
        for gift in 1...9 {
            total.add(Int64(gift), quantity: 1, isNewDonor: true)
            total.add(1, quantity: 1, isNewDonor: false)
        }
        #expect(total.publishedAmount == 0 && total.amount == 54)
        total.add(6, quantity: 1, isNewDonor: true)
        #expect(total.publishedAmount == 60 && total.publishedQuantity == 19 && total.donors == 0 && total.round == 1)
    }
}
