public import Primitives

/// The right of one node to write for one partition, until another node takes it over.
public struct Lease: Sendable, Hashable {
    public let partition: Int
    /// Grows with every acquisition; whoever commits under an older one is refused.
    public let epoch: Int64
    /// From here on another node may take the partition over. Owning ends only when it does: the epoch decides.
    public let expiresAt: Instant

    public init(partition: Int, epoch: Int64, expiresAt: Instant) {
        self.partition = partition
        self.epoch = epoch
        self.expiresAt = expiresAt
    }
}
