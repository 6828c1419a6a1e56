import Foundation
import HTTPTypes
import Primitives
import Testing

@testable import API

/// A raffle over HTTP from 15 June 2025 on, and a program that computes it again from the public document.
@Suite struct RafflesTests {
    @Test func anyoneCanComputeTheDrawAgain() async throws {
        try await World.with { world, client in
            let key = world.keys.all
            let open = try await client.send(.get, "/v1/public/post/raffles/spring-draw")
            #expect(open.status == 200)
            #expect(try open.json["stage"] == "open")
            #expect(try open.json["seed"] == .null)
            let commitment = try open.json["commitment"]
            var last = ""
            for number in 0..<9 {
                let member = try await world.member("reader-\(number)")
                last = "/v1/members/\(member)/raffles"
                let entered = try await client.send(
                    .post, last + "/spring-draw/tickets", key: key, json: ["count": 1, "free": true])
                #expect(entered.status == 201)
            }
            #expect(
                try await client.send(.post, last + "/spring-draw/tickets", key: key, json: ["free": true]).problem
                    == "member-limit")
            #expect(
                try await client.send(.post, "/v1/raffles/spring-draw/close", key: key).problem == "raffle-refused")
            world.clock.advance(milliseconds: 40 * 86_400_000)
            let closed = try await client.send(.post, "/v1/raffles/spring-draw/close", key: key)
            #expect(closed.status == 200)
            #expect(try closed.json["entries"]?.arrayValue?.count == 9)
            let drawn = try await client.send(
                .post, "/v1/raffles/spring-draw/draw", key: key, json: ["beacon": "4 8 15 16 23 42 é"])
            #expect(drawn.status == 200)
            #expect(try drawn.json["commitment"] == commitment)
            #expect(
                try await client.send(.post, "/v1/raffles/spring-draw/draw", key: key, json: ["beacon": "other"])
                    .problem == "raffle-refused")
            let document = try await client.send(.get, "/v1/public/post/raffles/spring-draw")
            try Self.check([], document.body, wrong: 0)
            // A line that was put in afterwards does not get through.
            let text = String(decoding: document.body, as: UTF8.self)
            try Self.check(
                [], Array(text.replacingOccurrences(of: "\"tickets\":1", with: "\"tickets\":2").utf8), wrong: 1)
            let mine = try await client.send(.get, last, key: key)
            let raffles = try #require(try mine.json["raffles"]?.arrayValue)
            let line = try #require(raffles.first { $0["raffle"] == "spring-draw" }?["entries"]?[0])
            let root = try #require(try document.json["root"]?.stringValue)
            try Self.check([root], line.bytes(), wrong: 0)
            try Self.check([String(root.reversed())], line.bytes(), wrong: 1)
        }
    }

    /// Runs `checks/raffle.py` on the public document, or on a proof for a root.
    private static func check(_ root: [String], _ bytes: [UInt8], wrong: Int32) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("raffle-\(UUID().uuidString).json")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let checks = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("checks/raffle.py").path
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["python3", "-B", checks] + (root.isEmpty ? [file.path] : ["--proof", file.path] + root)
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == wrong, "\(String(decoding: said, as: UTF8.self))")
    }
}
