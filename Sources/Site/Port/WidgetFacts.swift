/// What the widget says about one item.
public struct WidgetFacts: Sendable, Hashable {
    /// What can be earned with an item like this, by rules that are active now.
    public struct Earning: Sendable, Hashable {
        public var amount: Amount?
        public var why: Wording

        public init(amount: Amount? = nil, why: Wording) {
            self.amount = amount
            self.why = why
        }
    }

    public var kind: ItemKind
    public var earnings: [Earning]
    /// The challenge that this item counts for, with the member's own progress if a member is known.
    public var challenge: ChallengeProgress?
    public var maker: Face?
    /// The maker in the catalogue; `nil` without one.
    public var makerID: String?
    /// Whether the member follows the maker; `nil` when no member is known.
    public var isFollowed: Bool?
    /// A line from the maker to the reader.
    public var makerLine: Wording?
    /// `nil` when no member is known.
    public var balance: Balance?
    public var today: LocalDay
    /// Where the page around the widget says nothing about colours, it has the programme's.
    public var look: ProgrammeLook

    public init(
        kind: ItemKind, earnings: [Earning] = [], challenge: ChallengeProgress? = nil, maker: Face? = nil,
        makerLine: Wording? = nil, balance: Balance? = nil, today: LocalDay, makerID: String? = nil,
        isFollowed: Bool? = nil, look: ProgrammeLook = .standard
    ) {
        self.makerID = makerID
        self.isFollowed = isFollowed
        self.look = look
        self.kind = kind
        self.earnings = earnings
        self.challenge = challenge
        self.maker = maker
        self.makerLine = makerLine
        self.balance = balance
        self.today = today
    }
}
