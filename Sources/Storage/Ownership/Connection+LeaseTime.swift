public import Primitives

extension Connection {
    /// The time by which leases are judged.
    ///
    /// Servers that share a database judge by its clock: with each one's own, a server whose clock is ahead would see every
    /// lease as expired and take over what is well, again and again. Everything else of a lease is the epoch's.
    ///
    /// - Parameter local: this process's own time: that of a database in a file, which has no other.
    public func leaseTime(_ local: Instant) throws(StorageProblem) -> Instant {
        guard engine == .postgres else { return local }
        // Not that of the transaction's start: taking over may have waited for another one.
        let row = try first("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint", [])
        guard let row else { return local }
        return Instant(milliseconds: try row.int(0))
    }
}
