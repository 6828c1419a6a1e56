import Access
import Foundation
import Loyalty
import Primitives
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Runtime

/// What is known of deliveries, what becomes of messages that are refused, and what staff can do about them.
struct WebhookDeskTests {
    private static let now = Instant(seconds: 1_795_694_400)
    private static let day: Int64 = 86_400_000

    /// Answers as it is told; what it throws is no answer.
    private final class Receiver: WebhookSending {
        typealias Answer = @Sendable (WebhookRequest) async throws -> Int
        private let state: Mutex<(answer: Answer, requests: [WebhookRequest])>

        init(_ answer: @escaping Answer = { _ in 204 }) { state = Mutex((answer, [])) }

        var requests: [WebhookRequest] { state.withLock { $0.requests } }
        var ids: [String] { requests.map(\.id) }

        func answers(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }

        func send(_ request: WebhookRequest) async throws -> Int {
            let answer = state.withLock { state in
                state.requests.append(request)
                return state.answer
            }
            return try await answer(request)
        }
    }

    private struct NoAnswer: Error {}

    private struct Place {
        let database: any Database
        let programme: ProgrammeID
        let receiver: Receiver
        let dispatcher: WebhookDispatcher
        let desk: WebhookDesk

        func standing(_ now: Instant) async throws -> WebhookDesk.Standing {
            try await desk.standing(of: "crm", in: programme, now: now)
        }

        /// Puts messages for the webhook, and one for another, into the outbox.
        func append(_ count: Int, at time: Instant = WebhookDeskTests.now, member: String = "m") async throws {
            let programme = self.programme
            try await database.write { connection in
                let messages = (0..<count).map { index in
                    Outbox.Message(
                        kind: "webhook/crm", time: time,
                        payload: Array("{\"type\":\"effect\",\"member\":\"\(member)\",\"n\":\(index)}".utf8))
                }
                try Outbox().append(connection, programme, messages)
            }
        }

        /// Runs until nothing is due any more within a time, at every moment when something is.
        func run(from start: Instant, milliseconds: Int64) async throws -> WebhookDispatcher.Turn {
            var all = WebhookDispatcher.Turn()
            var moment = start
            while moment <= start.adding(milliseconds: milliseconds) {
                let turn = try await dispatcher.run(now: moment)
                all.delivered += turn.delivered
                all.failed += turn.failed
                all.setAside += turn.setAside
                guard let next = try await standing(moment).state.waitingUntil else { break }
                moment = max(next, moment.adding(milliseconds: 1))
            }
            return all
        }
    }

    private static func with(
        _ kind: Storage.Engine, _ receiver: Receiver = Receiver(),
        _ body: @escaping @Sendable (Place) async throws -> Void
    ) async throws {
        let programme = try #require(ProgrammeID("hooks"))
        let compiled = try CompiledProgramme(
            Programme(
                id: programme, name: LocalizedText([:]), webhooks: [Webhook(id: "crm", url: "https://crm.example/h")]),
            version: 1)
        let secrets = WebhookSecrets { _, _, generation in Array(repeating: UInt8(7 + generation), count: 32) }
        try await TestDatabases.with(kind, Home.schemas) { database in
            let host = ProgrammeHost([compiled])
            try await body(
                Place(
                    database: database, programme: programme, receiver: receiver,
                    dispatcher: WebhookDispatcher(database: database, host: host, secrets: secrets, sender: receiver),
                    desk: WebhookDesk(database: database, host: host, secrets: secrets, sender: receiver)))
        }
    }

    // MARK: The log

