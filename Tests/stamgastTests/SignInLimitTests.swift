import Foundation
import NIOHTTP1
import Testing

/// The setting `sign-in-limit-per-hour`, by what it does.
@Suite(.serialized)
struct SignInLimitTests {
    @Test func attemptsToSignInAreLimitedPerSourceAndPerLink() async throws {
        try await Binary.withFolder { folder in
            let server = try await RunningServer.start([
                "--home", folder + "/home", "--set", "sign-in-limit-per-hour=3",
            ])
            let browser = Browser(server.address)
            for attempt in 0..<3 {
                let page = try await browser.post("/signin/none-\(attempt)", form: ["csrf": "x"])
                #expect(page.status != 429, "attempt \(attempt)")
            }
            let refused = try await browser.post("/signin/none-4", form: ["csrf": "x"])
            #expect(refused.status == 429)
            // Looking at a link is no attempt, and other pages are open.
            #expect(try await browser.get("/signin/none-5").status == 410)
            #expect(try await browser.get("/health").status == 200)
            // Without a proxy in front nobody is believed who says to come from elsewhere.
            let disguised = try await browser.send(
                .POST, "/signin/none-6", body: "csrf=x", type: "application/x-www-form-urlencoded",
                headers: ["x-forwarded-for": "192.0.2.7"])
            #expect(disguised.status == 429)
            #expect(await server.stop().status == 0)
        }
    }

    @Test func behindAProxyEachAddressHasItsOwnAttempts() async throws {
        try await Binary.withFolder { folder in
            let server = try await RunningServer.start([
                "--home", folder + "/home", "--set", "sign-in-limit-per-hour=1", "--set",
                "public-url=https://regulars.example.org",
            ])
            let browser = Browser(server.address)
            func attempt(_ address: String, _ link: String) async throws -> Int {
                try await browser.send(
                    .POST, "/signin/" + link, body: "csrf=x", type: "application/x-www-form-urlencoded",
                    headers: ["x-forwarded-for": address]
                ).status
            }
            #expect(try await attempt("192.0.2.1", "a") != 429)
            #expect(try await attempt("192.0.2.1", "b") == 429)
            #expect(try await attempt("192.0.2.2", "c") != 429)
            // What the visitor wrote stands before the proxy's word and counts for nothing.
            #expect(try await attempt("192.0.2.9, 192.0.2.2", "d") == 429)
            // The same link from elsewhere.
            #expect(try await attempt("192.0.2.3", "c") == 429)
            #expect(await server.stop().status == 0)
        }
    }

    @Test func theDoorOfTheStaffIsLimitedPerSourceAlone() async throws {
        try await Binary.withFolder { folder in
            let server = try await RunningServer.start([
                "--home", folder + "/home", "--set", "sign-in-limit-per-hour=2", "--set",
                "public-url=https://regulars.example.org",
            ])
            let browser = Browser(server.address)
            func attempt(_ address: String, _ path: String = "/console/signin", get: Bool = false) async throws -> Int {
                try await browser.send(
                    get ? .GET : .POST, path, body: get ? nil : "csrf=x",
                    type: get ? nil : "application/x-www-form-urlencoded", headers: ["x-forwarded-for": address]
                ).status
            }
            for _ in 0..<2 { #expect(try await attempt("192.0.2.1") == 403) }
            #expect(try await attempt("192.0.2.1") == 429)
            #expect(try await attempt("192.0.2.1", get: true) == 200, "looking is no attempt")
            // The door is everybody's: what one does is not held against another.
            #expect(try await attempt("192.0.2.2") == 403)
            for _ in 0..<2 { #expect(try await attempt("192.0.2.3", "/signin/return", get: true) == 403) }
            #expect(try await attempt("192.0.2.3", "/signin/return", get: true) == 429)
            #expect(await server.stop().status == 0)
        }
    }
}
