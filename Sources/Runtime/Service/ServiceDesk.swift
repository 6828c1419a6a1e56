import Loyalty
public import Primitives
import Storage
public import Vault

/// The service desk of programmes: a member asks, staff answer.
///
/// Words lie in the vault under the member's own key; the main database knows whose question it is, its day, and, while
/// somebody waits, since which minute. So how long answers take is known, and when a member wrote is not.
public struct ServiceDesk: Sendable {
    /// The most questions of a member that are not closed.
    public static let mostOpen = 5
    /// The most questions that a member begins on a day.
    public static let mostPerDay = 10
    /// The most that is said about a question, notes included.
    public static let mostMessages: Int64 = 200
    /// The most that a member says without having been answered.
    public static let mostUnanswered = 10
    /// The longest text, in Unicode scalars, and the longest subject.
    public static let longestText = 4_000
    public static let longestSubject = 120
    /// How many days a closed question is kept.
    public static let keptDays: Int32 = 731
    /// How many days figures look back.
    public static let figureDays: Int32 = 28
    /// The most questions of a state that a queue holds.
    public static let queueLength = 1_000

    private let engine: Engine
    private let persons: Persons

    public init(engine: Engine, persons: Persons) {
        self.engine = engine
        self.persons = persons
    }

    /// Minutes since 1970-01-01.
    static func minute(_ now: Instant) -> Int64 {
        Int64((Double(now.milliseconds) / 60_000).rounded(.down))
    }

    private func today(_ programme: ProgrammeID) throws -> Int32 {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        return compiled.calendar(offsets: engine.zones).day(of: engine.clock.now())
    }

    /// The member and everyone who turned out to be them.
    private func records(_ member: MemberID, _ programme: ProgrammeID) async throws -> [MemberID] {
        let store = LoyaltyStore(programme: programme)
        let records = try await engine.database.read { try store.records(of: member, $0) }
        return records.isEmpty ? [member] : records
    }

    private func identifier(_ parts: [String], _ programme: ProgrammeID) -> ID128 {
        let bytes = engine.claims.bytes(
            ofParts: [Array("service".utf8), Array(programme.name.utf8)] + parts.map { Array($0.utf8) })
        return (ID128(bytes: bytes.prefix(16)) ?? ID128(high: 0, low: 0)).asUUID(version: 8)
    }

    private func subjectID(_ thread: ID128, _ programme: ProgrammeID) -> ID128 {
        identifier(["subject", thread.description], programme)
    }

    // MARK: The member's

    /// Asks the desk. The same key again is the same question.
    ///
    /// - Parameter effect: the line of the member's history that it is about; one that is not theirs is left out.
    public func ask(
        subject: String, text: String, about effect: ID128?, of member: MemberID, in programme: ProgrammeID,
        key: String
    ) async throws -> ServiceOutcome {
        guard let clean = LetterText.clean(text, most: Self.longestText) else { return .unreadable }
        let title = LetterText.clean(subject, most: Self.longestSubject)
        if title == nil, subject.contains(where: { !$0.isWhitespace }) { return .unreadable }
        let today = try today(programme)
        let id = identifier(["question", member.description, key], programme)
        let records = try await records(member, programme)
        let loyalty = LoyaltyStore(programme: programme)
        let store = ServiceStore(programme: programme)
        let (known, others, line) = try await engine.database.read { connection in
            (
                try store.thread(id, connection),
                try store.threads(of: records, limit: .max, connection),
                try effect.flatMap { try loyalty.explanation($0, of: member, connection)?.id }
            )
        }
        if known != nil { return .done(id) }
        guard others.count(where: { $0.state != .closed }) < Self.mostOpen,
            others.count(where: { $0.begunDay == today }) < Self.mostPerDay
        else { return .tooMany }
        let thread = ServiceThread(
            id: id, member: member, state: .open, effect: line, begunDay: today,
            waitingSince: Self.minute(engine.clock.now()), isAnswered: false, hasSubject: title != nil,
            isUnread: false, messages: 1)
        let message = ServiceMessage(
            id: identifier(["message", id.description, key], programme), author: .member, day: today, text: clean)
        // The vault first: what is cut off here is a text that nothing names, and goes with its member.
        if let title {
            try await persons.keep(text: title, as: subjectID(id, programme), of: member, programme: programme)
        }
        try await persons.keep(text: clean, as: message.id, of: member, programme: programme)
        try await engine.database.write { connection in
            guard try store.insert(thread, connection) else { return }
            try store.insert(message, number: 1, in: thread, connection)
            try store.write(thread, connection)
        }
        try await takeBackIfErased(message.id, of: member, in: programme)
        return .done(id)
    }

