/// Why a page cannot be shown. Becomes a status and a page in `PageErrors`.
enum SiteProblem: Error, Sendable, Equatable {
    /// No session of the needed kind.
    case signInNeeded
    /// A page that shows more than figures over several members, or, to the service desk's people, more than theirs.
    case aggregatesOnly
    /// A home without a programme, and somebody who may begin one.
    case begins
    /// A home without a programme.
    case empty
    case notFound
    /// A sign-in link that is unknown, used or expired.
    case gone
    /// A form without its token, or from another site.
    case formRefused
    /// A body that is no form of ours, or larger than 16 KiB.
    case formUnreadable
}
