import Primitives

/// A moment in a member's time with us that somebody thanks, congratulates or invites them for: `recognition/*.yaml`.
///
/// It is no transaction: what it is about is a letter from a person with a name. Points may come with it, few of them.
public struct Occasion: Sendable, Hashable {
    public var id: String
    public var moment: Moment
    /// Whether somebody writes the letter; else the programme sends the text under the signer's name.
    public var isByHand: Bool
    /// The signers, of whom one signs; see ``Signer``.
    public var signers: [String]
    /// The letter, or what whoever writes it begins with. Fields stand between braces; see ``LetterText``.
    public var message: LocalizedText
    public var award: Award?
    public var webhook: String?
    /// Why the member gets it; for letters by hand also what the writer is told.
    public var why: LocalizedText

    public init(
        id: String, moment: Moment, isByHand: Bool = false, signers: [String] = [],
        message: LocalizedText = LocalizedText([:]), award: Award? = nil, webhook: String? = nil,
        why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.moment = moment
        self.isByHand = isByHand
        self.signers = signers
        self.message = message
        self.award = award
        self.webhook = webhook
        self.why = why
    }

    /// A few points that come with a letter.
    public struct Award: Sendable, Hashable {
        /// More would be a reward and no kind word.
        public static let most: Int64 = 100

        public var amount: Int64
        public var unit: String

        public init(amount: Int64, unit: String) {
            self.amount = amount
            self.unit = unit
        }
    }

    public enum Moment: Sendable, Hashable {
        /// Every year with us, on the day.
        case anniversary
        /// The how-manieth event of a type.
        case count(Count)
        /// Back after so long without anything, or after a pause that the member declared and that lasted so long.
        case comeback(after: Int, pause: Int?)
        /// A tier was reached.
        case tier(String)
        /// A milestone of a streak.
        case streak(String, lengths: [Int64])
        /// Present on so many of the last days.
        case regular(days: Int, within: Int)
        /// The day of the year that the member gave to be congratulated on.
        case birthday

        /// The key in the document.
        public var code: String {
            switch self {
            case .anniversary: "anniversary"
            case .count: "count"
            case .comeback: "return"
            case .tier: "tier"
            case .streak: "streak"
            case .regular: "regular"
            case .birthday: "birthday"
            }
        }
    }

    public struct Count: Sendable, Hashable {
        public var event: String
        public var condition: String?
        /// The numbers that are a moment: the first, the tenth.
        public var at: [Int64]
        /// Only for members whose first day with us is this one or later: whoever was there before has a past that
        /// nobody counted.
        public var since: Int32?
        /// Whether it counts per maker, for the makers among the signers. Below the level `personal` it counts nothing:
        /// whose articles a member reads is not kept there.
        public var isPerMaker: Bool

        public init(
            event: String, condition: String? = nil, at: [Int64], since: Int32? = nil, isPerMaker: Bool = false
        ) {
            self.event = event
            self.condition = condition
            self.at = at
            self.since = since
            self.isPerMaker = isPerMaker
        }
    }
}

/// A person of the house in whose name letters are sent: somebody with a face, who exists and answers for it.
public struct Signer: Sendable, Hashable {
    public var id: String
    public var name: String
    /// What they do, such as "editor of art".
    public var role: LocalizedText
    /// Their entry in the catalogue, which has their face and page.
    public var maker: String?
    /// The staff accounts that write for them, by name: a letter is signed by whoever wrote it, or by a desk that may. Empty:
    /// all staff who may change what members have, and keys of that scope.
    public var writers: [String]

    /// The most accounts that write for one person.
    public static let mostWriters = 20

    public init(
        id: String, name: String, role: LocalizedText = LocalizedText([:]), maker: String? = nil,
        writers: [String] = []
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.maker = maker
        self.writers = writers
    }

    /// Whether somebody may write in their name.
    ///
    /// - Parameters:
    ///   - account: the name of a staff account; `nil` for a program.
    ///   - mayChangeMembers: what they may do besides.
    public func mayBeWrittenFor(by account: String?, mayChangeMembers: Bool) -> Bool {
        writers.isEmpty ? mayChangeMembers : account.map(writers.contains) ?? false
    }
}

/// How letters by hand are shared out: the key `letters`.
public struct LetterTerms: Sendable, Hashable {
    /// The most letters that one signer is asked to write on a day.
    public var perDay: Int
    /// Nobody is asked to be written to again within so many days.
    public var restDays: Int
    /// So long after its moment nobody is asked to write any more: late thanks sound like a machine.
    public var withinDays: Int

    public static let usual = LetterTerms(perDay: 10, restDays: 60, withinDays: 14)

    public init(perDay: Int, restDays: Int, withinDays: Int) {
        self.perDay = perDay
        self.restDays = restDays
        self.withinDays = withinDays
    }
}
