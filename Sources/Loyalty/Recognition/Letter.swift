public import Primitives

/// A word from a person to a member at a moment of theirs: wanted from a writer, written, or sent by the programme under
/// its signer's name.
public struct Letter: Sendable, Hashable, Identifiable {
    public enum State: Int64, Sendable, Hashable, CaseIterable {
        /// Somebody might be asked to write it.
        case waiting = 0
        /// A signer was asked to write it, on ``askedDay``.
        case asked = 1
        case sent = 2
        /// The writer found nothing to write.
        case skipped = 3
        /// Its moment is too long ago.
        case lapsed = 4

        /// As written in answers.
        public var name: String {
            switch self {
            case .waiting: "waiting"
            case .asked: "asked"
            case .sent: "sent"
            case .skipped: "skipped"
            case .lapsed: "lapsed"
            }
        }
    }

    /// What a member answers: a sign and no text, so that nobody has to find words.
    public enum Reply: Int64, Sendable, Hashable, CaseIterable {
        case heart = 1
        case thanks = 2

        public var name: String { self == .heart ? "heart" : "thanks" }

        public init?(name: String) {
            guard let reply = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = reply
        }
    }

    public let id: ID128
    public let member: MemberID
    /// The occasion.
    public var occasion: String
    /// The version of the programme that it follows from.
    public var version: Int64
    /// The member's day of the moment.
    public var day: Int32
    /// The how-manieth year, event or day it is; 0 where nothing is counted.
    public var number: Int64
    /// The tier, the streak or the maker; empty where there is none.
    public var subject: String
    /// Empty until somebody is asked.
    public var signer: String
    public var state: State
    public var askedDay: Int32?
    public var sentDay: Int32?
    public var language: Language?
    /// The text, under a seal; empty until it is sent.
    public var sealed: [UInt8] = []
    public var reply: Reply?
    /// The text before it is sealed; never stored.
    public var text: String?

    public init(
        id: ID128, member: MemberID, occasion: String, version: Int64, day: Int32, number: Int64 = 0,
        subject: String = "", signer: String = "", state: State = .waiting
    ) {
        self.id = id
        self.member = member
        self.occasion = occasion
        self.version = version
        self.day = day
        self.number = number
        self.subject = subject
        self.signer = signer
        self.state = state
    }
}
