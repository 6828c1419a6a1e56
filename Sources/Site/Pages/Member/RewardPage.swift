/// The step between wanting a reward and having it: what it costs, what remains, and a button.
struct RewardPage: Page {
    static let template = "reward"

    struct SlotView: Sendable, Equatable {
        var id: String
        var label: String
    }

    struct QuantityView: Sendable, Equatable {
        var least: String
        var most: String
    }

    struct PriceView: Sendable, Equatable {
        /// Empty for the first.
        var unit: String
        var label: String
    }

    var shell: Shell
    var reward: RewardView
    var price: String
    var now: String
    var after: String?
    var confirm: String
    var action: String
    var csrf: String
    var key: String
    /// What came with the link here; goes with the form.
    var seal: String?
    var canRedeem: Bool
    var slots: [SlotView]
    var hasSlots: Bool
    var quantities: QuantityView?
    /// What it can be paid with, where there is a choice.
    var prices: [PriceView]
    var hasPrices: Bool
    var asksAddress: Bool
    var hasChoices: Bool
    /// Set after an attempt that did not succeed.
    var refusal: String?

    init(
        _ offer: RewardOffer, shell: Shell, texts: Texts, csrf: String, key: String,
        refusal: RewardOffer.Availability? = nil
    ) {
        self.shell = shell
        reward = RewardView(offer, texts: texts)
        price = texts.amount(offer.price)
        now = texts.amount(offer.balance, offer.price.unit)
        let remaining = offer.balance.subtractingReportingOverflow(offer.price.count)
        after =
            remaining.overflow || remaining.partialValue < 0
            ? nil : texts.amount(remaining.partialValue, offer.price.unit)
        confirm = texts.reward.confirm(texts.amount(offer.price))
        action = WebLink(path: ["m", "rewards", offer.id]).address
        self.csrf = csrf
        self.key = key
        seal = offer.seal
        canRedeem = offer.availability == .available
        slots = offer.slots.filter { $0.left > 0 }.map { slot in
            SlotView(
                id: slot.id,
                label: texts.moment(slot.when, today: slot.when.day) + " · "
                    + texts.member.rewardLeft(slot.left, texts.number(slot.left)))
        }
        hasSlots = !slots.isEmpty
        quantities =
            offer.quantity.upperBound > 1
            ? QuantityView(least: String(offer.quantity.lowerBound), most: String(offer.quantity.upperBound)) : nil
        prices =
            offer.otherPrices.isEmpty
            ? []
            : [PriceView(unit: "", label: texts.amount(offer.price))]
                + offer.otherPrices.map { PriceView(unit: $0.unit, label: texts.amount($0.amount)) }
        hasPrices = !prices.isEmpty
        asksAddress = offer.asksAddress
        hasChoices = hasPrices || hasSlots || quantities != nil || asksAddress
        self.refusal = refusal.flatMap { texts.obstacle($0, unit: offer.price.unit) }
    }
}

/// What came of it: the code to show, and a word of thanks.
struct RedemptionPage: Page {
    static let template = "redemption"

    var shell: Shell
    var heading: String
    var text: String
    var title: WordingView
    var price: String
    var when: String
    var code: String?
    var thanks: WordingView?
    var giver: FaceView?

    init(_ redemption: Redemption, shell: Shell, texts: Texts) {
        self.shell = shell
        switch redemption.state {
        case .held: (heading, text) = (texts.reward.heldTitle, texts.reward.heldText)
        case .confirmed: (heading, text) = (texts.reward.confirmedTitle, texts.reward.confirmedText)
        case .cancelled: (heading, text) = (texts.reward.cancelledTitle, texts.reward.cancelledText)
        }
        title = WordingView(redemption.title, on: texts.language)
        price = texts.amount(redemption.price)
        when = texts.moment(redemption.when, today: redemption.today)
        code = redemption.code
        thanks = redemption.thanks.map { WordingView($0, on: texts.language) }
        giver = redemption.giver.map { FaceView($0, on: texts.language) }
    }
}
