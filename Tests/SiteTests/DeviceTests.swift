import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Site

/// What works on the member's own device: what its pages tell it, and that nothing comes back.
struct DeviceTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let node = ["/usr/bin/node", "/usr/local/bin/node", "/opt/homebrew/bin/node"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    private static let modules = [
        "own-history.js", "persona.js", "rerank.js", "device-today.js", "device-own.js", "year.js",
    ]

    @Test(.enabled(if: node != nil, "node is not installed: the modules of the device are not run here."))
    func `the modules do what their vectors say`() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(Self.node))
        process.arguments = [Self.root.appendingPathComponent("checks/device.mjs").path]
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        #expect(said.contains("\"failed\":[]"), "\(said)")
    }

    @Test
    func `no module is bigger than eight kilobytes, and only the lists are ever asked for`() throws {
        for name in Self.modules {
            let asset = try #require(Assets.embedded.named(name))
            #expect(asset.bytes.count < 8_192, "\(name): \(asset.bytes.count) bytes")
            let text = String(decoding: asset.bytes, as: UTF8.self)
            // A way to send something out: only the lists are fetched, and nothing is put into what asks for them.
            for way in [
                "XMLHttpRequest", "sendBeacon", "WebSocket", "EventSource", "method:", "body:", "localStorage",
            ] {
                #expect(!text.contains(way), "\(name): \(way)")
            }
            let fetches = text.matches(of: /fetch\(([^,]*),/).map { String($0.1) }
            #expect(fetches.allSatisfy { $0.hasSuffix("dataset.shelf") }, "\(name): \(fetches)")
            #expect(text.matches(of: /fetch\(/).count == fetches.count)
            #expect(text.contains("indexedDB") == (name == "own-history.js"), "\(name)")
        }
    }

    @Test
    func `the mode follows the level for what to read, the pause and the browser's signal`() {
        var desk = Samples.profiling(.persona)
        #expect(DeviceView.mode(desk, globalPrivacyControl: false) == .persona)
        #expect(DeviceView.mode(desk, globalPrivacyControl: true) == .paused)
        desk.pause = .open
        #expect(DeviceView.mode(desk, globalPrivacyControl: false) == .paused)
        desk.pause = .none
        desk.levels[.recommendations] = .session
        // Rewards at persona keep nothing of what is read.
        #expect(DeviceView.mode(desk, globalPrivacyControl: false) == .none)
        #expect(DeviceView.mode(Samples.profiling(.personal), globalPrivacyControl: false) == .personal)
        #expect(DeviceView.mode(Samples.profiling(.off), globalPrivacyControl: true) == .none)
    }

    @Test
    func `a page may be remembered from persona on, and never what is sensitive`() throws {
        var card = try #require(Samples.deviceShelf(.en).personas.first?.candidates.first)
        let memory = try #require(DeviceMemory(card, Samples.device(.en)))
        #expect(memory.topics.hasPrefix("[{\"id\":") && memory.name == Samples.device(.nl).name)
        #expect(memory.name.wholeMatch(of: /stamgast-[0-9a-f]{24}/) != nil)
        #expect(DeviceMemory(card, Samples.device(.en, .personal)) != nil)
        #expect(DeviceMemory(card, Samples.device(.en, .session)) == nil)
        card.topicIDs = []
        #expect(DeviceMemory(card, Samples.device(.en)) == nil)
    }

    @Test
    func `the lists come whole, the same for everybody, and only to members`() async throws {
        try await RouteTests.run { client, _ in
            let answer = try await RouteTests.get(client, "/m/device.json?lang=en", RouteTests.member)
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.cacheControl] == "private, max-age=300")
            let text = RouteTests.text(answer)
            let same = try await RouteTests.get(client, "/m/device.json?lang=en", RouteTests.member)
            #expect(text == RouteTests.text(same))
            struct Shelf: Decodable {
                struct Persona: Decodable {
                    var id: String
                    var candidates: [Int]
                }
                struct Item: Decodable { var id: String }
                var personas: [Persona]
                var items: [Item]
            }
            let shelf = try JSONDecoder().decode(Shelf.self, from: Data(text.utf8))
            #expect(shelf.personas.map(\.id) == ["evenings", "water"])
            // What two lists hold stands there once.
            #expect(shelf.personas.map(\.candidates) == [[0, 1, 2], [2, 3]])
            #expect(shelf.items.map(\.id) == Samples.items(.en).prefix(4).map(\.id))
            #expect(!text.contains("cover") && !text.contains("/media/"), "a picture would tell which item is shown")
            #expect(text.contains("[\"opera\",80]"))
            let nobody = try await RouteTests.get(client, "/m/device.json?lang=en", [:])
            #expect(nobody.status == .unauthorized)
        }
    }

    @Test(arguments: Language.allCases)
    func `pages are whole without a script, and tell the device what it needs`(language: Language) async throws {
        try await RouteTests.run { client, _ in
            let headers = RouteTests.member.merging(["accept-language": language.rawValue]) { $1 }
            let words = Texts.of(language).device
            let today = RouteTests.text(try await RouteTests.get(client, "/m/", headers))
            #expect(today.contains("data-mode=\"persona\"") && today.contains("data-surprise=\"10\""))
            #expect(today.contains("data-declared=\"evenings\""))
            let row = try #require(today.firstRange(of: "class=\"more-list\""))
            let template = try #require(today.firstRange(of: "<template data-device-row"))
            #expect(row.lowerBound < template.lowerBound)
            #expect(today.contains("data-device-note hidden"), "nothing is claimed before it is so")
            for path in ["/m/me/privacy", "/m/me/subjects"] {
                let page = RouteTests.text(try await RouteTests.get(client, path, headers))
                #expect(page.contains("id=\"on-device\"") && page.contains("href=\"/m/me/year\""), "\(path)")
                #expect(page.contains("<noscript>"), "\(path)")
            }
            let year = RouteTests.text(try await RouteTests.get(client, "/m/me/year", headers))
            #expect(year.contains(words.yearEmptyText) && !year.contains(words.yearNone))
            #expect(year.contains("<canvas") && year.contains("role=\"img\""))
        }
    }

    @Test
    func `what the modules fill in stands in every language`() {
        let english = Mirror(reflecting: Texts.of(.en).device).children
        for language in Language.allCases {
            let texts = Array(Mirror(reflecting: Texts.of(language).device).children)
            for (one, other) in zip(english, texts) {
                func places(_ value: Any) -> [String] {
                    (value as? String ?? "").matches(of: /\{[a-z]+\}/).map { String($0.0) }.sorted()
                }
                #expect(places(one.value) == places(other.value), "\(language): \(one.label ?? "")")
            }
        }
    }

    @Test
    func `whoever erases themselves leaves nothing in the browser that asks`() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/m/me/erase", RouteTests.member)
            let csrf = try RouteTests.hidden("csrf", in: page)
            let done = try await RouteTests.post(
                client, "/m/me/erase", RouteTests.member, form: ["csrf": csrf, "sure": "yes"])
            #expect(done.headers[try #require(HTTPField.Name("clear-site-data"))] == "\"storage\"")
        }
    }
}
