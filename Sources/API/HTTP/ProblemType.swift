/// The kinds of problem that the API answers with (RFC 9457). The URIs are identifiers that never change; the sentences
/// may.
public enum ProblemType: String, Sendable, CaseIterable {
    case malformedRequest = "malformed-request"
    case malformedJSON = "malformed-json"
    case unauthenticated
    case missingScope = "missing-scope"
    case passRefused = "pass-refused"
    case gateClosed = "gate-closed"
    case codeUsed = "code-used"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case contentTooLarge = "content-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case invalid
    case contradiction
    case keyReused = "idempotency-key-reused"
    case keyInUse = "idempotency-key-in-use"
    case rateLimited = "rate-limited"
    case overloaded
    case readOnly = "read-only"
    case unavailable
    case fault

    // A programme and its versions
    case outdatedVersion = "outdated-version"
    case invalidProgramme = "invalid-programme"
    case undecidedChanges = "undecided-changes"

    // Commands about a member
    case insufficientBalance = "insufficient-balance"
    case unknownReward = "unknown-reward"
    case unknownUnit = "unknown-unit"
    case notYet = "not-yet"
    case noLongerAvailable = "no-longer-available"
    case outOfStock = "out-of-stock"
    case memberLimit = "member-limit"
    case conditionNotMet = "condition-not-met"
    case unknownEffect = "unknown-effect"
    case notReversible = "not-reversible"
    case holdEnded = "hold-ended"
    case unknownEvent = "unknown-event"
    case alreadyAmended = "already-amended"
    case notAsSent = "not-as-sent"
    case amountOutOfRange = "amount-out-of-range"
    case unknownStreak = "unknown-streak"
    case pauseOutOfRange = "pause-out-of-range"
    case goalNotOffered = "goal-not-offered"
    case unknownTier = "unknown-tier"
    case notInvited = "not-invited"
    case invitationHolds = "invitation-holds"
    case transferRefused = "transfer-refused"
    case walletRefused = "wallet-refused"
    case notWaiting = "not-waiting"
    case fulfilmentOrder = "fulfilment-order"
    case raffleRefused = "raffle-refused"
    case referralRefused = "referral-refused"
    case playClosed = "play-closed"
    case noTryLeft = "no-try-left"
    case noAttempt = "no-attempt"
    case otherQuestion = "other-question"
    case letterEnded = "letter-ended"
    case signerRefused = "signer-refused"
    case proposalRefused = "proposal-refused"

    // Events in quarantine
    case eventUnknownType = "event-unknown-type"
    case eventMissingField = "event-missing-field"
    case eventUnknownField = "event-unknown-field"
    case eventWrongType = "event-wrong-type"
    case eventOutOfRange = "event-out-of-range"
    case eventTooLate = "event-too-late"
    case eventInFuture = "event-in-future"

    /// What all identifiers start with. Nothing need answer there.
    public static let base = "https://stamgast.dev/problems/"

    public var uri: String { Self.base + rawValue }

    /// The status code that goes with it.
    public var status: Int {
        switch self {
        case .malformedRequest, .malformedJSON: 400
        case .unauthenticated: 401
        case .missingScope, .passRefused, .gateClosed, .signerRefused: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .contradiction, .codeUsed, .keyReused, .keyInUse, .outdatedVersion, .insufficientBalance, .unknownReward,
            .unknownUnit, .notYet,
            .noLongerAvailable, .outOfStock, .memberLimit, .conditionNotMet, .unknownEffect, .notReversible, .holdEnded,
            .amountOutOfRange, .unknownStreak, .pauseOutOfRange, .goalNotOffered, .unknownTier, .notInvited,
            .invitationHolds, .transferRefused, .walletRefused, .unknownEvent, .alreadyAmended, .notAsSent,
            .invalidProgramme, .undecidedChanges, .notWaiting, .fulfilmentOrder, .raffleRefused, .referralRefused,
            .playClosed, .noTryLeft, .noAttempt, .otherQuestion,
            .letterEnded, .proposalRefused:
            409
        case .contentTooLarge: 413
        case .unsupportedMediaType: 415
        case .invalid, .eventUnknownType, .eventMissingField, .eventUnknownField,
            .eventWrongType, .eventOutOfRange, .eventTooLate, .eventInFuture:
            422
        case .rateLimited: 429
        case .fault: 500
        case .overloaded, .readOnly, .unavailable: 503
        }
    }

