import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// Levels per purpose, the dial, the pause, the one question, and the links that leave no trace.
struct ProfilingTests {
    @Test
    func `the page says what holds before it asks what is wanted`() throws {
        let one = ProfilingView(Samples.profiling(), texts: .en)
        #expect(one.now == "For everything: persona.")
        #expect(one.pause == nil)
        #expect(one.switches.filter(\.chosen).map(\.id) == ["persona"])
        #expect(one.purposes.map(\.id) == ["recommendations", "rewards", "messages"])
        #expect(one.purposes.allSatisfy { $0.levels.filter(\.chosen).map(\.id) == ["persona"] })
        #expect(one.surprises.map(\.value) == ["0", "10", "25", "50"])
        #expect(one.surprises.filter(\.chosen).map(\.value) == ["10"])
        var desk = Samples.profiling()
        desk.levels[.messages] = .off
        desk.pause = .until(Samples.today)
        let several = ProfilingView(desk, texts: .en)
        #expect(several.now.contains("Messages: off") && several.now.contains("Rewards and offers: persona"))
        #expect(!several.switches.contains { $0.chosen }, "no one level is true of all")
        #expect(several.pause?.hasPrefix("Paused until ") == true)
        desk.pause = .open
        #expect(ProfilingView(desk, texts: .nl).pause == "Gepauzeerd tot je verdergaat.")
    }

    @Test
    func `each choice is a form of ours, and nothing else is one`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/m/me/privacy", RouteTests.member)
            let csrf = try RouteTests.hidden("csrf", in: page)
            let path = "/m/me/profiling"
            let saved = "/m/me/privacy?done=profiling"
            for (fields, place) in [
                (["recommendations": "persona", "rewards": "session", "messages": "off"], saved),
                (["surprise": "25"], saved), (["pause": "today"], saved), (["pause": "none"], saved),
                (["answer": "persona"], "/m/"), (["answer": "stay"], "/m/"),
                // The fake takes everybody for a child: what is not open to them is said, and where the rest is chosen.
                (["rewards": "personal"], "/m/me/privacy?done=age"),
                (["answer": "personal"], "/m/me/privacy?done=age"),
            ] as [([String: String], String)] {
                let done = try await RouteTests.post(
                    client, path, RouteTests.member, form: fields.merging(["csrf": csrf]) { $1 })
                #expect(done.headers[.location] == place)
            }
            for fields in [
                [:], ["surprise": "11"], ["pause": "forever"], ["rewards": "all"], ["answer": "off"], ["answer": "x"],
            ] as [[String: String]] {
                let odd = try await RouteTests.post(
                    client, path, RouteTests.member, form: fields.merging(["csrf": csrf]) { $1 })
                #expect(odd.status.code >= 400, "\(fields)")
            }
            for form in [["surprise": "0"], ["csrf": "x", "surprise": "0"]] {
                #expect(try await RouteTests.post(client, path, RouteTests.member, form: form).status == .forbidden)
            }
            #expect(
                data.state.withLock { $0.chosen } == [
                    "profiling messages=off recommendations=persona rewards=session", "profiling surprise=25",
                    "profiling pause=today", "profiling pause=none",
                    "profiling messages=persona recommendations=persona rewards=persona question",
                    "profiling question", "profiling rewards=personal",
                    "profiling messages=personal recommendations=personal rewards=personal question",
                ])
        }
    }

    @Test
    func `the question stands on Today until it was answered`() throws {
        let renderer = try RenderingTests.renderer.get()
        for language in Language.allCases {
            let texts = Texts.of(language)
            var today = Samples.memberToday(language)
            let shell = PageModelTests.shell(language)
            let calm = renderer.render(MemberPage(today, shell: shell, texts: texts, csrf: "c")).html
            #expect(!calm.contains("name=\"answer\""))
            today.asksProfiling = true
            let asks = renderer.render(MemberPage(today, shell: shell, texts: texts, csrf: "c")).html
            for answer in ["persona", "personal", "stay"] {
                #expect(asks.contains("name=\"answer\" value=\"\(answer)\""))
            }
            #expect(asks.contains(texts.profiling.askText))
        }
    }

    @Test
    func `every item that opens a page can be opened without trace`() throws {
        let page = MemberPage(Samples.memberToday(.en), shell: PageModelTests.shell(.en), texts: .en)
        let items = ([page.lead].compactMap { $0 } + page.more).map(\.item)
        #expect(items.count == 4)
        for item in items {
            #expect(item.traceless?.href == item.href.map { $0 + "#stamgast-traceless" })
        }
        #expect(items.contains { $0.traceless?.label == "Read without trace" })
        // The widget knows the same word, and says it to no server.
        let widget = try #require(Assets.embedded.named("widget.js"))
        #expect(String(decoding: widget.bytes, as: UTF8.self).contains("\"#stamgast-traceless\""))
    }
}
