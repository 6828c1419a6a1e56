/// The clerk's page, phone wide: a code in, what can be handed out. Somebody who is signed in gets forms; a till without an
/// account gets its key's field, and what it shows then comes from the API.
struct CounterPage: Page {
    static let template = "counter"

    /// The form for a code, of staff who are signed in.
    struct Desk: Sendable, Equatable {
        var csrf: String
        var key: String
        /// Whether good tickets are let in at once.
        var admits: Bool
    }

    var shell: Shell
    var desk: Desk?
    var result: CounterResultView?
}

/// What came of a code or of a button, large enough to be seen at arm's length.
struct CounterResultView: Sendable, Equatable {
    struct WaitingView: Sendable, Equatable {
        var title: WordingView
        var quantity: String?
        var receipt: String
        var visit: String
        var csrf: String
    }

    struct OfferView: Sendable, Equatable {
        var title: WordingView
        var price: String
        var reward: String
        var visit: String
        var csrf: String
        var key: String
    }

    struct TicketView: Sendable, Equatable {
        var code: String
        var csrf: String
        var key: String
    }

    var isGood: Bool
    var heading: WordingView
    var details: [WordingView] = []
    /// Set while a good ticket waits to be let in.
    var admit: TicketView?
    var waiting: [WaitingView] = []
    var hasWaiting = false
    var offers: [OfferView] = []
    var hasOffers = false
    /// A member for whom there is nothing to do.
    var hasNothing = false

    init(_ scan: CounterScan, code: String, texts: Texts, csrf: String, key: String) {
        let words = texts.counter
        switch scan {
        case .member(let visit):
            isGood = true
            heading = visit.tier.map { WordingView($0, on: texts.language) } ?? WordingView(plain: words.member)
            show(visit, texts: texts, csrf: csrf, key: key)
        case .ticket(let found):
            isGood = found.state == .good || found.state == .admitted
            heading = WordingView(plain: texts.rewardDesk.ticketState(found.state))
            details = [WordingView(found.title, on: texts.language)]
            if found.quantity > 1 { details.append(WordingView(plain: "× " + texts.number(found.quantity))) }
            if let slot = found.slot { details.append(WordingView(plain: texts.moment(slot, today: slot.day))) }
            if found.state == .good { admit = TicketView(code: code, csrf: csrf, key: key) }
        case .unknown: (isGood, heading) = (false, WordingView(plain: words.unknown))
        case .used: (isGood, heading) = (false, WordingView(plain: words.used))
        case .tooMany: (isGood, heading) = (false, WordingView(plain: words.wait))
        }
    }

    /// - Parameter left: the member as they are afterwards; `nil` when the visit is over.
    init(_ outcome: CounterOutcome, left: CounterVisit?, texts: Texts, csrf: String, key: String) {
        let words = texts.counter
        switch outcome {
        case .done(let title):
            (isGood, heading) = (true, WordingView(plain: words.handedOut))
            details = [WordingView(title, on: texts.language)]
        case .refused(let title):
            (isGood, heading) = (false, WordingView(plain: words.refused))
            details = title.map { [WordingView($0, on: texts.language)] } ?? []
        case .over: (isGood, heading) = (false, WordingView(plain: words.over))
        }
        guard let left else { return }
        show(left, texts: texts, csrf: csrf, key: key, introduces: false)
    }

    private mutating func show(
        _ visit: CounterVisit, texts: Texts, csrf: String, key: String, introduces: Bool = true
    ) {
        if introduces, let line = visit.line { details.append(WordingView(line, on: texts.language)) }
        waiting = visit.waiting.map { one in
            WaitingView(
                title: WordingView(one.title, on: texts.language),
                quantity: one.quantity > 1 ? "× " + texts.number(one.quantity) : nil, receipt: one.receipt,
                visit: visit.visit, csrf: csrf)
        }
        hasWaiting = !waiting.isEmpty
        offers = visit.offers.map { one in
            OfferView(
                title: WordingView(one.title, on: texts.language), price: texts.amount(one.price), reward: one.reward,
                visit: visit.visit, csrf: csrf, key: key)
        }
        hasOffers = !offers.isEmpty
        hasNothing = !hasWaiting && !hasOffers
    }
}
