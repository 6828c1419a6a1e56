import Catalogue
public import Loyalty
public import Primitives
import Synchronization

/// The programmes in force and their catalogues: replaced as a whole, so that a running server takes a new version
/// between two batches and never in the middle of one.
public final class ProgrammeHost: Sendable {
    private let state = Mutex<[ProgrammeID: CompiledProgramme]>([:])
    private let isPaused = Mutex(false)
    private let zones = Mutex<[ProgrammeID: ZoneDataHistory]>([:])

    public init(_ programmes: [CompiledProgramme] = []) {
        for programme in programmes { put(programme) }
    }

    public func put(_ programme: CompiledProgramme) {
        state.withLock { $0[programme.id] = programme }
    }

    public func remove(_ programme: ProgrammeID) {
        state.withLock { _ = $0.removeValue(forKey: programme) }
        zones.withLock { _ = $0.removeValue(forKey: programme) }
    }

    /// Whether the calendar stands still because the clock jumped: nothing expires then, becomes spendable or ends by
    /// itself. Imports go on: they have a time of their own.
    public var pausesCalendar: Bool {
        get { isPaused.withLock { $0 } }
        set { isPaused.withLock { $0 = newValue } }
    }

    /// Under which time zone data a programme's decisions are made; empty before ``ZoneDataUpgrade`` has looked.
    public func zoneData(of programme: ProgrammeID) -> ZoneDataHistory {
        zones.withLock { $0[programme] ?? ZoneDataHistory() }
    }

    func put(_ zoneData: ZoneDataHistory, of programme: ProgrammeID) {
        zones.withLock { $0[programme] = zoneData }
    }

    public subscript(_ id: ProgrammeID) -> CompiledProgramme? {
        state.withLock { $0[id] }
    }

    public var all: [CompiledProgramme] {
        state.withLock { $0.values.sorted { $0.id < $1.id } }
    }
}
