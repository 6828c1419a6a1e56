public import Crypto
public import Primitives

/// Names for a person that only the vault can trace back: one per domain, epoch and programme.
///
/// `K = HKDF-SHA256(root, salt: "personamode/v1", info: "<domain>|epoch=<n>", 32 bytes)` and the pseudonym is the first
/// 16 bytes of `HMAC-SHA256(K, uuid)`, the UUID as lower-case hyphenated ASCII. Within a programme the info is
/// `"<domain>|epoch=<n>|programme=<name>"`: a programme's name has no `|`, so no two infos read alike, and two
/// programmes of one home cannot compare their members.
///
/// The person's UUID is random and lives in the vault only; pseudonyms are never made of an e-mail address or another
/// external identity, which could be guessed.
public struct Pseudonymiser: Sendable {
    /// Where a pseudonym is used. Two domains cannot be joined without the vault.
    public enum Domain: String, Sendable {
        /// Points, progress, everything that lasts: the ``MemberID``.
        case ledger
        /// Behaviour; its epochs end, and destroying an epoch's key makes its rows unlinkable.
        case behaviour
        /// Message delivery.
        case mail
    }

    private let family: KeyedHashFamily

    public init(root: SymmetricKey) {
        family = KeyedHashFamily(root: root, salt: "personamode/v1")
    }

    /// The pseudonym outside any programme.
    public func pseudonym(of person: ID128, domain: Domain, epoch: Int) -> ID128 {
        family.hash(use: "\(domain.rawValue)|epoch=\(epoch)").id(of: person.description)
    }

    /// The pseudonym within a programme.
    public func pseudonym(of person: ID128, domain: Domain, epoch: Int, programme: ProgrammeID) -> ID128 {
        family.hash(use: "\(domain.rawValue)|epoch=\(epoch)|programme=\(programme.name)").id(of: person.description)
    }

    /// The member that a person is within a programme.
    public func member(_ person: ID128, domain: Domain, epoch: Int, programme: ProgrammeID) -> MemberID {
        MemberID(pseudonym(of: person, domain: domain, epoch: epoch, programme: programme))
    }
}
