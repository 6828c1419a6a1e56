import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Primitives
import ServiceLifecycle
import Synchronization
import Testing

@testable import Site

/// Streams over a real socket: in memory there is no connection to close.
@Suite(.timeLimit(.minutes(1)))
struct LiveRouteTests {
    private func run(
        _ data: FakeSiteData, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let site = try TestSite.make(data: data)
        let router = Router()
        site.addRoutes(to: router)
        let app = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await app.test(.live) { client in try await body(client) }
    }

    /// Until as many streams are open.
    private func opened(_ count: @escaping @Sendable () -> Int) async throws {
        while count() == 0 {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    @Test
    func `a member hears what was earned, with its reason and the balance`() async throws {
        let data = FakeSiteData()
        try await run(data) { client in
            async let answer = RouteTests.get(
                client, "/m/live", RouteTests.member.merging(["accept-language": "nl"]) { $1 })
            try await opened { data.memberNews.count }
            let why = Wording("Je las iets,\n\"tot het einde\".", "nl")
            data.memberNews.publish(
                MemberNews(
                    effect: .earned(Amount(15, Samples.ink(.nl))), why: why, balance: Samples.balance(.nl)),
                to: Samples.member)
            data.memberNews.publish(
                MemberNews(effect: .badge(Wording("Z", "nl")), why: why), to: MemberID(ID128(high: 1, low: 1)))
            data.memberNews.beat()
            data.memberNews.finish()
            let response = try await answer
            #expect(response.headers[.contentType] == "text/event-stream")
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(
                RouteTests.text(response) == """
                    retry: 3000

                    id: t-1
                    event: news
                    data: {"balance":"Je hebt 1.245 druppels inkt","lang":"nl","text":"Je las iets,\\n\\"tot het einde\\".","title":"+15 druppels inkt"}

                    :


                    """)
        }
    }

    @Test
    func `a console that comes back is told what it missed`() async throws {
        let data = FakeSiteData()
        let event = Samples.consoleToday(.en).recent[0]
        for _ in 1...3 { data.consoleNews.publish(event, to: Samples.programme.id) }
        try await run(data) { client in
            async let answer = RouteTests.get(
                client, "/console/live", RouteTests.staff.merging(["last-event-id": "t-2"]) { $1 })
            try await opened { data.consoleNews.count }
            data.consoleNews.finish()
            let text = RouteTests.text(try await answer)
            #expect(text.contains("id: t-3\nevent: event\ndata: {") && !text.contains("id: t-2\n"))
            #expect(text.contains("\"outcome\":\"awarded\"") && text.contains("\"type\":\"article.read\""))
        }
    }

    @Test
    func `who was away too long is told to look again`() async throws {
        let data = FakeSiteData()
        try await run(data) { client in
            async let answer = RouteTests.get(
                client, "/m/live", RouteTests.member.merging(["last-event-id": "other-run-7"]) { $1 })
            try await opened { data.memberNews.count }
            data.memberNews.finish()
            #expect(RouteTests.text(try await answer).contains("event: missed\ndata: {}\n\n"))
        }
    }

    @Test
    func `too many open streams are refused, politely`() async throws {
        let data = FakeSiteData()
        let held = [
            try data.memberNews.subscribe(to: Samples.member), try data.memberNews.subscribe(to: Samples.member),
        ]
        try await run(data) { client in
            let refused = try await RouteTests.get(client, "/m/live", RouteTests.member)
            #expect(refused.status == .serviceUnavailable)
        }
        withExtendedLifetime(held) {}
    }

    @Test
    func `a browser that leaves is forgotten`() async throws {
        let data = FakeSiteData()
        let stream = Mutex<Task<TestResponse, any Error>?>(nil)
        try await run(data) { client in
            stream.withLock { $0 = Task { try await RouteTests.get(client, "/m/live", RouteTests.member) } }
            try await opened { data.memberNews.count }
            // Returning closes the connection.
        }
        _ = await stream.withLock { $0 }?.result
        while data.memberNews.count > 0 { await Task.yield() }
    }

    @Test
    func `a server that shuts down ends its streams, though the browsers stay`() async throws {
        let data = FakeSiteData()
        let site = try TestSite.make(data: data)
        let router = Router()
        site.addRoutes(to: router)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) })
        let group = ServiceGroup(configuration: .init(services: [app], logger: Logger(label: "site tests")))
        async let running: Void = group.run()
        let number = try #require(await ports.first { _ in true })
        try await TestClient.withClient(host: "127.0.0.1", port: number) { client in
            async let answer = client.get("/m/live", headers: RouteTests.fields(RouteTests.member))
            try await opened { data.memberNews.count }
            await group.triggerGracefulShutdown()
            #expect(try await answer.status == .ok)
        }
        try await running
        #expect(data.memberNews.count == 0)
    }
}
