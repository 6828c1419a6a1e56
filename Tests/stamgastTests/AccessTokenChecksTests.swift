import Foundation
import NIOHTTP1
import Primitives
import Testing

/// Access tokens, judged by a library that shares nothing with the product, from the published keys alone.
@Suite struct AccessTokenChecksTests {
    @Test(.enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment))
    func aPublishersOwnLibraryAcceptsTheTokenAndNoForgery() async throws {
        try await Binary.withFolder { folder in
            let (home, key) = try await Checks.home(in: folder)
            let server = try await RunningServer.start(["--home", home])
            let client = Browser(server.address)
            let origin = "https://paper.example"
            let item: JSONValue = [
                "items": [
                    [
                        "id": "a-1", "kind": "article", "title": ["nl": "Een verhaal"], "access": "subscriber",
                        "published_at": "2025-01-01T00:00:00Z",
                    ]
                ]
            ]
            let put = try await client.send(
                .PUT, "/v1/items", body: String(decoding: item.bytes(), as: UTF8.self), type: "application/json",
                key: key)
            #expect(put.status == 200, "\(put.text)")
            let opened = try await client.send(
                .POST, "/v1/gate", body: #"{"item":"a-1"}"#, type: "application/json", key: key,
                headers: ["origin": origin])
            let answer = try JSONValue(parsing: Array(opened.text.utf8))
            let token = try #require(answer["token"]?.stringValue, "\(opened.text)")
            let keys = try await client.get("/.well-known/jwks.json")
            let path = folder + "/keys.json"
            try Data(keys.text.utf8).write(to: URL(fileURLWithPath: path))
            let judged = try await Checks.run("access_token.py", [path, token, origin])
            #expect(judged.status == 0, "\(judged.output) \(judged.errors)")
            #expect(judged.json?["problems"] == [])
            #expect(judged.json?["claims"]?["gates"] == ["for-regulars"])
            #expect(judged.json?["refused"]?.objectValue?.members.count ?? 0 == 10)

            // After a rotation at once the old token is nobody's.
            let rotated = try await Binary.run("keys", "rotate-tokens", "--at-once", "--home", home, "--json")
            #expect(rotated.status == 0, "\(rotated.errors)")
            let after = try await client.get("/.well-known/jwks.json")
            #expect(after.text.contains(rotated.json?["kid"]?.stringValue ?? "?"))
            try Data(after.text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(try await Checks.run("access_token.py", [path, token, origin], shows: false).status != 0)
            _ = await server.stop()
        }
    }
}
