import Foundation
import NIOHTTP1
import Testing

@testable import stamgast

/// Reports that name nobody are counted by address, in memory.
@Suite(.serialized)
struct AnonymousReportLimitTests {
    @Test func oneAddressReportsSoMuchAnHour() async throws {
        try await Binary.withFolder { folder in
            let server = try await RunningServer.start(["--home", folder + "/home"])
            let browser = Browser(server.address)
            func report(_ path: String = "/v1/anonymous/events") async throws -> Int {
                try await browser.send(.POST, path, body: "{}", type: "application/json").status
            }
            // Without a key nothing is taken; it counts all the same.
            for attempt in 0..<AnonymousReportLimit.perHour {
                let status = try await report()
                #expect(status == 401, "attempt \(attempt)")
            }
            // While this went on, a slow machine has earned a few more.
            var turnedAway = false
            for _ in 0..<AnonymousReportLimit.perHour where !turnedAway { turnedAway = try await report() == 429 }
            #expect(turnedAway)
            // Events of members have limits of their own.
            #expect(try await report("/v1/events") == 401)
            #expect(await server.stop().status == 0)
        }
    }
}
