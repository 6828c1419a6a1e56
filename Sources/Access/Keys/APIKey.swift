public import Primitives

/// An API key as it is listed: everything but the secret, which nobody can read again.
public struct APIKey: Sendable, Hashable {
    public let id: String
    public let kind: APIKeyText.Kind
    public let programme: ProgrammeID
    public let scopes: Set<Scope>
    /// What the key is for, in the words of whoever made it.
    public let label: String
    public let createdAt: Instant
    public let expiresAt: Instant?
    public let revokedAt: Instant?
    /// Days since 1970-01-01 (UTC); `nil` when it was never used.
    public let lastUsedDay: Int64?

    public var principal: Principal { .apiKey(programme: programme, scopes: scopes, keyID: id) }
}
