public import Loyalty
public import Primitives
import Storage

/// A shared wallet as one of its members sees it. Who the others are is not in it, and what they gave only if they agreed:
/// neither what anybody read nor when.
public struct WalletView: Sendable {
    public var membership: Membership
    public var memberCount: Int64
    public var maySpend: Bool
    public var balances: [MemberSummary.Balance]
    /// What the other members gave who show it, each by unit.
    public var shown: [[String: Int64]]
}

extension Engine {
    /// The shared wallets that a member belongs to.
    public func wallets(of member: MemberID, in programme: ProgrammeID) async throws -> [WalletView] {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let store = LoyaltyStore(programme: programme)
        let now = clock.now()
        let zones = self.zones
        return try await database.read { connection in
            var root = member
            var states = try store.load([root], joinedDay: 0, connection)
            for _ in 0..<32 {
                guard let into = states[root]?.profile.mergedInto else { break }
                root = into
                states = try store.load([root], joinedDay: 0, connection)
            }
            guard let own = states[root] else { return [] }
            return try own.wallets.compactMap { membership -> WalletView? in
                guard let wallet = try store.load([membership.wallet], joinedDay: 0, connection)[membership.wallet],
                    let shared = wallet.shared
                else { return nil }
                let others = try store.members(of: membership.wallet, connection).filter { $0.member != root }
                let summary = MemberSummary(wallet, programme: compiled, offsets: zones, now: now)
                return WalletView(
                    membership: membership, memberCount: shared.memberCount,
                    maySpend: membership.role == .owner || compiled.walletKinds[shared.kind]?.spend == .any,
                    balances: summary.balances,
                    shown: others.map(\.membership).filter { $0.isCurrent && $0.shows }.map(\.given))
            }
        }
    }
}