    /// The same sentence for every occurrence.
    public var title: String {
        switch self {
        case .malformedRequest: "The request cannot be read"
        case .malformedJSON: "The body is not JSON"
        case .unauthenticated: "An API key is needed"
        case .missingScope: "The API key may not do this"
        case .codeUsed: "The code was used before"
        case .gateClosed: "What was asked for is closed"
        case .passRefused: "The request may not speak for this person"
        case .notFound: "There is no such thing"
        case .unknownStreak: "The programme has no such streak"
        case .pauseOutOfRange: "The pause is too long, or too far away"
        case .unknownTier: "The programme has no such tier by invitation"
        case .notInvited: "The member is not invited"
        case .invitationHolds: "The member has accepted another invitation to this tier"
        case .goalNotOffered: "The streak offers no such goal"
        case .methodNotAllowed: "The method is not allowed here"
        case .contentTooLarge: "The request is too large"
        case .unsupportedMediaType: "The body has a type that is not understood here"
        case .invalid: "The request does not fit its description"
        case .contradiction: "The request contradicts itself"
        case .keyReused: "The idempotency key was used for another request"
        case .keyInUse: "A request with this idempotency key is still being answered"
        case .rateLimited: "Too many requests"
        case .overloaded: "The server has more work than it can hold"
        case .readOnly: "The server can only be read"
        case .unavailable: "The server cannot answer at the moment"
        case .fault: "The server failed"
        case .outdatedVersion: "The programme has changed since"
        case .invalidProgramme: "The programme has errors"
        case .undecidedChanges: "The programme does not say what becomes of members"
        case .insufficientBalance: "The balance is too low"
        case .unknownReward: "The programme has no such reward"
        case .unknownUnit: "The programme has no such unit"
        case .notYet: "The reward is not available yet"
        case .noLongerAvailable: "The reward is no longer available"
        case .outOfStock: "There is none left"
        case .memberLimit: "The member has had as many as one member may have"
        case .conditionNotMet: "The member does not meet the condition"
        case .unknownEffect: "The member has no such effect"
        case .notReversible: "The effect cannot be reversed"
        case .holdEnded: "The redemption has ended"
        case .unknownEvent: "The event was never taken"
        case .alreadyAmended: "The event was amended before"
        case .notAsSent: "The event was not sent like this"
        case .amountOutOfRange: "The amount is out of range"
        case .transferRefused: "The programme does not allow this transfer"
        case .walletRefused: "The shared wallet does not allow this"
        case .notWaiting: "Nobody can wait for it"
        case .fulfilmentOrder: "The redemption is not where that can happen"
        case .referralRefused: "The referral does not allow this"
        case .raffleRefused: "The raffle does not allow this"
        case .playClosed: "The quiz or contest is not open"
        case .noTryLeft: "The member has used all tries"
        case .noAttempt: "No attempt runs"
        case .otherQuestion: "Another question is next"
        case .letterEnded: "Nobody writes this letter any more"
        case .signerRefused: "Others write in this person's name"
        case .proposalRefused: "The proposal or vote cannot be taken"
        case .eventUnknownType: "The event type is not declared"
        case .eventMissingField: "A field of the event is missing"
        case .eventUnknownField: "A field of the event is not declared"
        case .eventWrongType: "A field of the event has the wrong type"
        case .eventOutOfRange: "A field of the event is out of range"
        case .eventTooLate: "The event is too old"
        case .eventInFuture: "The event lies in the future"
        }
    }
}
