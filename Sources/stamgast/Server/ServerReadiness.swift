import API
import Runtime
import Storage

/// What must be well before requests are sent here.
struct ServerReadiness: ReadinessPort {
    let home: Home
    let lease: LeaseRenewal
    let keeper: KeeperService

    func checks() async -> [ReadinessCheck] {
        let canRead: Bool
        do {
            _ = try await home.database.read { try $0.query("SELECT 1", []).count }
            canRead = true
        } catch {
            canRead = false
        }
        return [
            ReadinessCheck(name: "database", isOK: canRead),
            ReadinessCheck(name: "disk", isOK: !home.engine.metrics.isReadOnly),
            ReadinessCheck(name: "lease", isOK: lease.holdsLease),
            ReadinessCheck(name: "clock", isOK: keeper.isClockSteady),
            ReadinessCheck(
                name: "keeper", isOK: true,
                measure: ReadinessCheck.Measure(name: "keeper_turn_milliseconds", value: keeper.lagMilliseconds)),
        ]
    }
}
