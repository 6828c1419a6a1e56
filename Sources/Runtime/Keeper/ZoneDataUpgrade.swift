import Loyalty
public import Primitives
import Storage

/// What has to happen before anything is decided under another version of the time zone data.
public enum ZoneDataUpgrade {
    /// Compares the version in force with the newest that the programme was decided under. If they differ, what waits for
    /// the start of a day is moved first and the version is recorded after that: a crash in between begins anew.
    ///
    /// Called under the programme's lease, before anything is answered or settled for it.
    ///
    /// - Returns: whether the version is a new one.
    @discardableResult
    public static func carryOut(_ engine: Engine, _ programme: ProgrammeID) async throws -> Bool {
        guard let compiled = engine.host[programme] else { return false }
        engine.zones.readAll()
        let store = LoyaltyStore(programme: programme)
        let history = try await engine.database.read { try store.zoneData($0) }
        guard history.newest?.name != engine.zones.version else {
            engine.host.put(history, of: programme)
            return false
        }
        let now = engine.clock.now()
        try await Keeper.reschedule(engine, programme, at: now)
        let version = ZoneDataHistory.Version(
            number: (history.newest?.number ?? 0) + 1, name: engine.zones.version,
            firstDay: compiled.calendar(offsets: engine.zones).day(of: now), at: now)
        let work = Alone { try store.record(version, $0) }
        let nobody = MemberID(ID128(high: 0, low: 0))
        for answer in try await engine.submit([
            Command(programme: programme, member: nobody, action: .alone(work), now: now)
        ]) {
            _ = try answer.get()
        }
        engine.host.put(ZoneDataHistory(history.versions + [version]), of: programme)
        return true
    }
}