    /// Says more about a question that is not closed. The same key again says nothing twice.
    public func write(
        _ text: String, in thread: ID128, of member: MemberID, programme: ProgrammeID, key: String
    ) async throws -> ServiceOutcome {
        guard let clean = LetterText.clean(text, most: Self.longestText) else { return .unreadable }
        guard let found = try await own(thread, of: member, in: programme) else { return .over }
        let now = engine.clock.now()
        let message = ServiceMessage(
            id: identifier(["message", thread.description, key], programme), author: .member,
            day: try today(programme), text: clean)
        return try await add(message, to: found, of: member, in: programme) { thread, said in
            guard thread.state != .closed else { return .over }
            guard
                said.reversed().prefix(while: { $0.author != .staff }).count(where: { $0.author == .member })
                    < Self.mostUnanswered
            else { return .tooMany }
            thread.state = .open
            thread.waitingSince = thread.waitingSince ?? Self.minute(now)
            return nil
        }
    }

    /// Ends a question: it was solved or not, or the member says neither.
    ///
    /// - Returns: `false` if there is no such question. One that is closed already keeps its day.
    public func close(
        _ thread: ID128, helped: Bool?, of member: MemberID, in programme: ProgrammeID
    ) async throws -> Bool {
        guard let found = try await own(thread, of: member, in: programme) else { return false }
        let today = try today(programme)
        let store = ServiceStore(programme: programme)
        return try await engine.database.write { connection in
            guard var thread = try store.thread(found.id, connection) else { return false }
            if thread.state != .closed { thread.closedDay = today }
            thread.state = .closed
            thread.waitingSince = nil
            thread.isUnread = false
            thread.helped = helped ?? thread.helped
            try store.write(thread, connection)
            return true
        }
    }

    /// A member's questions with their subjects, the newest first.
    public func questions(
        of member: MemberID, in programme: ProgrammeID, limit: Int = 50
    ) async throws -> [(thread: ServiceThread, subject: String?)] {
        let records = try await records(member, programme)
        let store = ServiceStore(programme: programme)
        let threads = try await engine.database.read { try store.threads(of: records, limit: limit, $0) }
        let subjects = try await persons.texts(
            threads.filter(\.hasSubject).map { subjectID($0.id, programme) }, programme: programme, purpose: .ownPage,
            actor: "member:" + member.description, now: engine.clock.now())
        return threads.map { ($0, subjects[subjectID($0.id, programme)]) }
    }

    /// All of a member's questions, without words, the oldest first.
    public func threads(of member: MemberID, in programme: ProgrammeID) async throws -> [ServiceThread] {
        let records = try await records(member, programme)
        let store = ServiceStore(programme: programme)
        return try await engine.database.read { try store.threads(of: records, limit: .max, $0) }.reversed()
    }

    /// A question of the member's, without what the desk notes for itself; from now on its answers are seen.
    public func question(
        _ thread: ID128, of member: MemberID, in programme: ProgrammeID
    ) async throws -> ServiceConversation? {
        guard let found = try await own(thread, of: member, in: programme) else { return nil }
        if found.isUnread {
            let store = ServiceStore(programme: programme)
            try await engine.database.write { try store.markRead(found, $0) }
        }
        var conversation = try await conversation(
            found, in: programme, purpose: .ownPage, actor: "member:" + member.description)
        conversation.messages.removeAll { $0.author == .note }
        return conversation
    }

    /// How many questions have an answer that the member has not seen.
    public func unread(of member: MemberID, in programme: ProgrammeID) async throws -> Int64 {
        let records = try await records(member, programme)
        let store = ServiceStore(programme: programme)
        return try await engine.database.read { try store.unread(of: records, $0) }
    }

