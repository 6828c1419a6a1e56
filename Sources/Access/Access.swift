public import Storage
public import Vault

/// The room that decides who may do what: API keys, staff, sign-in, sessions, audit.
///
/// Its tables live in the main database and know members by pseudonym only.
public struct Access: Sendable {
    public let keys: APIKeys
    public let staff: StaffAccounts
    public let secrets: StaffSecrets
    public let identities: ExternalIdentities
    public let openID: OpenIDStates
    public let signIn: SignIn
    public let joining: JoinLinks
    public let sessions: Sessions
    public let passes: PagePasses
    public let accessTokens: AccessTokens
    public let meters: MeterTokens
    public let cards: Cards
    public let tills: TillSlips

    /// - Parameter database: the main one, migrated with ``schemas``.
    public init(database: any Database, keys: HomeKeys, random: any RandomBytes) throws(VaultProblem) {
        try self.init(database: database, keys: keys, random: random, cost: .standard)
    }

    /// - Parameter cost: of a password's hash; tests take less.
    init(
        database: any Database, keys: HomeKeys, random: any RandomBytes, cost: PasswordHash.Cost
    ) throws(VaultProblem) {
        let ring = keys.session
        self.keys = APIKeys(
            database: database, hashes: try SecretHashes(ring: ring, use: "api-key"), random: random)
        staff = StaffAccounts(database: database, random: random)
        sessions = Sessions(
            database: database, hashes: try SecretHashes(ring: ring, use: "session"),
            requestTokens: try SecretHashes(ring: ring, use: "cross-site request"), random: random)
        joining = JoinLinks(
            database: database, hashes: try SecretHashes(ring: ring, use: "sign-in"),
            sealed: try SealedText(ring: ring, use: "join link", random: random), sessions: sessions, random: random)
        secrets = try StaffSecrets(database: database, ring: ring, sessions: sessions, random: random, cost: cost)
        identities = ExternalIdentities(
            database: database, hashes: try SecretHashes(ring: ring, use: "external identity"), sessions: sessions)
        openID = OpenIDStates(
            database: database, seals: try SealedText(ring: ring, use: "open-id state", random: random),
            hashes: try SecretHashes(ring: ring, use: "open-id state"), random: random)
        passes = try PagePasses(ring: ring, random: random)
        accessTokens = try AccessTokens(database: database, ring: ring, pseudonyms: keys.pseudonym, random: random)
        meters = try MeterTokens(ring: ring)
        cards = try Cards(database: database, ring: ring, random: random)
        tills = try TillSlips(ring: ring, random: random)
        signIn = SignIn(
            database: database, hashes: try SecretHashes(ring: ring, use: "sign-in"), sessions: sessions,
            random: random)
    }

    /// The tables of this room, with the marks of the keys they need.
    public static let schemas = [KeyCheck.schema, schema]
}
