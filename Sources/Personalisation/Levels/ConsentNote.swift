import Loyalty
public import Primitives

/// A consent that was given, or taken back: what the receipt of it is made of.
public struct ConsentNote: Sendable, Hashable {
    /// Where the member said it.
    public enum Surface: String, Sendable, Hashable { case page, question, api }

    public var programme: ProgrammeID
    public var member: MemberID
    public var purpose: ProfilingPurpose
    public var step: ProfilingOutcome.Step
    public var surface: Surface
    /// The words that the member read; `nil` from an API.
    public var shown: String?
    /// The language of those words, as a tag; `nil` from an API.
    public var language: String?
    /// Whether the time of day may be kept: at the level `personal` only.
    public var keepsTime: Bool
    public var at: Instant

    /// Without a profile, a consent is taken back or refused.
    public var isWithdrawal: Bool { step.after <= .session }

    public init(
        programme: ProgrammeID, member: MemberID, purpose: ProfilingPurpose, step: ProfilingOutcome.Step,
        surface: Surface, shown: String? = nil, language: String? = nil, keepsTime: Bool = false, at: Instant
    ) {
        self.programme = programme
        self.member = member
        self.purpose = purpose
        self.step = step
        self.surface = surface
        self.shown = shown
        self.language = language
        self.keepsTime = keepsTime
        self.at = at
    }
}

/// Keeps receipts of consents. Called once the choice is on disk; twice the same is once.
public typealias ConsentRecorder = @Sendable ([ConsentNote]) async throws -> Void
