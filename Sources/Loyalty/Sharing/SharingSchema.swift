public import Storage

/// The tables of gifts and shared wallets. None names an item.
public enum SharingSchema {
    public static let schema = Schema(
        room: "sharing",
        migrations: [
            // gift.gift_id and shared_wallet.invitation: keyed hashes of codes, so that a copy of the tables opens nothing.
            Migration(
                number: 1, name: "gifts and shared wallets",
                statements: [
                    """
                    CREATE TABLE gift (
                        gift_id {id} NOT NULL, programme_id {text} NOT NULL, member_id {id} NOT NULL,
                        PRIMARY KEY (gift_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX gift_member ON gift (member_id)",
                    """
                    CREATE TABLE shared_wallet (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, kind {text} NOT NULL,
                        opened_day {int} NOT NULL, invitation {id} NOT NULL, PRIMARY KEY (member_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX shared_wallet_invitation ON shared_wallet (invitation)",
                    """
                    CREATE TABLE wallet_member (
                        member_id {id} NOT NULL, wallet_id {id} NOT NULL, programme_id {text} NOT NULL,
                        kind {text} NOT NULL, role {int} NOT NULL, since_day {int} NOT NULL, shows {int} NOT NULL,
                        given {text} NOT NULL, PRIMARY KEY (member_id, wallet_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX wallet_member_wallet ON wallet_member (wallet_id)",
                ], isAdditive: true)
        ])
}

enum SharingStatements {
    static let gift = BulkStatement.insert(
        into: "gift", columns: [("gift_id", .id), ("programme_id", .text), ("member_id", .id)])
    static let wallet = BulkStatement.insert(
        into: "shared_wallet",
        columns: [
            ("member_id", .id), ("programme_id", .text), ("kind", .text), ("opened_day", .integer),
            ("invitation", .id),
        ],
        onConflict: .update(keys: ["member_id"], set: ["kind", "invitation"]))
    static let membership = BulkStatement.insert(
        into: "wallet_member",
        columns: [
            ("member_id", .id), ("wallet_id", .id), ("programme_id", .text), ("kind", .text), ("role", .integer),
            ("since_day", .integer), ("shows", .integer), ("given", .text),
        ],
        onConflict: .update(
            keys: ["member_id", "wallet_id"], set: ["kind", "role", "since_day", "shows", "given"]))
}
