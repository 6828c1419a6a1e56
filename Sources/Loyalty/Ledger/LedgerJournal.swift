public import Primitives

/// What a wallet's operations did, in the form that is stored.
public struct LedgerJournal: Sendable, Hashable {
    public var transfers: [Transfer] = []
    public var entries: [Entry] = []
    /// Changed lots in their last state.
    public var lots: [ID128: Lot] = [:]
    public var lotUses: [LotUse] = []
    /// Opened and ended holds in their last state.
    public var holds: [ID128: Hold] = [:]

    public init() {}

    public var isEmpty: Bool { transfers.isEmpty && holds.isEmpty && lots.isEmpty }
}
