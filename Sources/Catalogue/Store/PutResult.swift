/// What became of a batch. With any fault nothing of it was kept.
public struct PutResult: Hashable, Sendable {
    /// Not known before.
    public var created = 0
    /// Known from events only until now.
    public var filled = 0
    public var updated = 0
    /// Already as sent.
    public var unchanged = 0
    /// Why the batch was refused; every fault of every entry. Empty when it was taken.
    public var faults: [DraftFault] = []
    /// Named by these items and not (yet) in the catalogue: no fault, but somebody should describe them. Sorted.
    public var unknownMakers: [MakerID] = []
    /// As `unknownMakers`.
    public var unknownSeries: [SeriesID] = []

    public init() {}

    init(faults: [DraftFault]) {
        self.faults = faults
    }

    /// Whether the batch was taken.
    public var isAccepted: Bool { faults.isEmpty }
}
