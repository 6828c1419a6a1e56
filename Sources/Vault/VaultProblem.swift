/// What can go wrong in the vault. No case carries a value that identifies a person.
public enum VaultProblem: Error, Hashable, Sendable {
    /// The vault knows no such member: never created, or erased.
    case unknownMember
    /// A sealed value does not open: the wrong key, or the row was tampered with or moved.
    case notAuthentic(what: String)
    /// A member's data key was wrapped by a version of the master key that is not here.
    case missingKeyVersion(purpose: KeyPurpose, id: Int)
    /// A value that no field or identity can have, with the rule it breaks.
    case invalid(field: String, expected: String)
    /// A person cannot be merged into itself or into one that was erased meanwhile.
    case notMergeable
    /// Two nodes created the same person at the same moment, several times in a row.
    case contention
}

extension VaultProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownMember: "the vault knows no such member"
        case .notAuthentic(let what): "\(what) does not open: it was sealed with another key, or changed"
        case .missingKeyVersion(let purpose, let id): "version \(id) of the \(purpose.rawValue) key is missing"
        case .invalid(let field, let expected): "`\(field)` expects \(expected)"
        case .notMergeable: "these two members cannot be merged"
        case .contention: "the same person was created elsewhere at the same moment, several times in a row"
        }
    }
}
