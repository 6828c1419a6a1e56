/// What a member asks the service desk.
public struct HelpQuestion: Sendable, Hashable {
    /// The longest text and the longest subject, in Unicode scalars.
    public static let longestText = 4_000
    public static let longestSubject = 120

    public var subject: String
    public var text: String
    /// The line of the history that it is about.
    public var line: String?

    public init(subject: String = "", text: String = "", line: String? = nil) {
        self.subject = subject
        self.text = text
        self.line = line
    }
}

/// Where a question stands.
public enum HelpState: String, Sendable, Hashable, CaseIterable {
    /// The desk is to answer.
    case open
    /// The member is to say something.
    case answered
    case closed
}

/// A member's questions to the service desk.
public struct HelpDesk: Sendable, Hashable {
    public struct Question: Sendable, Hashable {
        public var id: String
        public var day: LocalDay
        public var state: HelpState
        public var subject: String?
        /// Whether an answer came that the member has not seen.
        public var isNew: Bool

        public init(id: String, day: LocalDay, state: HelpState, subject: String? = nil, isNew: Bool = false) {
            self.id = id
            self.day = day
            self.state = state
            self.subject = subject
            self.isNew = isNew
        }
    }

    public var today: LocalDay
    public var questions: [Question]
    /// The line of the history that a new question would be about.
    public var line: HistoryLine?

    public init(today: LocalDay, questions: [Question] = [], line: HistoryLine? = nil) {
        self.today = today
        self.questions = questions
        self.line = line
    }
}

/// A question with all that was said.
public struct HelpConversation: Sendable, Hashable {
    public struct Message: Sendable, Hashable {
        public enum Author: String, Sendable, Hashable, CaseIterable {
            case member, desk
            /// For the desk's own eyes.
            case note
        }

        public var author: Author
        /// Whoever wrote it for the desk; only the desk is told.
        public var name: String?
        public var day: LocalDay
        public var text: String

        public init(author: Author, name: String? = nil, day: LocalDay, text: String) {
            self.author = author
            self.name = name
            self.day = day
            self.text = text
        }
    }

    public var id: String
    public var today: LocalDay
    public var begun: LocalDay
    public var state: HelpState
    public var subject: String?
    public var line: HistoryLine?
    public var messages: [Message]
    public var helped: Bool?

    public init(
        id: String, today: LocalDay, begun: LocalDay, state: HelpState, subject: String? = nil,
        line: HistoryLine? = nil, messages: [Message] = [], helped: Bool? = nil
    ) {
        self.id = id
        self.today = today
        self.begun = begun
        self.state = state
        self.subject = subject
        self.line = line
        self.messages = messages
        self.helped = helped
    }
}

/// What became of something that was said to the desk, or by it.
public enum HelpOutcome: Sendable, Hashable {
    /// The question it belongs to.
    case done(String)
    /// Nothing in it, too long, or characters that no text for people needs.
    case unreadable
    case tooMany
    /// There is no such question, or it is over.
    case over
}

/// The desk's queue, as staff see it: whose questions, and no words of them.
public struct ServiceQueue: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public var id: String
        /// The member's pseudonym.
        public var member: String
        public var day: LocalDay
        /// How long the member has waited for an answer.
        public var waitingMinutes: Int64?
        public var takenBy: String?
        public var isMine: Bool
        /// Whether it is about a line of their history.
        public var isAboutLine: Bool
        public var helped: Bool?

        public init(
            id: String, member: String, day: LocalDay, waitingMinutes: Int64? = nil, takenBy: String? = nil,
            isMine: Bool = false, isAboutLine: Bool = false, helped: Bool? = nil
        ) {
            self.id = id
            self.member = member
            self.day = day
            self.waitingMinutes = waitingMinutes
            self.takenBy = takenBy
            self.isMine = isMine
            self.isAboutLine = isAboutLine
            self.helped = helped
        }
    }

    /// How quickly the desk answers.
    public struct Figures: Sendable, Hashable {
        public var days: Int
        /// As it may be shown; `nil` for few.
        public var answers: Int64?
        public var medianMinutes: Int64?
        public var ninetyMinutes: Int64?
        /// How many wait: less than an hour, less than a day, less than three days, longer.
        public var waiting: [Int64]

        public init(
            days: Int, answers: Int64? = nil, medianMinutes: Int64? = nil, ninetyMinutes: Int64? = nil,
            waiting: [Int64]
        ) {
            self.days = days
            self.answers = answers
            self.medianMinutes = medianMinutes
            self.ninetyMinutes = ninetyMinutes
            self.waiting = waiting
        }
    }

    public var today: LocalDay
    public var state: HelpState
    /// Who waits longest first, what was closed last first.
    public var entries: [Entry]
    public var counts: [HelpState: Int64]
    /// For whoever may read figures.
    public var figures: Figures?

    public init(
        today: LocalDay, state: HelpState, entries: [Entry] = [], counts: [HelpState: Int64] = [:],
        figures: Figures? = nil
    ) {
        self.today = today
        self.state = state
        self.entries = entries
        self.counts = counts
        self.figures = figures
    }
}

/// One question as staff see it, with what they need to answer it.
public struct ServiceCase: Sendable, Hashable {
    public var conversation: HelpConversation
    public var takenBy: String?
    public var isMine: Bool
    public var waitingMinutes: Int64?
    /// The member's standing and the latest of their timeline; `nil` once they are erased.
    public var member: ConsoleMember?

    public init(
        conversation: HelpConversation, takenBy: String? = nil, isMine: Bool = false, waitingMinutes: Int64? = nil,
        member: ConsoleMember? = nil
    ) {
        self.conversation = conversation
        self.takenBy = takenBy
        self.isMine = isMine
        self.waitingMinutes = waitingMinutes
        self.member = member
    }
}

/// What staff do with a question beside answering it.
public enum ServiceStep: String, Sendable, Hashable, CaseIterable {
    case take, leave, close
}

/// What the service desk needs, on both sides of it.
public protocol ServiceSiteData: Sendable {
    /// - Parameter line: of the member's history, for a question about it; one that is not theirs is left out.
    func help(of member: SiteMember, about line: String?, language: Language) async throws -> HelpDesk
    /// Asks the desk; the same key again is the same question.
    func ask(_ question: HelpQuestion, for member: SiteMember, key: String) async throws -> HelpOutcome
    /// A question of the member's; from now on its answers are seen. `nil` if it is not theirs.
    func question(_ id: String, of member: SiteMember, language: Language) async throws -> HelpConversation?
    func write(_ text: String, inQuestion id: String, for member: SiteMember, key: String) async throws -> HelpOutcome
    /// Ends a question; `false` if it is not theirs.
    func close(question id: String, helped: Bool?, for member: SiteMember) async throws -> Bool
    /// - Throws: an HTTP error with the status 403 for staff who may not answer members, here and below.
    func serviceQueue(_ state: HelpState, for staff: SiteStaff, language: Language) async throws -> ServiceQueue
    /// One question. That somebody looked stands in the log of who saw personal data.
    func serviceCase(_ id: String, for staff: SiteStaff, language: Language) async throws -> ServiceCase?
    /// Answers, or notes something for the desk's own eyes; the same key again says nothing twice.
    func answer(
        _ text: String, isNote: Bool, question id: String, for staff: SiteStaff, key: String
    ) async throws -> HelpOutcome
    /// `false` if there is no such question.
    func step(_ step: ServiceStep, question id: String, for staff: SiteStaff) async throws -> Bool
}
