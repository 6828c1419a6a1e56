public import Primitives

/// A member's question to the service desk, with what was said about it.
public struct ServiceThread: Sendable, Hashable {
    public enum State: Int64, Sendable, Hashable, CaseIterable {
        /// The desk is to answer.
        case open = 0
        /// The member is to say something.
        case answered = 1
        case closed = 2
    }

    public var id: ID128
    /// As it was asked; whom they became since, `Identities` knows.
    public var member: MemberID
    public var state: State
    /// The line of the member's history that it is about.
    public var effect: ID128?
    /// Days of the programme, since 1970-01-01.
    public var begunDay: Int32
    public var closedDay: Int32?
    /// In minutes since 1970-01-01, while the member waits for an answer.
    public var waitingSince: Int64?
    /// Whether anybody of the desk has answered.
    public var isAnswered: Bool
    public var hasSubject: Bool
    /// Who took it.
    public var staff: ID128?
    /// What the member said in the end.
    public var helped: Bool?
    /// Whether an answer is there that the member has not seen.
    public var isUnread: Bool
    public var messages: Int64
    /// How many minutes the first answer took, while it is written down.
    var firstAnswer: Int64?

    /// How long the member has waited at a moment, in whole minutes.
    public func waitingMinutes(at now: Instant) -> Int64? {
        waitingSince.map { max(0, ServiceDesk.minute(now) - $0) }
    }
}

/// One thing that was said.
public struct ServiceMessage: Sendable, Hashable {
    public enum Author: Int64, Sendable, Hashable, CaseIterable {
        case member = 0
        case staff = 1
        /// For the desk's own eyes.
        case note = 2

        /// As it stands in documents.
        public var name: String {
            switch self {
            case .member: "member"
            case .staff: "staff"
            case .note: "note"
            }
        }
    }

    public var id: ID128
    public var author: Author
    public var staff: ID128?
    public var day: Int32
    public var text: String
}

/// A question with all that was said.
public struct ServiceConversation: Sendable, Hashable {
    public var thread: ServiceThread
    public var subject: String?
    public var messages: [ServiceMessage]
}

/// How quickly the desk answers.
public struct ServiceFigures: Sendable, Hashable {
    /// Below so many answers nothing is said of how long they took.
    public static let least: Int64 = 10

    /// First answers in the last days.
    public var answers: Int64
    /// Half of the first answers came within so many minutes, and nine in ten; `nil` for fewer than ``least``.
    public var medianMinutes: Int64?
    public var ninetyMinutes: Int64?
    /// How many wait: less than an hour, less than a day, less than three, longer.
    public var waiting: [Int64]

    /// - Parameter counts: how many first answers took so many minutes.
    public init(_ counts: [(minutes: Int64, answers: Int64)], waiting: [Int64]) {
        let ordered = counts.sorted { $0.minutes < $1.minutes }
        let total = ordered.reduce(0) { $0 + $1.answers }
        answers = total
        self.waiting = waiting
        guard total >= Self.least else { return }
        /// The smallest time within which so many of a hundred were answered (nearest rank).
        func rank(_ percent: Int64) -> Int64? {
            let place = (total * percent + 99) / 100
            var seen: Int64 = 0
            for entry in ordered {
                seen += entry.answers
                if seen >= place { return entry.minutes }
            }
            return ordered.last?.minutes
        }
        medianMinutes = rank(50)
        ninetyMinutes = rank(90)
    }
}

/// What became of something that was said to the desk, or by it.
public enum ServiceOutcome: Sendable, Hashable {
    case done(ID128)
    /// Nothing in it, too long, or characters that no text for people needs.
    case unreadable
    /// As many questions or messages as the desk takes.
    case tooMany
    /// There is no such question, or it is over.
    case over
}
