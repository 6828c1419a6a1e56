internal import CSQLiteCount

/// What SQLite asked of the disk, counted as `stamgast-limit` counts it, for benchmarks.
public struct DiskUse: Sendable, Hashable {
    public var writes: Int64
    public var bytes: Int64
    public var syncs: Int64

    /// Counts databases that are opened from now on. Not for use beside open databases.
    ///
    /// - Throws: `.inputOutput` when SQLite has no file system to count on.
    public static func startCounting() throws(StorageProblem) {
        let code = stamgast_count_disk()
        guard code == 0 else { throw .inputOutput(code: Int(code)) }
    }

    /// What was counted since the start of the process; zero unless ``startCounting()`` was called.
    public static var total: DiskUse {
        let use = stamgast_disk_used()
        return DiskUse(writes: use.writes, bytes: use.bytes, syncs: use.syncs)
    }

    public static func - (left: DiskUse, right: DiskUse) -> DiskUse {
        DiskUse(
            writes: left.writes - right.writes, bytes: left.bytes - right.bytes, syncs: left.syncs - right.syncs)
    }
}
