public import Access
import Loyalty
import Personalisation
public import Primitives
import Storage
public import Vault

/// What became of something that was asked of the privacy office, or done there.
public enum PrivacyRequestOutcome: Sendable, Hashable {
    case done(ID128)
    /// Nothing in it, too long, or characters that no text for people needs.
    case unreadable
    /// As many requests are open as one member may have.
    case tooMany
    case unknown
    case refused(PrivacyRequest.Problem)
}

/// The requests of data subjects of a programme: opened by members and for letters, checked, answered within their time.
///
/// Every step of staff stands in the audit log, in the transaction that takes it.
public struct PrivacyRequests: Sendable {
    /// The most requests of a member that are not over.
    public static let mostOpen = 6
    /// The longest text, in Unicode scalars.
    public static let longestText = 4_000
    /// How many days a request that is over can be shown: three years.
    public static let keptDays: Int32 = 1_096
    /// The most requests that the office is shown.
    public static let queueLength = 1_000
    /// The privacy office reads what a member wrote to it.
    public static let purpose = RevealPurpose("privacy-office")

    private let engine: Engine
    private let persons: Persons
    private let erasure: Erasure

    public init(engine: Engine, persons: Persons, erasure: Erasure) {
        self.engine = engine
        self.persons = persons
        self.erasure = erasure
    }

    public func today(_ programme: ProgrammeID) throws -> Int32 {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        return compiled.calendar(offsets: engine.zones).day(of: engine.clock.now())
    }

    private func identifier(_ parts: [String], _ programme: ProgrammeID) -> ID128 {
        let bytes = engine.claims.bytes(
            ofParts: [Array("privacy".utf8), Array(programme.name.utf8)] + parts.map { Array($0.utf8) })
        return (ID128(bytes: bytes.prefix(16)) ?? ID128(high: 0, low: 0)).asUUID(version: 8)
    }

    private func answerID(_ request: ID128, _ programme: ProgrammeID) -> ID128 {
        identifier(["answer", request.description], programme)
    }

    private func records(_ member: MemberID, _ programme: ProgrammeID) async throws -> [MemberID] {
        let store = LoyaltyStore(programme: programme)
        let records = try await engine.database.read { try store.records(of: member, $0) }
        return records.isEmpty ? [member] : records
    }

    // MARK: Opening

    /// A member asks. The same key again is the same request; another key is another request, and is checked by itself.
    ///
    /// - Parameter text: may be empty.
    public func ask(
        _ kind: PrivacyRequest.Kind, text: String, of member: MemberID, in programme: ProgrammeID, key: String
    ) async throws -> PrivacyRequestOutcome {
        let id = identifier(["request", member.description, key], programme)
        return try await open(
            PrivacyRequest(id: id, member: member, kind: kind, receivedDay: try today(programme)), text: text,
            programme, by: .member)
    }

    /// Staff open a request for a letter.
    ///
    /// - Parameters:
    ///   - member: whose it seems to be; `nil` if the writer is no member that anybody found.
    ///   - received: the day on which the letter came, not after today: the month counts from there.
    public func open(
        letter kind: PrivacyRequest.Kind, of member: MemberID?, received: Int32, in programme: ProgrammeID, key: String,
        by actor: AuditActor
    ) async throws -> PrivacyRequestOutcome {
        let today = try today(programme)
        guard received <= today, received > today - 366 else { return .unreadable }
        let id = identifier(["letter", key], programme)
        return try await open(
            PrivacyRequest(id: id, member: member, kind: kind, isLetter: true, receivedDay: received), text: "",
            programme, by: actor)
    }

