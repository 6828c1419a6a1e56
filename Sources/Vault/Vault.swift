public import Storage

/// The room that knows who members are: sealed personal data, external identities, and nothing of what anyone did.
///
/// It has a database and keys of its own. Everything else in the house works with the `MemberID`s it hands out.
public struct Vault: Sendable {
    /// From external identities to members: the hot path.
    public let identities: Identities
    /// Personal data: store, reveal with a reason, erase.
    public let persons: Persons
    /// What members decided about purposes, with the proof.
    public let consents: Consents
    /// What is left of each year's privacy budget.
    public let budget: PrivacyBudgetLedger

    /// - Parameters:
    ///   - database: the vault's own, migrated with ``schemas``.
    ///   - cachedIdentities: how many external identities are kept in memory, as hashes; about 60 bytes each.
    public init(
        database: any Database, keys: HomeKeys, random: any RandomBytes, cachedIdentities: Int = 500_000
    ) throws(VaultProblem) {
        let core = try VaultCore(database: database, keys: keys, random: random, cachedIdentities: cachedIdentities)
        identities = Identities(core: core)
        persons = Persons(core: core)
        consents = Consents(core: core)
        budget = PrivacyBudgetLedger(database: database)
    }

    /// The tables of the vault's database.
    public static let schemas = [KeyCheck.schema, schema, textSchema, consentSchema, PrivacyBudgetLedger.schema]
}
