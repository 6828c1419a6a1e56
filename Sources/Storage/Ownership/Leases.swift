public import Primitives

/// Who writes for which partition.
///
/// A node acquires a partition, renews well before the lease expires, and calls ``check(_:_:)`` in every transaction
/// that commits for it. The check holds on to the lease's row until the commit, so a takeover comes either after that
/// commit or before it, and then the commit fails: a node that was paused past its lease cannot write any more,
/// whatever its own clock says.
public struct Leases: Sendable {
    /// The table `lease`.
    public static let schema = Schema(
        room: "lease",
        migrations: [
            Migration(
                number: 1, name: "leases",
                statements: [
                    """
                    CREATE TABLE lease (
                        partition {int} NOT NULL, owner {text} NOT NULL, epoch {int} NOT NULL,
                        expires_at {int} NOT NULL, PRIMARY KEY (partition)) {clustered}
                    """
                ])
        ])

    /// This node. Two running processes never share a name.
    public let owner: String
    public let durationMilliseconds: Int64

    public init(owner: String, durationMilliseconds: Int64) {
        self.owner = owner
        self.durationMilliseconds = durationMilliseconds
    }

    /// Takes the partition if nobody holds it, its lease expired or it is held under our own name (by an earlier start
    /// of this node, which is thereby shut out).
    ///
    /// Read what the partition holds in a later transaction: this one's snapshot may be older than the former owner's
    /// last commit.
    ///
    /// - Returns: `nil` while another node holds it.
    public func acquire(_ connection: any Connection, partition: Int, now: Instant) throws(StorageProblem) -> Lease? {
        let expiry = now.adding(milliseconds: durationMilliseconds)
        let inserted = try connection.execute(
            "INSERT INTO lease (partition, owner, epoch, expires_at) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING",
            [.integer(Int64(partition)), .text(owner), .instant(expiry)])
        if inserted == 1 { return Lease(partition: partition, epoch: 1, expiresAt: expiry) }
        let taken = try connection.first(
            """
            UPDATE lease SET owner = ?, epoch = epoch + 1, expires_at = ?
            WHERE partition = ? AND (expires_at <= ? OR owner = ?) RETURNING epoch
            """,
            [.text(owner), .instant(expiry), .integer(Int64(partition)), .instant(now), .text(owner)])
        guard let taken else { return nil }
        return Lease(partition: partition, epoch: try taken.int(0), expiresAt: expiry)
    }

    /// Prolongs the lease.
    ///
    /// - Throws: `.leaseLost` when another node, or a later start of this one, took the partition over.
    public func renew(_ connection: any Connection, _ lease: Lease, now: Instant) throws(StorageProblem) -> Lease {
        let expiry = now.adding(milliseconds: durationMilliseconds)
        let renewed = try connection.execute(
            "UPDATE lease SET expires_at = ? WHERE partition = ? AND epoch = ?",
            [.instant(expiry), .integer(Int64(lease.partition)), .integer(lease.epoch)])
        guard renewed == 1 else { throw .leaseLost(partition: lease.partition, epoch: lease.epoch) }
        return Lease(partition: lease.partition, epoch: lease.epoch, expiresAt: expiry)
    }

    /// Every lease: by partition, who holds it and until when.
    public func all(
        _ connection: any Connection
    ) throws(StorageProblem) -> [Int: (owner: String, expiresAt: Instant)] {
        var all: [Int: (owner: String, expiresAt: Instant)] = [:]
        for row in try connection.query("SELECT partition, owner, expires_at FROM lease") {
            all[Int(try row.int(0))] = (try row.text(1), try row.instant(2))
        }
        return all
    }

    /// Lets the partition go, so that another node need not wait for the lease to expire. Does nothing when it is
    /// already another's.
    public func release(_ connection: any Connection, _ lease: Lease) throws(StorageProblem) {
        try connection.execute(
            "UPDATE lease SET expires_at = 0 WHERE partition = ? AND epoch = ?",
            [.integer(Int64(lease.partition)), .integer(lease.epoch)])
    }

    /// Asserts, inside the transaction that is about to commit for the partition, that it is still ours.
    ///
    /// - Throws: `.leaseLost` when it is not.
    public static func check(
        _ connection: any Connection, partition: Int, epoch: Int64
    ) throws(StorageProblem) {
        // On SQLite there is one writing transaction at a time. PostgreSQL keeps the row from changing until we commit;
        // a change since our snapshot makes the transaction start over and see it.
        let sql =
            switch connection.engine {
            case .sqlite: "SELECT epoch FROM lease WHERE partition = ?"
            case .postgres: "SELECT epoch FROM lease WHERE partition = ? FOR SHARE"
            }
        let row = try connection.first(sql, [.integer(Int64(partition))])
        guard try row?.int(0) == epoch else { throw .leaseLost(partition: partition, epoch: epoch) }
    }

    /// As ``check(_:partition:epoch:)``.
    public static func check(_ connection: any Connection, _ lease: Lease) throws(StorageProblem) {
        try check(connection, partition: lease.partition, epoch: lease.epoch)
    }
}
