import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import Catalogue

@Suite("Getting feeds over HTTP")
struct HTTPFeedFetcherTests {
    /// A server on this machine that answers each path as it is told.
    final class Server: Sendable {
        struct Answer: Sendable {
            var status = HTTPResponseStatus.ok
            var headers: [(String, String)] = []
            var body: [UInt8] = []
            /// Sends the head and never the rest.
            var hangs = false
        }

        typealias Handler = @Sendable (HTTPRequestHead) -> Answer

        let channel: any Channel
        let heads = Mutex<[HTTPRequestHead]>([])

        var port: Int { channel.localAddress?.port ?? 0 }

        static func with(_ handler: @escaping Handler, _ body: (Server) async throws -> Void) async throws {
            let box = Mutex<Server?>(nil)
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        try channel.pipeline.syncOperations.addHandler(
                            Responder { head in
                                box.withLock { $0 }?.heads.withLock { $0.append(head) }
                                return handler(head)
                            })
                    }
                }.bind(host: "127.0.0.1", port: 0).get()
            let server = Server(channel)
            box.withLock { $0 = server }
            let result: Result<Void, any Error>
            do { result = .success(try await body(server)) } catch { result = .failure(error) }
            try await channel.close()
            try result.get()
        }

        private init(_ channel: any Channel) {
            self.channel = channel
        }

        final class Responder: ChannelInboundHandler {
            typealias InboundIn = HTTPServerRequestPart
            typealias OutboundOut = HTTPServerResponsePart
            private let handler: Handler

            init(_ handler: @escaping Handler) {
                self.handler = handler
            }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                guard case .head(let head) = unwrapInboundIn(data) else { return }
                let answer = handler(head)
                var headers = HTTPHeaders(answer.headers)
                headers.add(name: "connection", value: "close")
                if !answer.hangs { headers.add(name: "content-length", value: "\(answer.body.count)") }
                context.write(
                    wrapOutboundOut(.head(.init(version: .http1_1, status: answer.status, headers: headers))),
                    promise: nil)
                if answer.hangs { return context.flush() }
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }

    struct FixedResolver: AddressResolving {
        let answers: [String: [String]]

        func addresses(of host: String) async -> [NetworkAddress] {
            (answers[host] ?? []).flatMap(SystemAddressResolver.resolve)
        }
    }

    private func request(_ server: Server, _ path: String, host: String = "127.0.0.1") throws -> FeedRequest {
        FeedRequest(url: try Fixture.required(WebAddress("http://\(host):\(server.port)\(path)")))
    }

    private func problem(_ fetcher: HTTPFeedFetcher, _ request: FeedRequest) async -> FeedFetchProblem? {
        do throws(FeedFetchProblem) {
            _ = try await fetcher.fetch(request)
            return nil
        } catch {
            return error
        }
    }

    @Test("A document comes with its tags, and is asked for again by them")
    func gets() async throws {
        try await Server.with { head in
            if head.headers.first(name: "if-none-match") == "\"v1\"" { return .init(status: .notModified) }
            return .init(
                headers: [
                    ("ETag", "\"v1\""), ("Last-Modified", "Sun, 01 Mar 2026 08:00:00 GMT"),
                    ("Content-Type", "application/rss+xml"),
                ],
                body: [1, 2])
        } _: { server in
            let fetcher = HTTPFeedFetcher(.loopback, limits: .patient)
            var request = try request(server, "/feed?a=1")
            guard case .document(let document) = try await fetcher.fetch(request) else {
                Issue.record("no document")
                return
            }
            #expect(document.bytes == [1, 2])
            #expect(document.entityTag == "\"v1\"")
            #expect(document.contentType == "application/rss+xml")
            #expect(document.movedTo == nil)
            request.entityTag = document.entityTag
            request.lastModified = document.lastModified
            #expect(try await fetcher.fetch(request) == .unchanged)
            let head = server.heads.withLock { $0.last }
            #expect(head?.uri == "/feed?a=1")
            #expect(head?.headers.first(name: "if-modified-since") == "Sun, 01 Mar 2026 08:00:00 GMT")
            #expect(head?.headers.first(name: "user-agent") == "Stamgast (feed reader)")
        }
    }

    @Test(
        "Hosts inside are not asked, under whatever name",
        arguments: ["127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
    func refusesInside(host: String) async throws {
        try await Server.with { _ in
            .init()
        } _: { server in
            let found = try await problem(HTTPFeedFetcher(), request(server, "/", host: host))
            if case .addressNotAllowed = found {} else { Issue.record("\(String(describing: found))") }
            #expect(server.heads.withLock { $0.isEmpty })
        }
    }

    @Test("One address inside among public ones is enough to refuse")
    func refusesMixed() async throws {
        let resolver = FixedResolver(answers: ["mixed.example": ["8.8.8.8", "10.0.0.1"]])
        let fetcher = HTTPFeedFetcher(limits: .patient, resolver: resolver, allows: \.isPublic)
        let url = try Fixture.required(WebAddress("http://mixed.example/"))
        #expect(await problem(fetcher, FeedRequest(url: url)) == .addressNotAllowed(host: "mixed.example"))
        for name in ["m\u{EF}xed.example", "mixed%2Eexample", "\u{FF4D}ixed.example"] {
            let url = try Fixture.required(WebAddress("http://\(name)/"))
            let found = await problem(fetcher, FeedRequest(url: url))
            #expect(found != nil, "\(name)")
        }
        let unknown = try Fixture.required(WebAddress("http://unknown.example/"))
        #expect(await problem(fetcher, FeedRequest(url: unknown)) == .unknownHost("unknown.example"))
    }

    @Test("The connection goes to the address that was checked, with the name in the request")
    func pinsAddress() async throws {
        try await Server.with { _ in
            .init(body: [7])
        } _: { server in
            // No DNS knows this name: only the resolver's answer can lead there.
            let resolver = FixedResolver(answers: ["feeds.invalid": ["127.0.0.1"]])
            let fetcher = HTTPFeedFetcher(limits: .patient, resolver: resolver, allows: { _ in true })
            guard
                case .document(let document) = try await fetcher.fetch(try request(server, "/", host: "feeds.invalid"))
            else {
                Issue.record("no document")
                return
            }
            #expect(document.bytes == [7])
            #expect(server.heads.withLock { $0.first?.headers.first(name: "host") } == "feeds.invalid:\(server.port)")
        }
    }

    @Test("Each redirect is checked anew")
    func checksRedirects() async throws {
        let targets = [
            "http://10.0.0.1/", "http://inside.invalid/", "file:///etc/passwd", "javascript:alert(1)",
            "http://169.254.169.254/latest/meta-data",
        ]
        for target in targets {
            try await Server.with { _ in
                .init(status: .found, headers: [("Location", target)])
            } _: { server in
                let resolver = FixedResolver(answers: [
                    "outside.invalid": ["127.0.0.1"], "inside.invalid": ["10.0.0.1"], "10.0.0.1": ["10.0.0.1"],
                    "169.254.169.254": ["169.254.169.254"],
                ])
                // The test's own server stands for the public internet.
                let fetcher = HTTPFeedFetcher(limits: .patient, resolver: resolver) { $0.description == "127.0.0.1" }
                let found = try await problem(fetcher, request(server, "/", host: "outside.invalid"))
                switch found {
                case .addressNotAllowed, .badRedirect: break
                default: Issue.record("\(target): \(String(describing: found))")
                }
            }
        }
    }

    @Test("Redirects are followed up to a limit, and a permanent one is reported")
    func followsRedirects() async throws {
        try await Server.with { head in
            switch head.uri {
            case "/old": .init(status: .movedPermanently, headers: [("Location", "/new")])
            case "/tmp": .init(status: .temporaryRedirect, headers: [("Location", "/new")])
            case "/new": .init(body: [1])
            case "/nowhere": .init(status: .found)
            default: .init(status: .found, headers: [("Location", "/loop")])
            }
        } _: { server in
            let fetcher = HTTPFeedFetcher(.loopback, limits: .patient)
            for (path, moved) in [("/old", true), ("/tmp", false)] {
                guard case .document(let document) = try await fetcher.fetch(try request(server, path)) else {
                    Issue.record("no document")
                    continue
                }
                #expect(document.address.text.hasSuffix("/new"))
                #expect((document.movedTo != nil) == moved)
            }
            #expect(try await problem(fetcher, request(server, "/loop")) == .tooManyRedirects(limit: 5))
            #expect(try await problem(fetcher, request(server, "/nowhere")) == .badRedirect)
        }
    }

    @Test("Size and time are limited, compressed size as well")
    func limits() async throws {
        // 100,000 spaces.
        let head: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xC2,
            0xA0, 0x2A, 0xEB, 0x9F, 0xD2, 0x1A, 0x1E, 0x40, 0x01,
        ]
        let middle: [UInt8] = [UInt8](repeating: 0x00, count: 96)
        let tail: [UInt8] = [0xAF, 0x06, 0x2D, 0xF0, 0x79, 0xCA, 0xA0, 0x86, 0x01, 0x00]
        let gzip = head + middle + tail
        try await Server.with { head in
            switch head.uri {
            case "/large": .init(body: [UInt8](repeating: 0x20, count: 5_000))
            case "/bomb": .init(headers: [("Content-Encoding", "gzip")], body: gzip)
            case "/hang": .init(hangs: true)
            case "/busy": .init(status: .serviceUnavailable, headers: [("Retry-After", "120")])
            case "/gone": .init(status: .gone)
            default: .init(status: .notFound)
            }
        } _: { server in
            var limits = HTTPFeedFetcher.Limits()
            limits.bytes = 4_999
            limits.seconds = 2
            limits.idleSeconds = 1
            let fetcher = HTTPFeedFetcher(.loopback, limits: limits)
            let expected: [(String, FeedFetchProblem)] = [
                ("/large", .tooLarge(limit: 4_999)), ("/bomb", .tooLarge(limit: 4_999)),
                ("/hang", .timeout(seconds: 2)),
                ("/busy", .status(503, retryAfterSeconds: 120)), ("/gone", .gone),
                ("/x", .status(404, retryAfterSeconds: nil)),
            ]
            for (path, answer) in expected {
                let found = await problem(fetcher, try request(server, path))
                #expect(found == answer, "\(path)")
            }
        }
    }
}

extension NetworkPolicy {
    /// The test's own server.
    static let loopback = NetworkPolicy(allowing: ["127.0.0.0/8", "::1"].compactMap { NetworkBlock($0) })
}

extension HTTPFeedFetcher.Limits {
    /// For tests that are not about time: a busy machine may keep a server waiting.
    static var patient: Self {
        var limits = Self()
        limits.seconds = 600
        limits.idleSeconds = 600
        return limits
    }
}