    private func own(
        _ thread: ID128, of member: MemberID, in programme: ProgrammeID
    ) async throws -> ServiceThread? {
        let records = try await records(member, programme)
        let store = ServiceStore(programme: programme)
        guard let found = try await engine.database.read({ try store.thread(thread, $0) }),
            records.contains(found.member)
        else { return nil }
        return found
    }

    // MARK: The desk's

    /// The questions in a state: who waits longest first, what was closed last first.
    public func queue(
        _ state: ServiceThread.State, in programme: ProgrammeID
    ) async throws -> (threads: [ServiceThread], counts: [ServiceThread.State: Int64]) {
        let store = ServiceStore(programme: programme)
        return try await engine.database.read { connection in
            (try store.threads(state, limit: Self.queueLength, connection), try store.counts(connection))
        }
    }

    /// How quickly the desk answered in the last days, and who waits how long.
    public func figures(in programme: ProgrammeID) async throws -> ServiceFigures {
        let store = ServiceStore(programme: programme)
        let today = try today(programme)
        let now = Self.minute(engine.clock.now())
        let (counts, since) = try await engine.database.read { connection in
            (
                try store.answers(since: today - Self.figureDays + 1, connection),
                try store.waitingSince(connection)
            )
        }
        var waiting: [Int64] = [0, 0, 0, 0]
        for minute in since {
            switch now - minute {
            case ..<60: waiting[0] += 1
            case ..<1_440: waiting[1] += 1
            case ..<4_320: waiting[2] += 1
            default: waiting[3] += 1
            }
        }
        return ServiceFigures(counts, waiting: waiting)
    }

    /// A question as the desk sees it; that somebody looked stands in the vault's log.
    public func conversation(
        _ thread: ID128, in programme: ProgrammeID, actor: String, purpose: RevealPurpose = .service
    ) async throws -> ServiceConversation? {
        let store = ServiceStore(programme: programme)
        guard let found = try await engine.database.read({ try store.thread(thread, $0) }) else { return nil }
        return try await conversation(found, in: programme, purpose: purpose, actor: actor)
    }

    /// Answers a question, or notes something about it. The same key again says nothing twice.
    ///
    /// - Parameter isNote: for the desk's own eyes; a closed question takes notes, and no answers.
    public func answer(
        _ text: String, isNote: Bool, in thread: ID128, by staff: ID128, programme: ProgrammeID, key: String
    ) async throws -> ServiceOutcome {
        guard let clean = LetterText.clean(text, most: Self.longestText) else { return .unreadable }
        let store = ServiceStore(programme: programme)
        guard let found = try await engine.database.read({ try store.thread(thread, $0) }) else { return .over }
        let (now, today) = (Self.minute(engine.clock.now()), try today(programme))
        let message = ServiceMessage(
            id: identifier(["answer", thread.description, staff.description, key], programme),
            author: isNote ? .note : .staff, staff: staff, day: today, text: clean)
        return try await add(message, to: found, of: found.member, in: programme) { thread, _ in
            if isNote { return nil }
            guard thread.state != .closed else { return .over }
            thread.state = .answered
            thread.isUnread = true
            thread.staff = thread.staff ?? staff
            if !thread.isAnswered, let since = thread.waitingSince { thread.firstAnswer = max(0, now - since) }
            thread.isAnswered = true
            thread.waitingSince = nil
            return nil
        }
    }

    /// Takes a question, or gives it back to everybody.
    ///
    /// - Returns: `false` if there is no such question.
    public func take(_ thread: ID128, by staff: ID128?, in programme: ProgrammeID) async throws -> Bool {
        try await change(thread, in: programme) { $0.staff = staff }
    }

    /// The desk ends a question.
    public func close(_ thread: ID128, in programme: ProgrammeID) async throws -> Bool {
        let today = try today(programme)
        return try await change(thread, in: programme) { thread in
            guard thread.state != .closed else { return }
            thread.state = .closed
            thread.closedDay = today
            thread.waitingSince = nil
        }
    }

