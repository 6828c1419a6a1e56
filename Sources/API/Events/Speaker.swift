import Access
import Primitives
import Runtime
import Vault

/// Whom a request may speak for.
///
/// A secret key is the publisher's server, which knows its people. A publishable key stands in the source of pages:
/// whoever reads it may name visitors freely, and a known person only with that person's pass. Without this, anybody
/// could put events into, and read effects out of, the record of everybody whose identifier they can guess.
struct Speaker: Sendable {
    let passes: PagePasses
    let identities: Identities

    enum Verdict: Sendable {
        /// The event may be taken; the member, where a pass says who it is.
        case may(MemberID?)
        case mayNot(Problem.FieldError)
    }

    /// - Parameters:
    ///   - user: whom the message names as a known person.
    ///   - pass: as it came.
    func verdict(
        user: ExternalIdentity?, pass: String?, key: APIKey, now: Instant
    ) async throws -> Verdict {
        guard let pass else {
            return user == nil || key.kind == .live ? .may(nil) : .mayNot(Self.passNeeded)
        }
        guard let (programme, member) = passes.read(pass, now: now), programme == key.programme,
            let known = try await identities.canonical(member, programme: programme)
        else { return .mayNot(Self.badPass) }
        guard let user else { return .may(known) }
        // One answer for a stranger's name and for a name nobody has, so that nothing can be learnt about names.
        return try await identities.find(user, programme: programme) == known ? .may(known) : .mayNot(Self.foreignPass)
    }

    static let passNeeded = Problem.FieldError(
        "subject", "A publishable key speaks for visitors only: send the member's `pass`, or an `anonymousid`.")
    static let badPass = Problem.FieldError("pass", "The pass is not of this programme, or its time is over.")
    static let foreignPass = Problem.FieldError("subject", "The pass is not this subject's.")
}
