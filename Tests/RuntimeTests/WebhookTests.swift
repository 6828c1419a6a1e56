import Loyalty
import Primitives
import Runtime
import Storage
import Synchronization
import TestSupport
import Testing

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
                secrets: WebhookSecrets { _, _ in Array(repeating: 7, count: 32) }, sender: receiver)
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
                secrets: WebhookSecrets { _, _ in Array(repeating: 7, count: 32) }, sender: receiver)
            #expect(try await later.run(now: now.adding(milliseconds: 90_000)).delivered == 0)
        }
    }
}
