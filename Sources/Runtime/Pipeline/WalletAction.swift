import Loyalty
public import Primitives

/// What a member does with a shared wallet.
public enum WalletAction: Sendable, Hashable {
    /// - Parameter invitation: the keyed hash of the code with which others join.
    case open(kind: String, invitation: ID128)
    case join(invitation: ID128)
    /// - Parameter id: derived from the request; what the last member takes along has identifiers derived from it.
    case leave(id: ID128)
    case handOver(to: MemberID)
    case show(Bool)
    /// A new code; the one before opens nothing any more. Only the owner may.
    case renew(invitation: ID128)
    case donate(unit: String, amount: Int64, id: ID128)
    case draw(unit: String, amount: Int64, id: ID128)
}