    @Test(arguments: TestDatabases.engines)
    func everyAttemptIsKeptWithoutWhatTheMessageSaid(kind: Storage.Engine) async throws {
        let member = "7f0d3a52-1111-4222-8333-944455556666"
        try await Self.with(kind, Receiver { _ in 503 }) { place in
            try await place.append(2, member: member)
            let first = try await place.dispatcher.run(now: Self.now)
            #expect(first.failed == 1 && first.delivered == 0)
            let failing = try await place.standing(Self.now)
            #expect(failing.backlog == 2 && !failing.isMore)
            #expect(failing.state.failingSince == Self.now && failing.state.lastTaken == nil)
            #expect(failing.state.waitingUntil == Self.now.adding(milliseconds: 5_000))
            place.receiver.answers { _ in throw NoAnswer() }
            _ = try await place.dispatcher.run(now: Self.now.adding(milliseconds: 5_000))
            place.receiver.answers { _ in 200 }
            let later = Self.now.adding(milliseconds: 15_000)
            #expect(try await place.dispatcher.run(now: later).delivered == 2)

            let log = try await place.desk.log(of: "crm", in: place.programme)
            #expect(log.attempts.map(\.number) == [4, 3, 2, 1], "latest first")
            #expect(log.attempts.map(\.message) == ["msg_hooks_2", "msg_hooks_1", "msg_hooks_1", "msg_hooks_1"])
            #expect(log.attempts.map(\.attempt) == [1, 3, 2, 1])
            #expect(
                log.attempts.map(\.result) == [
                    .answered(200), .answered(200), .unanswered(.noConnection), .answered(503),
                ])
            #expect(log.attempts.allSatisfy { $0.kind == "effect" && $0.bytes > 60 && $0.milliseconds < 10_000 })
            #expect(log.deadLetters.isEmpty)
            let standing = try await place.standing(later)
            #expect(standing.backlog == 0 && standing.state.failingSince == nil && standing.state.waitingUntil == nil)
            #expect(standing.state.lastTaken != nil)
            #expect(standing.hours.reduce(0) { $0 + $1.taken } == 2 && standing.hours.reduce(0) { $0 + $1.failed } == 2)

            let rows = try await place.database.read { try LogicalDump.lines($0) }.filter { $0.hasPrefix("webhook_") }
            #expect(rows.count >= 6, "what is looked through is there")
            #expect(!rows.contains { $0.contains(member) || $0.contains("member") })
        }
    }

    @Test(arguments: TestDatabases.engines)
    func theLogIsBoundedByCountAndByAge(kind: Storage.Engine) async throws {
        try await Self.with(kind) { place in
            let store = WebhookStore(place.programme, "crm")
            let attempt = WebhookAttempt(
                sequence: 1, message: "msg_hooks_1", kind: "effect", at: Self.now, attempt: 1, result: .answered(204),
                milliseconds: 3, bytes: 9)
            for _ in 0..<2 {
                try await place.database.write { try store.add(Array(repeating: attempt, count: 600), $0) }
            }
            let kept = try await place.desk.log(of: "crm", in: place.programme).attempts
            #expect(kept.count == 1_000 && kept.first?.number == 1_200 && kept.last?.number == 201)
            #expect(try await place.standing(Self.now).hours.map(\.taken) == [1_200], "figures lose none")
            _ = try await place.dispatcher.trim(now: Self.now.adding(milliseconds: 6 * Self.day))
            #expect(try await place.desk.log(of: "crm", in: place.programme).attempts.count == 1_000)
            _ = try await place.dispatcher.trim(now: Self.now.adding(milliseconds: 7 * Self.day + 1))
            #expect(try await place.desk.log(of: "crm", in: place.programme).attempts.isEmpty)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whatWasTakenStaysFiveDaysToBeSentAgain(kind: Storage.Engine) async throws {
        try await Self.with(kind) { place in
            try await place.append(2)
            #expect(try await place.dispatcher.run(now: Self.now).delivered == 2)
            #expect(try await place.dispatcher.trim(now: Self.now.adding(milliseconds: 4 * Self.day)) == 0)
            let actor = AuditActor.commandLine
            let sent = try await place.desk.redeliver(
                2, to: "crm", of: place.programme, by: actor, now: Self.now.adding(milliseconds: 4 * Self.day))
            guard case .done(let attempt) = sent else {
                Issue.record("it should be here")
                return
            }
            #expect(attempt.result == .answered(204) && attempt.attempt == 0)
            #expect(place.receiver.ids == ["msg_hooks_1", "msg_hooks_2", "msg_hooks_2"], "under its own identifier")
            let bodies = Set(place.receiver.requests.suffix(2).map(\.body))
            #expect(bodies.count == 1)
            let late = Self.now.adding(milliseconds: 5 * Self.day + 1)
            #expect(try await place.dispatcher.trim(now: late) == 0, "nothing was lost: it had been taken")
            #expect(
                try await place.desk.redeliver(2, to: "crm", of: place.programme, by: actor, now: late) == .gone)
            #expect(
                try await place.desk.redeliver(2, to: "nothing", of: place.programme, by: actor, now: late) == .unknown)
            #expect(place.receiver.requests.count == 3)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func anErasedMessageIsNotSentAgain(kind: Storage.Engine) async throws {
        try await Self.with(kind) { place in
            try await place.append(1)
            _ = try await place.dispatcher.run(now: Self.now)
            try await place.database.write { try Outbox().blank($0, place.programme, sequences: [1]) }
            let sent = try await place.desk.redeliver(
                1, to: "crm", of: place.programme, by: .commandLine, now: Self.now)
            #expect(sent == .gone && place.receiver.requests.count == 1)
        }
    }

    // MARK: Poison

    @Test(arguments: TestDatabases.engines)
    func aMessageThatIsRefusedForAnHourIsSetAsideAndTheOthersGoOn(kind: Storage.Engine) async throws {
        let receiver = Receiver { $0.id == "msg_hooks_1" ? 422 : 204 }
        try await Self.with(kind, receiver) { place in
            try await place.append(3)
            let before = try await place.run(from: Self.now, milliseconds: 3_500_000)
            #expect(before.delivered == 0 && before.setAside == 0, "order is kept while there is hope")
            #expect(Set(receiver.ids) == ["msg_hooks_1"])
            let wait = try #require(try await place.standing(Self.now).state.waitingUntil)
            let turn = try await place.dispatcher.run(now: wait)
            #expect(turn.setAside == 1 && turn.delivered == 2)
            let standing = try await place.standing(wait)
            #expect(standing.deadLetters == 1 && standing.state.setAside == 1 && standing.backlog == 0)
            #expect(standing.state.failingSince == nil)
            let letter = try #require(try await place.desk.log(of: "crm", in: place.programme).deadLetters.first)
            #expect(letter.message == "msg_hooks_1" && letter.result == .answered(422) && letter.attempts >= 5)

            // Refused again it stays on the list; taken, it leaves it.
            func again() async throws -> Int {
                _ = try await place.desk.redeliver(1, to: "crm", of: place.programme, by: .commandLine, now: wait)
                return try await place.standing(wait).deadLetters
            }
            #expect(try await again() == 1)
            receiver.answers { _ in 200 }
            #expect(try await again() == 0)
            #expect(receiver.ids.last == "msg_hooks_1")
        }
    }

    /// Too many, too early and too slow speak of the moment; no answer is nobody's judgement.
    @Test(arguments: [408, 425, 429, 502, 503, 302, 0])
    func whatIsNotJudgedIsNotSetAside(status: Int) async throws {
        let receiver = Receiver { _ in
            if status == 0 { throw NoAnswer() }
            return status
        }
        try await Self.with(.sqlite, receiver) { place in
            try await place.append(2)
            let all = try await place.run(from: Self.now, milliseconds: 2 * Self.day)
            #expect(all.setAside == 0 && all.failed > 20)
            #expect(Set(receiver.ids) == ["msg_hooks_1"])
        }
    }

    @Test func aReceiverThatBreaksOverAMessageHasADay() async throws {
        let receiver = Receiver { $0.id == "msg_hooks_1" ? 500 : 204 }
        try await Self.with(.sqlite, receiver) { place in
            try await place.append(2)
            let first = try await place.run(from: Self.now, milliseconds: Self.day - 1)
            #expect(first.setAside == 0 && first.delivered == 0)
            let wait = try #require(try await place.standing(Self.now).state.waitingUntil)
            let turn = try await place.dispatcher.run(now: wait)
            #expect(turn.setAside == 1 && turn.delivered == 1)
        }
    }

    @Test func whoIsGoneIsLeftAloneUntilSomebodySaysSo() async throws {
        try await Self.with(.sqlite, Receiver { _ in 410 }) { place in
            try await place.append(1)
            _ = try await place.dispatcher.run(now: Self.now)
            #expect(try await place.standing(Self.now).state.stopped == .gone)
            let later = Self.now.adding(milliseconds: 2 * Self.day)
            #expect(try await place.dispatcher.run(now: later).failed == 0)
            #expect(place.receiver.requests.count == 1)
            place.receiver.answers { _ in 200 }
            try await place.desk.resume("crm", of: place.programme, by: .commandLine, now: later)
            #expect(try await place.dispatcher.run(now: later).delivered == 1)
            #expect(try await place.standing(later).state.stopped == nil)
        }
    }

    @Test func whoTakesNothingForFiveDaysIsTurnedOffAndOnAgain() async throws {
        try await Self.with(.sqlite, Receiver { _ in throw NoAnswer() }) { place in
            try await place.append(1)
            _ = try await place.run(from: Self.now, milliseconds: 6 * Self.day)
            let standing = try await place.standing(Self.now)
            #expect(standing.state.stopped == .failing && standing.backlog == 1)
            let sent = place.receiver.requests.count
            let later = Self.now.adding(milliseconds: 6 * Self.day)
            _ = try await place.dispatcher.run(now: later)
            #expect(place.receiver.requests.count == sent)
            try await place.desk.resume("crm", of: place.programme, by: .commandLine, now: later)
            _ = try await place.dispatcher.run(now: later)
            #expect(place.receiver.requests.count == sent + 1, "it is tried again")
            #expect(try await place.standing(later).state.stopped == nil, "and has five days again")
        }
    }

    @Test func aPauseEndsWhenSomebodySaysSo() async throws {
        try await Self.with(.sqlite, Receiver { _ in 503 }) { place in
            try await place.append(1)
            _ = try await place.dispatcher.run(now: Self.now)
            place.receiver.answers { _ in 200 }
            #expect(try await place.dispatcher.run(now: Self.now.adding(milliseconds: 1_000)).delivered == 0)
            try await place.desk.resume("crm", of: place.programme, by: .commandLine, now: Self.now)
            #expect(try await place.dispatcher.run(now: Self.now.adding(milliseconds: 1_000)).delivered == 1)
        }
    }

    @Test func whatTheReceiverAsksForIsWaited() {
        var state = WebhookState()
        let busy = WebhookAnswer(.answered(429), retryAfterSeconds: 120)
        #expect(state.fail(1, busy, at: Self.now) == .wait)
        #expect(state.waitingUntil == Self.now.adding(milliseconds: 120_000))
        // A year is not what anybody can mean.
        #expect(state.fail(1, WebhookAnswer(.answered(503), retryAfterSeconds: .max), at: Self.now) == .wait)
        #expect(state.waitingUntil == Self.now.adding(milliseconds: Self.day))
    }

    // MARK: Again, and tests

    @Test(arguments: TestDatabases.engines)
    func everythingSinceAMomentIsSentAgainInOrder(kind: Storage.Engine) async throws {
        try await Self.with(kind) { place in
            try await place.append(1, at: Self.now.adding(milliseconds: -2 * Self.day))
            try await place.append(2)
            _ = try await place.dispatcher.run(now: Self.now)
            let since = Self.now.adding(milliseconds: -1_000)
            let actor = AuditActor.commandLine
            #expect(
                try await place.desk.redeliver(
                    since: since, to: "crm", of: place.programme, by: actor, now: Self.now))
            #expect(try await place.standing(Self.now).backlog == 2)
            #expect(
                try await !place.desk.redeliver(
                    since: since, to: "crm", of: place.programme, by: actor, now: Self.now), "they wait already")
            #expect(try await place.dispatcher.run(now: Self.now).delivered == 2)
            #expect(place.receiver.ids.suffix(2) == ["msg_hooks_2", "msg_hooks_3"])
            #expect(
                try await !place.desk.redeliver(
                    since: Self.now.adding(milliseconds: 1), to: "crm", of: place.programme, by: actor, now: Self.now))
        }
    }

    @Test func aBacklogOfManyPagesGoesInOneTurn() async throws {
        try await Self.with(.sqlite) { place in
            try await place.append(250)
            #expect(try await place.dispatcher.run(now: Self.now).delivered == 250)
            #expect(place.receiver.ids == (1...250).map { "msg_hooks_\($0)" })
            #expect(try await place.standing(Self.now).backlog == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func movingBackWhileSomethingIsSentIsNotLost(kind: Storage.Engine) async throws {
        let receiver = Receiver()
        try await Self.with(kind, receiver) { place in
            try await place.append(2)
            _ = try await place.dispatcher.run(now: Self.now)
            try await place.append(1)
            let (database, programme) = (place.database, place.programme)
            let isAsked = Mutex(false)
            receiver.answers { _ in
                // Somebody asks for everything again while the third is on its way.
                if isAsked.withLock({ asked in
                    defer { asked = true }
                    return !asked
                }) {
                    _ = try await database.write {
                        try Outbox().rewind($0, programme, consumer: "webhook/crm", to: 0)
                    }
                }
                return 200
            }
            // In the same turn or in the next.
            _ = try await place.dispatcher.run(now: Self.now)
            _ = try await place.dispatcher.run(now: Self.now)
            #expect(receiver.ids.count == 6)
            #expect(receiver.ids.suffix(3) == ["msg_hooks_1", "msg_hooks_2", "msg_hooks_3"])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aTestIsSignedAboutNobodyAndBesideTheQueue(kind: Storage.Engine) async throws {
        try await Self.with(kind, Receiver { _ in 503 }) { place in
            try await place.append(1)
            _ = try await place.dispatcher.run(now: Self.now)
            place.receiver.answers { _ in 202 }
            let sent = try await place.desk.test(
                "crm", of: place.programme, id: ID128(high: 1, low: 2), by: .commandLine, now: Self.now)
            guard case .done(let attempt) = sent, let request = place.receiver.requests.last else {
                Issue.record("it should be sent")
                return
            }
            #expect(attempt.kind == "stamgast.test" && attempt.sequence == nil && attempt.result == .answered(202))
            #expect(!request.id.contains(".") && request.id.hasPrefix("msg_hooks_test_"))
            let secret = try await place.desk.secret(of: "crm", in: place.programme)
            let signature = try #require(WebhookSignature(secret: secret))
            #expect(
                request.signature
                    == signature.header(id: request.id, timestamp: request.timestamp, body: request.body))
            let body = try JSONValue(parsing: request.body)
            #expect(body.objectValue?["type"]?.stringValue == "stamgast.test")
            #expect(body.objectValue?["member"] == nil)
            let standing = try await place.standing(Self.now)
            #expect(standing.state.waitingUntil != nil && standing.state.lastTaken == nil, "the queue is as it was")
            #expect(standing.hours.map(\.taken) == [0])
            let unknown = try await place.desk.test(
                "other", of: place.programme, id: ID128(high: 1, low: 3), by: .commandLine, now: Self.now)
            #expect(unknown == .unknown)
            let actions = try await place.database.read {
                try Audit.entries($0, programme: place.programme).map { $0.entry.action }
            }
            #expect(actions == ["webhook.test"])
        }
    }

    // MARK: Secrets

    @Test func forADayMessagesCarryBothSignatures() throws {
        let programme = try #require(ProgrammeID("hooks"))
        let vector = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let secrets = WebhookSecrets { _, _, generation in
            generation == 0 ? Array(vector) : Array(repeating: 9, count: 32)
        }
        let known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        func header(_ state: WebhookState, _ now: Instant) throws -> [String] {
            let signatures = try #require(secrets.signatures(programme, "crm", state, now: now))
            let text = signatures.header(
                id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8)
            )
            return text.split(separator: " ").map(String.init)
        }
        var state = WebhookState()
        #expect(try header(state, Self.now) == [known])
        state.generation = 1
        state.formerUntil = Self.now.adding(milliseconds: Self.day)
        let both = try header(state, Self.now)
        #expect(both.count == 2 && both[1] == known && both[0] != known && both[0].hasPrefix("v1,"))
        #expect(try header(state, Self.now.adding(milliseconds: Self.day)) == [both[0]], "then the old one is void")
    }

    @Test(arguments: TestDatabases.engines)
    func aSecretIsChangedOnceHoweverOftenTheFormIsSent(kind: Storage.Engine) async throws {
        try await Self.with(kind) { place in
            let first = try await place.desk.secret(of: "crm", in: place.programme)
            func rotate(from generation: Int64) async throws -> String? {
                try await place.desk.rotate(
                    "crm", of: place.programme, from: generation, by: .commandLine, now: Self.now)
            }
            let second = try #require(try await rotate(from: 0))
            #expect(second != first && second.hasPrefix("whsec_"))
            #expect(try await rotate(from: 0) == nil)
            #expect(try await place.desk.secret(of: "crm", in: place.programme) == second)
            try await place.append(1)
            _ = try await place.dispatcher.run(now: Self.now.adding(milliseconds: 1_000))
            let request = try #require(place.receiver.requests.last)
            let expected = try [second, first].map { secret in
                try #require(WebhookSignature(secret: secret)).header(
                    id: request.id, timestamp: request.timestamp, body: request.body)
            }
            #expect(request.signature.split(separator: " ").map(String.init) == expected)
            // The state of deliveries is written without touching the secret.
            #expect(try await place.standing(Self.now).state.generation == 1)
            let entry = try await place.database.read { try Audit.entries($0, programme: place.programme).first }
            #expect(entry?.entry.action == "webhook.rotate" && entry?.entry.after == "secret 1")
        }
    }
}

