import Foundation
import Primitives
import Testing

/// The field for conditions in a real browser, by keyboard and by touch.
@Suite struct ExpressionFieldTests {
    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func `a condition is written with suggestions, mended and held against last week`() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let made = try await Binary.run("demo", "--people", "40", "--weeks", "1", "--home", home, "--json")
            #expect(made.status == 0, "\(made.errors)")
            let server = try await RunningServer.start(["--demo", "--home", home])
            let link = try #require(server.ready["console"]?.stringValue)
            let seen = try await Checks.run("expression_field.py", [server.address, link])
            #expect(seen.status == 0, "\(seen.errors)")
            #expect(seen.json?["checks"]?.intValue ?? 0 >= 30, "\(seen.output)")
            #expect(await server.stop().status == 0)
        }
    }
}
