public import Primitives

extension CatalogueStore {
    /// Writes what a feed offers: makers that are not known yet, and every item that is in order.
    ///
    /// - Returns: what became of its items; ``PutResult/faults`` names those that were left out, beside ``Feed/faults``.
    public func put(_ programme: ProgrammeID, _ feed: Feed, now: Instant) async throws -> PutResult {
        _ = try await addMissingMakers(programme, feed.makers)
        return try await putAcceptable(programme, feed.items, now: now)
    }

    /// Writes the items that are in order, in as many calls as it takes, and names the others: where many come from
    /// elsewhere, one that is wrong must not keep the rest out.
    ///
    /// - Returns: the sums; ``PutResult/faults`` has one fault or more for each draft that was left out, indexed by its
    ///   place in `drafts`.
    public func putAcceptable(
        _ programme: ProgrammeID, _ drafts: [ItemDraft], now: Instant
    ) async throws -> PutResult {
        var sum = PutResult()
        var start = 0
        while start < drafts.count {
            let batch = Array(drafts[start..<min(start + limits.itemsPerCall, drafts.count)])
            var result = try await putItems(programme, batch, now: now)
            if !result.isAccepted {
                let faulty = Set(result.faults.map(\.index))
                sum.faults += result.faults.map {
                    DraftFault(index: start + $0.index, field: $0.field, problem: $0.problem, fix: $0.fix)
                }
                result = try await putItems(
                    programme, batch.enumerated().filter { !faulty.contains($0.offset) }.map(\.element), now: now)
            }
            sum.created += result.created
            sum.filled += result.filled
            sum.updated += result.updated
            sum.unchanged += result.unchanged
            sum.unknownMakers += result.unknownMakers
            sum.unknownSeries += result.unknownSeries
            start += batch.count
        }
        return sum
    }
}