    private func open(
        _ request: PrivacyRequest, text: String, _ programme: ProgrammeID, by actor: AuditActor
    ) async throws -> PrivacyRequestOutcome {
        var request = request
        let clean = LetterText.clean(text, most: Self.longestText)
        if clean == nil, text.contains(where: { !$0.isWhitespace }) { return .unreadable }
        let store = PrivacyRequestStore(programme: programme)
        let id = request.id
        if try await engine.database.read({ try store.request(id, $0) }) != nil { return .done(id) }
        if let member = request.member {
            let records = try await records(member, programme)
            let others = try await engine.database.read { try store.requests(of: records, $0) }
            if !request.isLetter, others.count(where: { !$0.state.isOver }) >= Self.mostOpen { return .tooMany }
            if let clean {
                // The vault first: what is cut off here is a text that nothing names, and goes with its member.
                try await persons.keep(text: clean, as: request.id, of: member, programme: programme)
                request.hasText = true
            }
        }
        let (row, now) = (request, engine.clock.now())
        try await engine.database.write { connection in
            guard try store.insert(row, connection) else { return }
            try Audit.append(
                connection,
                AuditEntry(
                    programme: programme, at: now, actor: actor, action: "privacy.open", object: "request:\(row.id)",
                    after: row.kind.rawValue))
        }
        return .done(request.id)
    }

    // MARK: Reading

    /// A member's requests, the latest first.
    public func requests(of member: MemberID, in programme: ProgrammeID) async throws -> [PrivacyRequest] {
        let records = try await records(member, programme)
        let store = PrivacyRequestStore(programme: programme)
        return try await engine.database.read { try store.requests(of: records, $0) }
    }

    /// What is to be answered, by its last day, and then what is over.
    public func queue(in programme: ProgrammeID) async throws -> [PrivacyRequest] {
        let store = PrivacyRequestStore(programme: programme)
        return try await engine.database.read { try store.queue(limit: Self.queueLength, $0) }
    }

    public func request(_ id: ID128, in programme: ProgrammeID) async throws -> PrivacyRequest? {
        let store = PrivacyRequestStore(programme: programme)
        return try await engine.database.read { try store.request(id, $0) }
    }

    /// What the member wrote and what the office answered; a look of the office is logged for the member to see.
    public func words(
        of request: PrivacyRequest, in programme: ProgrammeID, purpose: RevealPurpose, actor: String
    ) async throws -> (text: String?, answer: String?) {
        var ids: [ID128] = []
        if request.hasText { ids.append(request.id) }
        if request.hasAnswer { ids.append(answerID(request.id, programme)) }
        let texts = try await persons.texts(
            ids, programme: programme, purpose: purpose, actor: actor, now: engine.clock.now())
        return (texts[request.id], texts[answerID(request.id, programme)])
    }

    // MARK: Steps

    /// Takes a step that carries nothing out.
    public func take(
        _ step: PrivacyRequest.Step, of id: ID128, in programme: ProgrammeID, staff: ID128?, by actor: AuditActor
    ) async throws -> PrivacyRequestOutcome {
        try await change(id, programme, by: actor, name: Self.name(of: step)) {
            request, today throws(PrivacyRequest.Problem) in
            try request.after(step, by: staff, today: today)
        }
    }

    /// Marks a request as the same as another one of its member, which stays to be checked and answered by itself.
    public func mark(
        _ id: ID128, duplicateOf other: ID128, in programme: ProgrammeID, by actor: AuditActor
    ) async throws -> PrivacyRequestOutcome {
        guard let original = try await request(other, in: programme) else { return .refused(.noOriginal) }
        return try await take(.duplicate(of: original), of: id, in: programme, staff: nil, by: actor)
    }

