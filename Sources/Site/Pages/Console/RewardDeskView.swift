/// What the last form of the desk came to: said beside the form, with what was filled in, so that nothing is typed twice.
/// Codes are never among it.
struct DeskNote: Sendable, Equatable {
    enum Form: Sendable, Equatable { case stock, codes, ticket, parcel }

    var form: Form
    var text: String
    var isGood = false
    /// Of the ticket that was looked at.
    var detail: String?
    var reward = ""
    var amount = ""
    var reason = ""
    /// Which parcel it is about.
    var parcel: String?
}

/// The forms of the desk, as the page shows them.
struct RewardDeskView: Sendable, Equatable {
    struct Choice: Sendable, Equatable {
        var id: String
        var name: String
        var isChosen: Bool
    }

    struct Note: Sendable, Equatable {
        var text: String
        var detail: String?
        var isGood: Bool
    }

    struct Change: Sendable, Equatable {
        var title: WordingView
        var amount: String
        var when: String
        var reason: String
    }

    var csrf: String
    var key: String
    var counted: [Choice]
    var hasCounted: Bool
    var amount: String
    var reason: String
    var stockNote: Note?
    var changes: [Change]
    var hasChanges: Bool
    var pools: [Choice]
    var hasPools: Bool
    var codesNote: Note?
    var hasTickets: Bool
    var ticketNote: Note?

    init(_ data: ConsoleRewards, texts: Texts, csrf: String, key: String, note: DeskNote?) {
        func choices(_ isThere: (ConsoleRewards.Reward) -> Bool) -> [Choice] {
            data.rewards.filter { !$0.id.isEmpty && isThere($0) }.map {
                Choice(id: $0.id, name: $0.title.text, isChosen: note?.reward == $0.id)
            }
        }
        func said(_ form: DeskNote.Form) -> Note? {
            note.flatMap {
                $0.form == form ? Note(text: $0.text, detail: $0.detail, isGood: $0.isGood) : nil
            }
        }
        self.csrf = csrf
        self.key = key
        counted = choices(\.isCounted)
        hasCounted = !counted.isEmpty
        amount = note?.amount ?? ""
        reason = note?.reason ?? ""
        stockNote = said(.stock)
        changes = data.changes.map { change in
            Change(
                title: WordingView(change.title, on: texts.language),
                amount: (change.amount > 0 ? "+" : "") + texts.number(change.amount),
                when: texts.moment(change.when, today: data.today), reason: change.reason)
        }
        hasChanges = !changes.isEmpty
        pools = choices { $0.codes != nil }
        hasPools = !pools.isEmpty
        codesNote = said(.codes)
        hasTickets = data.rewards.contains(where: \.hasTicket)
        ticketNote = said(.ticket)
    }
}