    private func change(
        _ thread: ID128, in programme: ProgrammeID, _ change: @escaping @Sendable (inout ServiceThread) -> Void
    ) async throws -> Bool {
        let store = ServiceStore(programme: programme)
        return try await engine.database.write { connection in
            guard var found = try store.thread(thread, connection) else { return false }
            change(&found)
            try store.write(found, connection)
            return true
        }
    }

    // MARK: Both

    private func conversation(
        _ thread: ServiceThread, in programme: ProgrammeID, purpose: RevealPurpose, actor: String
    ) async throws -> ServiceConversation {
        let store = ServiceStore(programme: programme)
        var messages = try await engine.database.read { try store.messages(of: thread, $0) }
        let subject = subjectID(thread.id, programme)
        let texts = try await persons.texts(
            messages.map(\.id) + (thread.hasSubject ? [subject] : []), programme: programme, purpose: purpose,
            actor: actor, now: engine.clock.now())
        for index in messages.indices { messages[index].text = texts[messages[index].id] ?? "" }
        return ServiceConversation(thread: thread, subject: texts[subject], messages: messages)
    }

    /// Adds what was said, once. `decide` changes the question, or says why it cannot be.
    private func add(
        _ message: ServiceMessage, to thread: ServiceThread, of member: MemberID, in programme: ProgrammeID,
        _ decide: @escaping @Sendable (inout ServiceThread, [ServiceMessage]) -> ServiceOutcome?
    ) async throws -> ServiceOutcome {
        let store = ServiceStore(programme: programme)
        do {
            try await persons.keep(text: message.text, as: message.id, of: member, programme: programme)
        } catch VaultProblem.unknownMember {
            return .over
        }
        let (outcome, isKept) = try await engine.database.write { connection -> (ServiceOutcome, Bool) in
            guard var found = try store.lock(thread, connection) else { return (.over, false) }
            let said = try store.messages(of: found, connection)
            func leave(_ outcome: ServiceOutcome, _ isKept: Bool) throws -> (ServiceOutcome, Bool) {
                found.messages -= 1
                try store.write(found, connection)
                return (outcome, isKept)
            }
            if said.contains(where: { $0.id == message.id }) { return try leave(.done(found.id), true) }
            guard found.messages <= Self.mostMessages else { return try leave(.tooMany, false) }
            if let refusal = decide(&found, said) { return try leave(refusal, false) }
            try store.insert(message, number: found.messages, in: found, connection)
            try store.write(found, connection)
            if let minutes = found.firstAnswer {
                try store.count(answerAfter: minutes, on: message.day, connection)
            }
            return (.done(found.id), true)
        }
        if !isKept { try await persons.forget(texts: [message.id], programme: programme) }
        try await takeBackIfErased(message.id, of: thread.member, in: programme)
        return outcome
    }

    /// Whoever was erased between the vault and the main database leaves no row here either.
    private func takeBackIfErased(_ text: ID128, of member: MemberID, in programme: ProgrammeID) async throws {
        guard try await engine.identities.canonical(member, programme: programme) == nil else { return }
        let store = ServiceStore(programme: programme)
        _ = try await engine.database.write { try store.erase([member], $0) }
    }

    // MARK: Forgetting

    /// Removes what was closed long ago, its words with it.
    ///
    /// - Returns: how many questions went.
    @discardableResult
    public func forget(_ programme: ProgrammeID) async throws -> Int {
        let store = ServiceStore(programme: programme)
        let today = try today(programme)
        var total = 0
        while true {
            let threads = try await engine.database.read {
                try store.closed(before: today - Self.keptDays, limit: 200, $0)
            }
            guard !threads.isEmpty else { break }
            var texts: [ID128] = []
            for thread in threads {
                texts.append(subjectID(thread.id, programme))
                texts += try await engine.database.read { try store.messages(of: thread, $0) }.map(\.id)
            }
            // The words first: what is cut off here is a question without words, and is found again.
            try await persons.forget(texts: texts, programme: programme)
            try await engine.database.write { connection in
                for thread in threads { try store.remove(thread, connection) }
            }
            total += threads.count
        }
        try await engine.database.write { try store.forgetAnswers(before: today - 400, $0) }
        return total
    }
}

extension Home {
    /// The service desk of this home's programmes.
    public var service: ServiceDesk { ServiceDesk(engine: engine, persons: vault.persons) }
}
