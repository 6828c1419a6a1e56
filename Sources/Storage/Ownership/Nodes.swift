public import Primitives

/// The servers that share a database: who they are and where they answer, so that each takes its share of the leases
/// and passes on what is another's.
public struct Nodes: Sendable {
    /// The table `node`.
    public static let schema = Schema(
        room: "node",
        migrations: [
            Migration(
                number: 1, name: "nodes",
                statements: [
                    """
                    CREATE TABLE node (
                        owner {text} NOT NULL, address {text} NOT NULL, seen_at {int} NOT NULL, PRIMARY KEY (owner))
                    """
                ])
        ])

    /// A node that has not said for so long that it lives is not counted; its leases run out by themselves.
    public let lifetimeMilliseconds: Int64

    public init(lifetimeMilliseconds: Int64) {
        self.lifetimeMilliseconds = lifetimeMilliseconds
    }

    /// Says that a node lives, and forgets those that have long been silent.
    public func announce(
        _ connection: any Connection, owner: String, address: String, now: Instant
    ) throws(StorageProblem) {
        try connection.execute(
            """
            INSERT INTO node (owner, address, seen_at) VALUES (?, ?, ?)
            ON CONFLICT (owner) DO UPDATE SET address = excluded.address, seen_at = excluded.seen_at
            """, [.text(owner), .text(address), .instant(now)])
        try connection.execute(
            "DELETE FROM node WHERE seen_at < ?", [.instant(now.adding(milliseconds: -20 * lifetimeMilliseconds))])
    }

    /// Takes a node off the list: it stops.
    public func leave(_ connection: any Connection, owner: String) throws(StorageProblem) {
        try connection.execute("DELETE FROM node WHERE owner = ?", [.text(owner)])
    }

    /// The nodes that live.
    public func living(_ connection: any Connection, now: Instant) throws(StorageProblem) -> [String] {
        try connection.query(
            "SELECT owner FROM node WHERE seen_at >= ? ORDER BY owner",
            [.instant(now.adding(milliseconds: -lifetimeMilliseconds))]
        ).map { row throws(StorageProblem) in try row.text(0) }
    }

    /// Where a request about a partition belongs: at its owner, or, while nobody holds it, at the node that was heard of
    /// last, which will take it.
    ///
    /// - Parameter asking: the node that asks; it is never the answer.
    /// - Returns: `nil` if there is no such node.
    public func address(
        _ connection: any Connection, ofOwnerOf partition: Int, asking: String, now: Instant
    ) throws(StorageProblem) -> String? {
        let owner = try connection.first(
            """
            SELECT node.address FROM lease JOIN node ON node.owner = lease.owner
            WHERE lease.partition = ? AND lease.expires_at > ? AND lease.owner <> ?
            """, [.integer(Int64(partition)), .instant(now), .text(asking)])
        if let owner { return try owner.text(0) }
        let other = try connection.first(
            "SELECT address FROM node WHERE owner <> ? AND seen_at >= ? ORDER BY seen_at DESC, owner LIMIT 1",
            [.text(asking), .instant(now.adding(milliseconds: -lifetimeMilliseconds))])
        return try other?.text(0)
    }
}
