import Catalogue
import Loyalty
import Primitives
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Runtime

/// Webhooks: signed as the standard says, at least once, the cursor after the delivery.
struct WebhookTests {
    @Test(arguments: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    func signsTheVectorOfStandardWebhooks(secret: String) throws {
        let signature = try #require(WebhookSignature(secret: secret))
        #expect(
            signature.header(
                id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8)
            )
                == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test(arguments: ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_***", "whsec_MfKQ"])
    func refusesWhatIsNoSecret(text: String) {
        #expect(WebhookSignature(secret: text) == nil)
    }

    /// Nothing that a programme names may make us ask this machine, the network around it or a cloud's metadata.
    private static let inside = [
        "http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://10.0.0.1/", "http://192.168.1.1/hook",
        "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::ffff:169.254.169.254]/",
        "http://[fd00::1]/", "http://[fe80::1]/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/",
        "http://100.64.0.1/", "http://[64:ff9b::7f00:1]/",
    ]

    @Test(arguments: inside)
    func noRequestGoesInside(url: String) async throws {
        let request = WebhookRequest(url: url, id: "msg", timestamp: 1, signature: "v1,x", body: [])
        await #expect(throws: GuardedHTTP.Problem.self) { try await HTTPWebhookSender().send(request) }
    }

    @Test(arguments: ["ftp://example.org/", "file:///etc/passwd", "http:///x", "nothing", "http://ex\u{E4}mple.org/"])
    func whatIsNoWebAddressIsNotAsked(url: String) async throws {
        let request = WebhookRequest(url: url, id: "msg", timestamp: 1, signature: "v1,x", body: [])
        await #expect(throws: GuardedHTTP.Problem.self) { try await HTTPWebhookSender().send(request) }
    }

    @Test func aProgrammeThatNamesAnAddressInsideIsNotAppliedUnlessTheOperatorAllowsIt() async throws {
        try await TestEngine.with(.sqlite, SampleProgramme.programme) { test in
            func apply(_ url: String, basedOn version: Int64, _ networks: [String] = []) async throws {
                var programme = SampleProgramme.programme
                programme.webhooks = [Webhook(id: "crm", url: url)]
                let updates = ProgrammeUpdates(
                    engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue,
                    networks: NetworkPolicy(allowing: networks.compactMap { NetworkBlock($0) }))
                _ = try await updates.apply(
                    ProgrammeDocument.export(programme), to: test.programme, basedOn: version, by: "test")
            }
            for url in Self.inside.map({ $0.replacing("http://", with: "https://") }) {
                await #expect(throws: DocumentProblems.self, "\(url)") { try await apply(url, basedOn: 0) }
            }
            #expect(try await ProgrammeVersions(test.database).current(test.programme) == nil)
            await #expect(throws: DocumentProblems.self) {
                try await apply("https://10.2.0.1/hook", basedOn: 0, ["10.1.0.0/16"])
            }
            try await apply("https://10.1.0.1/hook", basedOn: 0, ["10.1.0.0/16"])
            // A name that nobody knows is judged when it is asked.
            try await apply("https://crm.invalid/hook", basedOn: 1)
        }
    }

    /// Answers with the statuses it is given, then with 204.
    private final class Receiver: WebhookSending {
        private let state: Mutex<(statuses: [Int], requests: [WebhookRequest])>

        init(_ statuses: [Int]) { state = Mutex((statuses, [])) }

        var requests: [WebhookRequest] { state.withLock { $0.requests } }

        func send(_ request: WebhookRequest) async throws -> Int {
            state.withLock { state in
                state.requests.append(request)
                return state.statuses.isEmpty ? 204 : state.statuses.removeFirst()
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whatIsNotTakenIsSentAgainLaterAndOnlyOnceWhenTaken(kind: Storage.Engine) async throws {
        let programme = try #require(ProgrammeID("hooks"))
        let compiled = try CompiledProgramme(
            Programme(
                id: programme, name: LocalizedText([:]), webhooks: [Webhook(id: "crm", url: "http://192.0.2.1/hook")]),
            version: 1)
        try await TestDatabases.with(kind, Home.schemas) { database in
            let receiver = Receiver([503])
            let dispatcher = WebhookDispatcher(
                database: database, host: ProgrammeHost([compiled]),
                secrets: WebhookSecrets { _, _, _ in Array(repeating: 7, count: 32) }, sender: receiver)
            let now = Instant(seconds: 1_000_000)
            try await database.write { connection in
                let messages = ["webhook/crm", "webhook/other", "webhook/crm"].enumerated().map { index, kind in
                    Outbox.Message(kind: kind, time: now, payload: Array("{\"n\":\(index)}".utf8))
                }
                try Outbox().append(connection, programme, messages)
            }
            let first = try await dispatcher.run(now: now)
            #expect(first.failed == 1)
            #expect(first.delivered == 0)
            #expect(try await dispatcher.run(now: now.adding(milliseconds: 1_000)).failed == 0, "it waits")
            #expect(receiver.requests.count == 1)
            let second = try await dispatcher.run(now: now.adding(milliseconds: 5_000))
            #expect(second.delivered == 2)
            #expect(receiver.requests.map(\.id) == ["msg_hooks_1", "msg_hooks_1", "msg_hooks_3"])
            #expect(try await dispatcher.run(now: now.adding(milliseconds: 60_000)).delivered == 0)

            // Another process goes on where this one was.
            let later = WebhookDispatcher(
                database: database, host: ProgrammeHost([compiled]),
                secrets: WebhookSecrets { _, _, _ in Array(repeating: 7, count: 32) }, sender: receiver)
            #expect(try await later.run(now: now.adding(milliseconds: 90_000)).delivered == 0)
        }
    }
}
