import Foundation
import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// Whoever leads people sees figures over several of them, and no page of one.
@Suite struct AggregatesTests {
    private static let lead = ["cookie": "stamgast-staff=lead-secret"]

    private func data() -> FakeSiteData {
        let data = FakeSiteData()
        data.state.withLock {
            $0.staff["lead-secret"] = SiteStaff(programme: Samples.programme, staff: "s2", seesAggregatesOnly: true)
        }
        return data
    }

    /// Every address of the console that stands in the routes' source.
    private static func consoleRoutes() throws -> [(method: String, path: String)] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Site/Routes", directoryHint: .isDirectory)
        var routes: [(String, String)] = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/router\.(get|post)\("(/console[^"]*)"/#) {
                routes.append((String(match.1), String(match.2).replacing(#/\{[a-z]+\}/#, with: "x")))
            }
        }
        return routes
    }

    @Test func noPageOfTheConsoleOpensButOne() async throws {
        let routes = try Self.consoleRoutes()
        #expect(routes.count > 12)
        try await RouteTests.run(data()) { client, _ in
            // The door is everybody's, and one's own account is one's own.
            for (method, path) in routes where !path.hasPrefix(StamgastSite.staffSignIn) {
                let answer =
                    method == "get"
                    ? try await RouteTests.get(client, path, Self.lead)
                    : try await RouteTests.post(client, path, Self.lead)
                let isTheirs =
                    method == "get"
                    && (path == StamgastSite.aggregates || path.hasPrefix(StamgastSite.ownAccount))
                #expect(answer.status.code == (isTheirs ? 200 : 403), "\(method) \(path)")
                #expect(!RouteTests.text(answer).contains(Samples.member.description))
            }
            for path in RouteTests.memberPages {
                #expect(try await RouteTests.get(client, path, Self.lead).status.code == 401, "\(path)")
            }
            let page = RouteTests.text(try await RouteTests.get(client, StamgastSite.aggregates, Self.lead))
            #expect(!page.contains("/console/reviews") && !page.contains("/console/rules"))
        }
    }

    @Test func theQueueIsDecidedWithAReason() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/console/reviews", RouteTests.staff)
            #expect(page.status == .ok)
            let csrf = try RouteTests.hidden("csrf", in: page)
            var form = ["csrf": csrf, "check": "many-reads", "decision": "release", "reason": "a class of pupils"]
            let done = try await RouteTests.post(client, "/console/reviews", RouteTests.staff, form: form)
            #expect(done.headers[.location] == "/console/reviews?decided=1")
            form["reason"] = ""
            #expect(
                try await RouteTests.post(client, "/console/reviews", RouteTests.staff, form: form).status
                    == .badRequest)
            form["reason"] = "r"
            form["csrf"] = "x"
            #expect(
                try await RouteTests.post(client, "/console/reviews", RouteTests.staff, form: form).status == .forbidden
            )
        }
    }
}
