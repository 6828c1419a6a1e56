/// What is left of every reward, which pools of codes run low, and what is to be packed and sent.
struct ConsoleRewardsPage: Page {
    static let template = "console-rewards"

    struct Row: Sendable, Equatable {
        var title: WordingView
        var left: String
        var taken: String
        var waiting: String
        var codes: String
        var low: Bool
    }

    struct Parcel: Sendable, Equatable {
        var id: String
        var title: WordingView
        var quantity: String
        var since: String
        var state: String
        var action: String
        /// Whether it is packed already, so that sending is all that is left.
        var isPacked: Bool
        var csrf: String
        /// What the last form about it came to.
        var note: String?
        var isGood: Bool
        /// The form that shows where it goes; `nil` for staff who may not see that.
        var addressAction: String?
    }

    var shell: Shell
    var rows: [Row]
    var hasRows: Bool
    var parcels: [Parcel]
    var hasParcels: Bool
    var desk: RewardDeskView
    /// About a parcel that is no longer on the list.
    var parcelNote: String?

    init(
        _ data: ConsoleRewards, shell: Shell, texts: Texts, csrf: String, key: String = "", note: DeskNote? = nil
    ) {
        desk = RewardDeskView(data, texts: texts, csrf: csrf, key: key, note: note)
        self.shell = shell
        func number(_ value: Int64?) -> String { value.map { texts.number($0) } ?? "–" }
        rows = data.rewards.map { reward in
            Row(
                title: WordingView(reward.title, on: texts.language), left: number(reward.left),
                taken: number(reward.taken), waiting: number(reward.waiting), codes: number(reward.codes),
                low: reward.isLow)
        }
        hasRows = !rows.isEmpty
        parcels = data.parcels.map { parcel in
            let mine = note?.parcel == parcel.id ? note : nil
            return Parcel(
                id: parcel.id, title: WordingView(parcel.title, on: texts.language),
                quantity: texts.number(parcel.quantity),
                since: texts.moment(LocalMoment(parcel.since), today: data.today), state: texts.state(parcel.state),
                action: WebLink(path: ["console", "parcels", parcel.id]).address, isPacked: parcel.state == .packed,
                csrf: csrf, note: mine?.text, isGood: mine?.isGood ?? false,
                addressAction: data.mayReveal
                    ? WebLink(path: ["console", "parcels", parcel.id, "address"]).address : nil)
        }
        hasParcels = !parcels.isEmpty
        if let note, note.form == .parcel, !data.parcels.contains(where: { $0.id == note.parcel }) {
            parcelNote = note.text
        }
    }
}