/// One line of the programme's text.
struct WebhookLinesTests {
    private static let text = """
        # Ours
        programme: post   # a name

        webhooks:   # who hears of it
          # the desk
          crm: { url: "https://crm.example/h" }   # signed
          mail:
            url: https://mail.example/h

        # People
        wallets:
          household: { max-members: 6 }
        """

    @Test func oneLineIsChangedAndTheRestStays() throws {
        let moved = try #require(WebhookLines.text(Self.text, webhook: "crm", url: "https://new.example/\"x"))
        #expect(
            moved
                == Self.text.replacing(
                    "crm: { url: \"https://crm.example/h\" }   # signed",
                    with: "crm: { url: \"https://new.example/\\\"x\" }   # signed"))
        let block = try #require(WebhookLines.text(Self.text, webhook: "mail", url: "https://m.example/"))
        #expect(
            block
                == Self.text.replacing(
                    "mail:\n    url: https://mail.example/h", with: "mail: { url: \"https://m.example/\" }"))
        let added = try #require(WebhookLines.text(Self.text, webhook: "till", url: "https://t.example/"))
        #expect(
            added
                == Self.text.replacing(
                    "    url: https://mail.example/h\n",
                    with: "    url: https://mail.example/h\n  till: { url: \"https://t.example/\" }\n"))
        let removed = try #require(WebhookLines.text(Self.text, webhook: "mail", url: nil))
        #expect(removed == Self.text.replacing("  mail:\n    url: https://mail.example/h\n", with: ""))
    }

    @Test func aTextWithoutWebhooksGetsThemAndLosesThemAgain() throws {
        let bare = "programme: post\n"
        let added = try #require(WebhookLines.text(bare, webhook: "crm", url: "https://crm.example/h"))
        #expect(added == "programme: post\n\nwebhooks:\n  crm: { url: \"https://crm.example/h\" }\n")
        #expect(WebhookLines.text(added, webhook: "crm", url: nil) == "programme: post\n\n")
        let empty = try #require(WebhookLines.text("webhooks: {}\n", webhook: "crm", url: "https://c.example/"))
        #expect(empty == "webhooks:\n  crm: { url: \"https://c.example/\" }\n")
    }

    @Test func whatIsWrittenInAnotherWayIsLeft() {
        for text in ["webhooks: { crm: { url: x } }\n", "webhooks: *others\n"] {
            #expect(WebhookLines.text(text, webhook: "crm", url: "https://c.example/") == nil)
        }
        #expect(WebhookLines.text(Self.text, webhook: "none", url: nil) == nil)
        #expect(WebhookLines.text("programme: post\n", webhook: "none", url: nil) == nil)
    }
}
