/// What a key of a home is for. One key never serves two purposes, and the vault shares none with the main database
/// but the root of the pseudonyms, which joins the two.
public enum KeyPurpose: String, Sendable, CaseIterable, Hashable {
    /// Wraps the data key of every person in the vault.
    case vault
    /// Hashes external identities for look-up. Apart from ``vault``, so that wrapping keys can rotate without
    /// computing every index anew.
    case index
    /// The root all pseudonyms are derived from.
    case pseudonym
    /// Hashes requests for idempotency records.
    case claim
    /// Sessions, sign-in links, API key hashes and cross-site request tokens.
    case session

    /// Whether the key can have several versions. What the others made is compared, not opened: under a new version
    /// nobody would be recognised any more.
    public var isRotatable: Bool { self == .vault || self == .session }

    /// The file of the key inside the key folder.
    public var fileName: String { rawValue + ".key" }

    /// The environment variable that takes the file's place.
    public var environmentVariable: String { "STAMGAST_" + rawValue.uppercased() + "_KEY" }
}