    /// Carries a checked request out: an erasure erases, an objection turns profiling off, a restriction pauses and turns
    /// it off; for the others the answer is what is given. Doing it twice does it once.
    ///
    /// - Parameter answer: to the member, sealed with their data; may be empty.
    public func complete(
        _ id: ID128, answer: String, in programme: ProgrammeID, staff: ID128?, by actor: AuditActor
    ) async throws -> PrivacyRequestOutcome {
        let clean = LetterText.clean(answer, most: Self.longestText)
        if clean == nil, answer.contains(where: { !$0.isWhitespace }) { return .unreadable }
        guard let before = try await request(id, in: programme) else { return .unknown }
        if before.state == .done { return .done(id) }
        let began = try await change(id, programme, by: actor, name: "begin") {
            request, today throws(PrivacyRequest.Problem) in
            try request.after(.begin, by: staff, today: today)
        }
        guard case .done = began else { return began }
        var hasAnswer = false
        if let member = before.member {
            do {
                switch before.kind {
                case .erasure: try await erasure.erase(member, in: programme, by: actor)
                case .objection: try await turnOff(member, pauses: false, programme)
                case .restriction: try await turnOff(member, pauses: true, programme)
                case .access, .rectification, .portability: break
                }
                if let clean, before.kind != .erasure {
                    try await persons.keep(
                        text: clean, as: answerID(id, programme), of: member, programme: programme)
                    hasAnswer = true
                }
            } catch VaultProblem.unknownMember {
                // Gone in between, or erased by the same step before a crash.
            }
        }
        let answered = hasAnswer
        return try await change(id, programme, by: actor, name: "complete") {
            request, today throws(PrivacyRequest.Problem) in
            if request.state == .done { return request }
            var next = try request.after(.complete, by: staff, today: today)
            next.hasAnswer = answered && next.member != nil
            return next
        }
    }

    private func turnOff(_ member: MemberID, pauses: Bool, _ programme: ProgrammeID) async throws {
        let answer = try await engine.perform(
            .profile(ProfileChange(level: .off, isPaused: pauses ? true : nil)), member: member, in: programme)
        // What the member had agreed to is taken back, with receipts that say so.
        try await engine.recordConsents(answer, in: programme, surface: .api)
    }

    private static func name(of step: PrivacyRequest.Step) -> String {
        switch step {
        case .check: "check"
        case .extend: "extend"
        case .begin: "begin"
        case .complete: "complete"
        case .refuse: "refuse"
        case .duplicate: "duplicate"
        case .withdraw: "withdraw"
        }
    }

    private func change(
        _ id: ID128, _ programme: ProgrammeID, by actor: AuditActor, name: String,
        _ decide: @escaping @Sendable (PrivacyRequest, Int32) throws(PrivacyRequest.Problem) -> PrivacyRequest
    ) async throws -> PrivacyRequestOutcome {
        let (store, today, now) = (PrivacyRequestStore(programme: programme), try today(programme), engine.clock.now())
        return try await engine.database.write { connection in
            guard let request = try store.lock(id, connection) else { return .unknown }
            let next: PrivacyRequest
            do {
                next = try decide(request, today)
            } catch let problem as PrivacyRequest.Problem {
                return .refused(problem)
            }
            guard next != request else { return .done(id) }
            try store.write(next, connection)
            let after =
                switch name {
                case "check": next.identity?.rawValue
                case "extend": next.extended?.rawValue
                case "refuse": next.refusal?.rawValue
                case "duplicate": next.duplicateOf.map { "request:\($0)" }
                default: next.kind.rawValue
                }
            try Audit.append(
                connection,
                AuditEntry(
                    programme: programme, at: now, actor: actor, action: "privacy." + name, object: "request:\(id)",
                    after: after))
            return .done(id)
        }
    }

    /// Removes what was over long ago, its words with it.
    ///
    /// - Returns: how many requests went.
    @discardableResult
    public func forget(_ programme: ProgrammeID) async throws -> Int {
        let (store, day) = (PrivacyRequestStore(programme: programme), try today(programme) - Self.keptDays)
        let old = try await engine.database.read { try store.ended(before: day, $0) }
        guard !old.isEmpty else { return 0 }
        // The words first: what is cut off here is a request without words, and is found again.
        try await persons.forget(texts: old + old.map { answerID($0, programme) }, programme: programme)
        try await engine.database.write { try store.remove(old, $0) }
        return old.count
    }
}

extension Home {
    /// The requests of data subjects of this home's programmes.
    public var privacyRequests: PrivacyRequests {
        PrivacyRequests(engine: engine, persons: vault.persons, erasure: erasure)
    }
}
