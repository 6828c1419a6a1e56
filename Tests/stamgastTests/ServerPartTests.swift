import Logging
import Primitives
import Synchronization
import Testing

@testable import stamgast

struct ServerPartTests {
    @Test func aLogLineCarriesOnlyFieldsOnTheList() throws {
        let lines = Mutex<[String]>([])
        let clock = FixedClock(Instant(seconds: 0))
        var logger = Logger(label: "test") { _ in
            ServerLog(level: .info, clock: clock) { line in lines.withLock { $0.append(line) } }
        }
        logger[metadataKey: "ip"] = "192.0.2.1"
        logger.info(
            "request", metadata: ["route": "/v1/members/{member}", "query": "email=a@example.org", "status": "200"])
        logger.debug("not said")
        let said = lines.withLock { $0 }
        #expect(
            said == [
                #"{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"request","route":"/v1/members/{member}","status":200}"#
            ])
    }

    @Test func aClockThatJumpsPausesExpiryUntilItHasGoneOnEvenly() {
        var guardian = ClockGuard(toleranceMilliseconds: 300_000)
        let steady = SuspendingClock.now
        let wall = Instant(seconds: 1_000_000)
        func observe(_ seconds: Int64, offBy jump: Int64) {
            guardian.observe(
                wall.adding(milliseconds: (seconds + jump) * 1_000), elapsed: steady.advanced(by: .seconds(seconds)))
        }
        observe(0, offBy: 0)
        observe(1, offBy: 0)
        observe(2, offBy: 299)
        #expect(guardian.isSteady, "below five minutes is no jump")
        observe(3, offBy: 1_000)
        #expect(!guardian.isSteady)
        observe(4, offBy: 1_000)
        #expect(!guardian.isSteady, "not at once")
        observe(304, offBy: 1_000)
        #expect(guardian.isSteady)
        observe(305, offBy: -1_000)
        #expect(!guardian.isSteady, "backwards is a jump, too")
    }
}
