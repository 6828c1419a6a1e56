public import Primitives
import Storage

extension CatalogueStore {
    /// Writes makers as sent, all or none; sending the same again changes nothing.
    ///
    /// - Throws: `.tooMany` beyond ``CatalogueLimits/makersPerProgramme``.
    public func putMakers(_ programme: ProgrammeID, _ drafts: [MakerDraft]) async throws -> PutResult {
        try await putMakers(programme, drafts, onlyMissing: false)
    }

    /// Adds the makers that are not known yet and leaves the others as they are, for makers found in feeds.
    func addMissingMakers(_ programme: ProgrammeID, _ drafts: [MakerDraft]) async throws -> PutResult {
        let snapshot = snapshot(programme)
        let missing = drafts.filter { draft in MakerID(draft.id).map { snapshot.maker($0) == nil } ?? false }
        return try await putMakers(programme, Array(missing.prefix(limits.itemsPerCall)), onlyMissing: true)
    }

    private func putMakers(
        _ programme: ProgrammeID, _ drafts: [MakerDraft], onlyMissing: Bool
    ) async throws -> PutResult {
        let (makers, faults) = MakerCheck(limits: limits).makers(drafts)
        guard faults.isEmpty, !makers.isEmpty else { return PutResult(faults: faults) }
        let table = EntryTable.makers(limit: limits.makersPerProgramme)
        let written = try await database.write { connection in
            try table.put(
                connection, programme,
                makers.map { ($0.id.text, MakerDraft(id: $0.id, content: $0.content).document.text()) },
                onlyMissing: onlyMissing)
        }
        var changes = Changes(revision: written.revision)
        for maker in makers where written.changed.contains(ItemID(unchecked: maker.id.text)) {
            let entry = Maker(id: maker.id, content: maker.content, revision: written.revision)
            changes.makers.append(EntryChange(id: maker.id.text, revision: written.revision, entry: entry))
        }
        apply(changes, to: programme)
        return written.result
    }

    /// Removes makers; items go on naming them by id only.
    ///
    /// - Returns: those that were there.
    public func removeMakers(_ programme: ProgrammeID, _ ids: [MakerID]) async throws -> [MakerID] {
        let (removed, revision) = try await remove(
            programme, ids.map(\.text), .makers(limit: limits.makersPerProgramme))
        apply(
            Changes(revision: revision, makers: removed.map { EntryChange(id: $0, revision: revision, entry: nil) }),
            to: programme)
        return removed.compactMap { MakerID($0) }
    }

    /// Writes series as sent, all or none; sending the same again changes nothing.
    ///
    /// - Throws: `.tooMany` beyond ``CatalogueLimits/seriesPerProgramme``.
    public func putSeries(_ programme: ProgrammeID, _ drafts: [SeriesDraft]) async throws -> PutResult {
        let (series, faults) = MakerCheck(limits: limits).series(drafts)
        guard faults.isEmpty, !series.isEmpty else { return PutResult(faults: faults) }
        let table = EntryTable.series(limit: limits.seriesPerProgramme)
        let written = try await database.write { connection in
            try table.put(
                connection, programme,
                series.map { ($0.id.text, SeriesDraft(id: $0.id, content: $0.content).document.text()) },
                onlyMissing: false)
        }
        var changes = Changes(revision: written.revision)
        for series in series where written.changed.contains(ItemID(unchecked: series.id.text)) {
            let entry = Series(id: series.id, content: series.content, revision: written.revision)
            changes.series.append(EntryChange(id: series.id.text, revision: written.revision, entry: entry))
        }
        apply(changes, to: programme)
        return written.result
    }

    /// Removes series; items go on naming them by id only.
    ///
    /// - Returns: those that were there.
    public func removeSeries(_ programme: ProgrammeID, _ ids: [SeriesID]) async throws -> [SeriesID] {
        let (removed, revision) = try await remove(
            programme, ids.map(\.text), .series(limit: limits.seriesPerProgramme))
        apply(
            Changes(revision: revision, series: removed.map { EntryChange(id: $0, revision: revision, entry: nil) }),
            to: programme)
        return removed.compactMap { SeriesID($0) }
    }

    private func remove(
        _ programme: ProgrammeID, _ ids: [String], _ table: EntryTable
    ) async throws -> (removed: [String], revision: Int64) {
        guard ids.count <= limits.itemsPerCall else {
            throw CatalogueProblem.tooMany(what: "\(table.plural) in one call", limit: limits.itemsPerCall)
        }
        return try await database.write { try table.remove($0, programme, ids) }
    }
}
