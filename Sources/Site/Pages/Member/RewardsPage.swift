/// What there is to have, in reach first, with the member's wishes.
struct RewardsPage: Page {
    static let template = "rewards"

    /// Which rewards are shown.
    enum Filter: String, Sendable, CaseIterable { case all, reach, wishes }

    struct Item: Sendable, Equatable {
        var reward: RewardView
        var donated: String?
        var wishAction: String
        var wish: String
        var wishLabel: String
    }

    struct FilterLink: Sendable, Equatable {
        var label: String
        var href: String
        var current: Bool
    }

    var shell: Shell
    var balances: [BalanceView]
    var filters: [FilterLink]
    var items: [Item]
    var links: [HubLink]
    var hasLinks: Bool
    var hasItems: Bool
    var csrf: String
    var show: String

    init(_ shelf: OfferedRewards, filter: Filter, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        self.csrf = csrf
        show = filter.rawValue
        balances = shelf.balances.map { BalanceView($0, today: shelf.today, texts: texts) }
        let words = texts.reward
        let labels: [Filter: String] = [.all: words.filterAll, .reach: words.filterReach, .wishes: words.filterWishes]
        filters = Filter.allCases.map { one in
            FilterLink(
                label: labels[one] ?? "", href: one == .all ? "/m/rewards" : "/m/rewards?show=\(one.rawValue)",
                current: one == filter)
        }
        items = shelf.offers.filter { offer in
            switch filter {
            case .all: true
            case .reach: offer.availability == .available
            case .wishes: offer.isWished
            }
        }.map { offer in
            Item(
                reward: RewardView(offer, texts: texts),
                donated: offer.donated.map { words.donated(texts.amount($0)) },
                wishAction: WebLink(path: ["m", "rewards", offer.id, "wish"]).address,
                wish: offer.isWished ? "no" : "yes", wishLabel: offer.isWished ? words.unwish : words.wish)
        }
        hasItems = !items.isEmpty
        links = shelf.hasRaffles ? [HubLink(texts.raffles.title, texts.raffles.hub, href: "/m/raffles")] : []
        hasLinks = !links.isEmpty
    }
}

/// Codes, tickets and parcels.
struct TicketsPage: Page {
    static let template = "tickets"

    struct Item: Sendable, Equatable {
        var title: WordingView
        var state: String
        var when: String
        var quantity: String?
        var slot: String?
        var code: String?
        var ticket: String?
        var picture: String?
        var tracking: String?
    }

    var shell: Shell
    var items: [Item]
    var hasItems: Bool

    init(_ held: HeldRewards, shell: Shell, texts: Texts) {
        self.shell = shell
        items = held.rewards.map { one in
            Item(
                title: WordingView(one.title, on: texts.language), state: texts.state(one.state),
                when: texts.moment(one.when, today: held.today),
                quantity: one.quantity > 1 ? texts.number(one.quantity) + " ×" : nil,
                slot: one.slot.map { texts.moment($0, today: held.today) }, code: one.code, ticket: one.ticket,
                picture: (one.ticket ?? one.code) == nil
                    ? nil : WebLink(path: ["m", "redemptions", one.id, "qr.svg"]).address, tracking: one.tracking)
        }
        hasItems = !items.isEmpty
    }
}

extension Texts {
    func state(_ state: HeldReward.State) -> String {
        switch state {
        case .held: reward.heldTitle
        case .confirmed: reward.confirmedTitle
        case .cancelled: reward.cancelledTitle
        case .refunded: reward.refunded
        case .used: reward.used
        case .requested: reward.requested
        case .packed: reward.packed
        case .sent: reward.sent
        case .delivered: reward.delivered
        case .returned: reward.returned
        }
    }
}
