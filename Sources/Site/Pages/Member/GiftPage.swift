/// Giving points away by a code, and accepting what somebody gave.
struct GiftPage: Page {
    static let template = "gifts"

    struct Offer: Sendable, Equatable {
        var id: String
        var balance: String
        var terms: String
        var minimum: String
    }

    struct Waiting: Sendable, Equatable {
        var amount: String
        var until: String
        var action: String
    }

    struct WalletView: Sendable, Equatable {
        var name: WordingView
        var members: String
        var balances: String
        var given: String?
        var units: [String]
        var maySpend: Bool
        var shows: Bool
        var mayLeave: Bool
        var action: String
    }

    struct KindView: Sendable, Equatable {
        var id: String
        var name: String
    }

    var shell: Shell
    var csrf: String
    var key: String
    var wallets: [WalletView]
    var hasWallets: Bool
    var kinds: [KindView]
    var hasKinds: Bool
    var offers: [Offer]
    var hasOffers: Bool
    var waiting: [Waiting]
    var hasWaiting: Bool
    /// The code that was just made, with a sentence.
    var code: String?
    var codeText: String?
    var note: String?
    var isGood: Bool

    init(
        _ desk: GiftDesk, shell: Shell, texts: Texts, csrf: String, key: String, outcome: GiftOutcome? = nil
    ) {
        self.shell = shell
        self.csrf = csrf
        self.key = key
        let words = texts.gifts
        offers = desk.offers.map { offer in
            Offer(
                id: offer.id, balance: texts.member.balance(texts.amount(offer.spendable, offer.unit)),
                terms: words.terms(texts.amount(offer.minimum, offer.unit), texts.number(offer.fee)),
                minimum: String(offer.minimum))
        }
        hasOffers = !offers.isEmpty
        waiting = desk.waiting.map { gift in
            Waiting(
                amount: texts.amount(gift.amount), until: words.until(texts.date(gift.until, today: desk.today)),
                action: WebLink(path: ["m", "gifts", gift.id]).address)
        }
        hasWaiting = !waiting.isEmpty
        wallets = desk.wallets.map { wallet in
            WalletView(
                name: WordingView(wallet.name, on: texts.language),
                members: words.members(wallet.members, texts.number(wallet.members)),
                balances: texts.list(wallet.balances.map { texts.amount($0) }),
                given: wallet.given.isEmpty
                    ? nil : words.given(texts.list(wallet.given.map { texts.amount($0) })), units: wallet.units,
                maySpend: !wallet.units.isEmpty, shows: wallet.shows, mayLeave: wallet.mayLeave,
                action: WebLink(path: ["m", "wallets", wallet.id]).address)
        }
        hasWallets = !wallets.isEmpty
        kinds = desk.kinds.map { KindView(id: $0.id, name: $0.name.text) }
        hasKinds = !kinds.isEmpty
        isGood = true
        switch outcome {
        case .offered(let code, let amount): (self.code, codeText) = (code, words.codeText(texts.amount(amount)))
        case .accepted(let amount): note = words.accepted(texts.amount(amount))
        case .withdrawn: note = words.withdrawn
        case .opened(let code): (self.code, codeText) = (code, words.opened)
        case .joined: note = words.joined
        case .changed: note = words.changed
        case .refused: (note, isGood) = (words.refused, false)
        case .unknown: (note, isGood) = (words.unknown, false)
        case nil: break
        }
    }
}
