public import Primitives
import Storage

/// Rows of gifts and shared wallets in a batch.
struct SharingRows: Sendable {
    var gifts = RowBatch(SharingStatements.gift)
    var wallets = RowBatch(SharingStatements.wallet)
    var memberships = RowBatch(SharingStatements.membership)

    var counts: [(table: String, count: Int)] {
        [("gift", gifts.count), ("shared_wallet", wallets.count), ("wallet_member", memberships.count)]
    }

    mutating func add(_ changes: Changes, of state: MemberState) {
        if changes.sharedChanged, let shared = state.shared {
            wallets.append(
                .id(state.id.value), .text(state.programme.name), .text(shared.kind),
                .integer(Int64(shared.openedDay)), .id(shared.invitation))
        }
        for wallet in changes.memberships.sorted() {
            guard let membership = state.memberships[wallet] else { continue }
            memberships.append(
                .id(state.id.value), .id(wallet.value), .text(state.programme.name), .text(membership.kind),
                .integer(membership.role.rawValue), .integer(Int64(membership.since)),
                .integer(membership.shows ? 1 : 0), .text(membership.givenText))
        }
    }

    func write(_ connection: any Connection) throws {
        if !gifts.isEmpty { try connection.enqueue(SharingStatements.gift, gifts) }
        if !wallets.isEmpty { try connection.enqueue(SharingStatements.wallet, wallets) }
        if !memberships.isEmpty { try connection.enqueue(SharingStatements.membership, memberships) }
    }
}

extension LoyaltyBatch {
    /// Remembers whose gift it is that a code stands for.
    public mutating func gift(_ id: ID128, of member: MemberID) {
        sharing.gifts.append(.id(id), .text(programme.name), .id(member.value))
    }
}

extension Membership {
    /// Amounts by unit as JSON.
    var givenText: String {
        let object = JSONObject(given.filter { $0.value != 0 }.map { ($0.key, JSONValue.integer($0.value)) })
        return String(decoding: JSONValue.object(object).canonicalBytes(), as: UTF8.self)
    }

    static func given(_ text: String) throws -> [String: Int64] {
        guard let value = try? JSONValue(parsing: text), case .object(let object) = value else {
            throw LoyaltyStoreProblem.unreadable(table: "wallet_member")
        }
        var given: [String: Int64] = [:]
        for entry in object {
            if case .integer(let amount) = entry.value { given[entry.key] = amount }
        }
        return given
    }
}
