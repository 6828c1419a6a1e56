/// What can go wrong in the access room. No case carries a credential or a name.
public enum AccessProblem: Error, Hashable, Sendable {
    /// The credential does not prove anything. The reason is for logs and tests; callers answer 401 and nothing more.
    case unauthenticated(Reason)
    /// There is no such key, account or link.
    case notFound
    /// A value that cannot be stored, with the rule it breaks.
    case invalid(field: String, expected: String)
    /// It was made before from the same form; its secret was shown then.
    case madeBefore
    /// Nobody would be left to manage keys and staff.
    case lastOwner

    public enum Reason: String, Sendable {
        /// Not of the form of a credential; a typing error, most likely.
        case malformed
        /// Of the right form, and nobody's.
        case unknown
        case expired
        case revoked
        /// Good once, and used already.
        case used
        /// Signed by nobody we trust, or for somebody else.
        case untrusted
    }
}

extension AccessProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unauthenticated(let reason): "the credential is not accepted (\(reason.rawValue))"
        case .notFound: "there is no such thing"
        case .invalid(let field, let expected): "`\(field)` expects \(expected)"
        case .madeBefore: "it was made before"
        case .lastOwner: "somebody must be left to manage access"
        }
    }
}
