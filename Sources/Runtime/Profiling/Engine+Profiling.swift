public import Loyalty
public import Personalisation
public import Primitives
import Storage
import Synchronization
public import Vault

/// What a member chose about profiling.
public struct ProfilingStanding: Sendable, Hashable {
    /// The record that it is kept under.
    public var member: MemberID
    public var choice: ProfilingChoice
    /// Their time zone and the like.
    public var profile: MemberProfile
    /// The calendar day of the member on which a pause ends, in days since 1970-01-01; `nil` for none, and for one without
    /// end.
    public var pauseEndsOn: Int32?

    public init(member: MemberID, choice: ProfilingChoice, profile: MemberProfile, pauseEndsOn: Int32? = nil) {
        self.member = member
        self.choice = choice
        self.profile = profile
        self.pauseEndsOn = pauseEndsOn
    }
}

/// Where receipts of consents go; set once, when the house is built.
public final class ConsentDesk: Sendable {
    private let recorder = Mutex<ConsentRecorder?>(nil)

    public init() {}

    public func use(_ recorder: @escaping ConsentRecorder) { self.recorder.withLock { $0 = recorder } }

    /// Receipts go into the vault.
    func use(_ consents: Consents, _ random: any RandomBytes) {
        use { notes in
            for note in notes { try await consents.record(note, id: random.id()) }
        }
    }

    func record(_ notes: [ConsentNote]) async throws {
        guard !notes.isEmpty, let recorder = recorder.withLock({ $0 }) else { return }
        try await recorder(notes)
    }
}

extension Engine {
    /// What holds for a member's next request: read from the store each time, so a change is in force at once.
    ///
    /// - Returns: `nil` if there is no such programme.
    public func profiling(of member: MemberID, in programme: ProgrammeID) async throws -> ProfilingStanding? {
        guard let compiled = host[programme] else { return nil }
        let loyalty = LoyaltyStore(programme: programme)
        let store = ProfilingStore(programme: programme)
        let (state, stored) = try await database.read { connection in
            var state = try loyalty.load([member], joinedDay: 0, connection)[member]
            // A person can turn out to be a known one more than once.
            for _ in 0..<64 {
                guard let into = state?.profile.mergedInto else { break }
                state = try loyalty.load([into], joinedDay: 0, connection)[into]
            }
            let current = state?.id ?? member
            return (state, try store.choices(of: [current], connection)[current])
        }
        let profile = state?.profile ?? MemberProfile(joinedDay: 0)
        let choice = stored ?? .unsaid(at: profile.level)
        var day: Int32?
        if let end = choice.pausedUntil, end != .latest, choice.isPaused(at: clock.now()) {
            day = compiled.calendar(of: profile, offsets: zones).day(of: end)
        }
        return ProfilingStanding(
            member: state?.id ?? member, choice: choice, profile: profile, pauseEndsOn: day)
    }

    /// The level that holds for a purpose in a request, with what the vault knows of the member's age.
    public func level(
        for purpose: ProfilingPurpose, of member: MemberID, in programme: ProgrammeID, globalPrivacyControl: Bool
    ) async throws -> PrivacyLevel {
        guard let standing = try await profiling(of: member, in: programme) else { return .off }
        let level = standing.choice.level(
            for: purpose, at: clock.now(), globalPrivacyControl: globalPrivacyControl)
        guard level > .session, try await !mayBeProfiled(standing.member, in: programme) else { return level }
        return .session
    }

    /// Whether levels that keep a profile are open to a member: not to children, unless a parent agreed.
    public func mayBeProfiled(_ member: MemberID, in programme: ProgrammeID) async throws -> Bool {
        try await identities.ageBand(of: member, programme: programme)?.allowsProfiling ?? true
    }

    /// Whether a change asks for a level that keeps a profile.
    ///
    /// - Throws: `AgeProblem.tooYoung` where such levels are not open to the member.
    func isOpen(_ change: ProfilingChange, to member: MemberID, in programme: ProgrammeID) async throws -> Bool {
        guard change.levels.values.contains(where: { $0 > .session }) else { return false }
        guard try await mayBeProfiled(member, in: programme) else { throw AgeProblem.tooYoung }
        return true
    }

    /// Changes what a member chose: on disk, with all that goes because of it, when this returns.
    ///
    /// - Parameters:
    ///   - shown: by purpose, the words that the member read when they decided.
    ///   - language: of those words, as a tag.
    /// - Throws: `AgeProblem.tooYoung`; ``PipelineProblem``.
    @discardableResult
    public func choose(
        _ change: ProfilingChange, of member: MemberID, in programme: ProgrammeID, surface: ConsentNote.Surface,
        shown: [ProfilingPurpose: String] = [:], language: String? = nil
    ) async throws -> ProfilingOutcome? {
        let answer = try await perform(.profiling(change), member: member, in: programme)
        try await recordConsents(answer, in: programme, surface: surface, shown: shown, language: language)
        return answer.profiling
    }

    /// Leaves a receipt for each purpose of which the member said a level. Saying the same again leaves no second one, and
    /// makes up for one that a crash kept from being written. Who left the level `personal` leaves no history in the
    /// write-ahead log either.
    public func recordConsents(
        _ answer: Answer, in programme: ProgrammeID, surface: ConsentNote.Surface,
        shown: [ProfilingPurpose: String] = [:], language: String? = nil
    ) async throws {
        guard let outcome = answer.profiling else { return }
        if outcome.purges.contains(.history), let database = database as? SQLiteDatabase {
            // Freed pages are zeroed, but the write-ahead log still holds what they were.
            try await database.checkpoint()
        }
        let now = clock.now()
        try await consents.record(
            outcome.said.sorted { $0.key.rawValue < $1.key.rawValue }.map { purpose, step in
                ConsentNote(
                    programme: programme, member: answer.member, purpose: purpose, step: step, surface: surface,
                    shown: shown[purpose], language: language, keepsTime: outcome.choice.storageLevel == .personal,
                    at: now)
            })
    }
}
