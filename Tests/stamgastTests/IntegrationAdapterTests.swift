import Access
import Foundation
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Storage
import Synchronization
import Testing
import Vault

@testable import stamgast

/// The console's webhooks over a real home: the programme's text, the outbox, and a receiver.
@Suite struct IntegrationAdapterTests {
    /// Noon in Amsterdam is eleven here.
    private static let now = Instant(seconds: 1_795_694_400)
    private static let address = "https://crm.invalid/hook"

    private final class Receiver: WebhookSending {
        private let state = Mutex<(status: Int, requests: [WebhookRequest])>((204, []))

        var requests: [WebhookRequest] { state.withLock { $0.requests } }

        func answers(_ status: Int) { state.withLock { $0.status = status } }

        func send(_ request: WebhookRequest) async throws -> Int {
            state.withLock { state in
                state.requests.append(request)
                return state.status
            }
        }
    }

    private struct Place {
        let home: Home
        let adapter: SiteAdapter
        let face: ProgrammeFace
        let receiver: Receiver

        func account(_ role: Role) async throws -> SiteStaff {
            let made = try await home.access.staff.create(
                name: "Noor", role: role, programmes: .only([face.id]), by: .commandLine,
                now: IntegrationAdapterTests.now)
            return SiteStaff(programme: face, staff: made.id.description)
        }

        func text() async throws -> String {
            let current = try await home.versions.loadCurrent(face.id)
            return String(decoding: try #require(current?.document["programme.yaml"]), as: UTF8.self)
        }

        func run(at moment: Instant = IntegrationAdapterTests.now) async throws -> WebhookDispatcher.Turn {
            try await WebhookDispatcher(
                database: home.database, host: home.engine.host,
                secrets: .derived(from: try home.keys.claim.current), sender: receiver
            ).run(now: moment)
        }

        func append(_ count: Int) async throws {
            let programme = face.id
            try await home.database.write { connection in
                let messages = (0..<count).map { index in
                    Outbox.Message(
                        kind: "webhook/crm", time: IntegrationAdapterTests.now,
                        payload: Array("{\"type\":\"effect\",\"n\":\(index)}".utf8))
                }
                try Outbox().append(connection, programme, messages)
            }
        }
    }

    private static func with(_ body: (Place) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(now))
            do {
                let programme = try await home.install(demo: "avondpost")
                let receiver = Receiver()
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t",
                    webhookSender: receiver)
                let face = try #require(adapter.face(of: programme))
                try await body(Place(home: home, adapter: adapter, face: face, receiver: receiver))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private static func refuses(_ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            return false
        } catch let error as HTTPError {
            return error.status == .forbidden
        } catch {
            return false
        }
    }

    @Test(arguments: Role.allCases)
    func eachRoleReachesWhatItMay(role: Role) async throws {
        try await Self.with { place in
            let adapter = place.adapter
            let owner = try await place.account(.owner)
            guard case .done(_?) = try await adapter.change(.add(id: "crm", url: Self.address), for: owner) else {
                Issue.record("it should be added")
                return
            }
            let staff = try await place.account(role)
            let (reads, changes) = (
                [.owner, .manager, .privacyOfficer].contains(role), [.owner, .manager].contains(role)
            )
            #expect(await Self.refuses { _ = try await adapter.hooks(for: staff) } == !reads)
            #expect(await Self.refuses { _ = try await adapter.hook("crm", for: staff) } == !reads)
            for action in [HookAction.test, .redeliver(1), .resume] {
                #expect(await Self.refuses { _ = try await adapter.act(action, onHook: "crm", for: staff) } == !changes)
            }
            #expect(await Self.refuses { _ = try await adapter.rotate(hook: "crm", from: 0, for: staff) } == !changes)
            let move = HookChange.move(id: "crm", url: Self.address + "2")
            #expect(await Self.refuses { _ = try await adapter.change(move, for: staff) } == !changes)
            #expect(place.receiver.requests.count == (changes ? 1 : 0), "nothing is sent for who may not")
            if reads { #expect(try await adapter.hooks(for: staff).mayChange == changes) }
        }
    }

    @Test func aWebhookIsAddedMovedAndRemovedInTheTextOfTheProgramme() async throws {
        try await Self.with { place in
            let (adapter, home) = (place.adapter, place.home)
            let manager = try await place.account(.manager)
            let before = try await place.text()
            #expect(try await adapter.hooks(for: manager).hooks.isEmpty)
            guard case .done(let secret?) = try await adapter.change(.add(id: "crm", url: Self.address), for: manager)
            else {
                Issue.record("it should be added")
                return
            }
            #expect(secret.hasPrefix("whsec_") && WebhookSignature(secret: secret) != nil)
            let added = try await place.text()
            #expect(added.hasPrefix(before), "what was written stays, with its comments")
            #expect(added.hasSuffix("\nwebhooks:\n  crm: { url: \"\(Self.address)\" }\n"))
            let hook = try #require(try await adapter.hooks(for: manager).hooks.first)
            #expect(hook.id == "crm" && hook.url == Self.address && hook.state == .unused && hook.backlog == 0)

            #expect(try await adapter.change(.add(id: "crm", url: Self.address), for: manager) == .nameTaken)
            for inside in ["https://127.0.0.1/", "https://169.254.169.254/x", "https://10.1.2.3/"] {
                #expect(try await adapter.change(.add(id: "in", url: inside), for: manager) == .addressInside)
                #expect(try await adapter.change(.move(id: "crm", url: inside), for: manager) == .addressInside)
            }
            #expect(try await adapter.change(.move(id: "none", url: Self.address), for: manager) == .conflict)
            for odd in ["Not a name", "x: 1\ny", "x #", ""] {
                #expect(try await adapter.change(.add(id: odd, url: Self.address), for: manager) == .badName)
            }
            for odd in ["https://x.invalid/\"}\nrules: {}", "https://x.invalid/ y", "http://x.invalid/"] {
                #expect(try await adapter.change(.add(id: "odd", url: odd), for: manager) == .badAddress)
            }

            let moved = HookChange.move(id: "crm", url: "https://new.invalid/hook")
            #expect(try await adapter.change(moved, for: manager) == .done(secret: nil))
            #expect(home.engine.host[place.face.id]?.programme.webhooks.map(\.url) == ["https://new.invalid/hook"])

            // A rule that names it keeps it.
            let current = try #require(try await home.versions.loadCurrent(place.face.id))
            let rule = """
                rule: tell-the-desk
                trigger: article.read
                then:
                  - webhook: crm
                why: { nl: Je las iets., en: You read something., ja: 記事を読みました。 }
                """
            let file = ProgrammeDocument.File(path: "rules/tell-the-desk.yaml", bytes: Array((rule + "\n").utf8))
            _ = try await home.apply(
                try ProgrammeDocument(files: current.document.files + [file]), to: place.face.id,
                basedOn: current.version.number, by: "test")
            #expect(try await adapter.change(.remove(id: "crm"), for: manager) == .inUse)
            #expect(try await adapter.hooks(for: manager).hooks.count == 1)
            let ruled = try #require(try await home.versions.loadCurrent(place.face.id))
            _ = try await home.apply(
                try ProgrammeDocument(files: ruled.document.files.filter { $0.path != file.path }), to: place.face.id,
                basedOn: ruled.version.number, by: "test")
            #expect(try await adapter.change(.remove(id: "crm"), for: manager) == .done(secret: nil))
            #expect(try await adapter.hooks(for: manager).hooks.isEmpty)
            #expect(try await adapter.hook("crm", for: manager) == nil)
            let after = try await place.text()
            #expect(after.trimmingCharacters(in: .newlines) == before.trimmingCharacters(in: .newlines))
            let log = try await adapter.audit(AuditQuery(object: "webhook:crm"), checks: false, for: manager)
            #expect(log.lines.map(\.action) == ["webhook.remove", "webhook.move", "webhook.add"])
            #expect(log.lines.allSatisfy { $0.actor == "staff:" + manager.staff } && !"\(log)".contains(secret))
        }
    }

    @Test func whatIsSentIsSeenAndSentAgain() async throws {
        try await Self.with { place in
            let (adapter, receiver) = (place.adapter, place.receiver)
            let manager = try await place.account(.manager)
            _ = try await adapter.change(.add(id: "crm", url: Self.address), for: manager)
            try await place.append(2)
            #expect(try await place.run().delivered == 2)
            let seen = try #require(try await adapter.hook("crm", for: manager))
            #expect(seen.attempts.map(\.message) == ["msg_avondpost_2", "msg_avondpost_1"])
            #expect(seen.attempts.allSatisfy { $0.result == .answered(204) && $0.kind == "effect" })
            #expect(seen.hook.state == .healthy && seen.hook.hours.last == 2 && seen.hook.lastTaken?.minute == 780)

            receiver.answers(503)
            try await place.append(1)
            #expect(try await place.run().failed == 1)
            let failing = try #require(try await adapter.hook("crm", for: manager))
            guard case .failing(let since, _?) = failing.hook.state else {
                Issue.record("\(failing.hook.state)")
                return
            }
            #expect(since.minute == 780 && failing.hook.backlog == 1 && failing.hook.failed == 1)

            #expect(
                try await adapter.act(.test, onHook: "crm", for: manager).map { "\($0)".hasPrefix("sent(") } == true)
            #expect(receiver.requests.last?.id.hasPrefix("msg_avondpost_test_") == true)
            receiver.answers(200)
            #expect(try await adapter.act(.resume, onHook: "crm", for: manager) == .resumed)
            #expect(try await place.run().delivered == 1)
            #expect(try await adapter.act(.redeliver(9_999), onHook: "crm", for: manager) == .gone)
            guard case .sent(.answered(200), _)? = try await adapter.act(.redeliver(1), onHook: "crm", for: manager)
            else {
                Issue.record("it should be sent")
                return
            }
            #expect(receiver.requests.last?.id == "msg_avondpost_1")
            #expect(receiver.requests.last?.body == receiver.requests.first?.body)
            let today = LocalDay(daysSinceEpoch: Int(Self.now.seconds / 86_400))
            #expect(try await adapter.act(.redeliverSince(today), onHook: "crm", for: manager) == .queued)
            #expect(try await place.run().delivered == 3)
            let tomorrow = LocalDay(daysSinceEpoch: today.daysSinceEpoch + 1)
            #expect(try await adapter.act(.redeliverSince(tomorrow), onHook: "crm", for: manager) == .nothing)
            #expect(try await adapter.act(.test, onHook: "none", for: manager) == nil)
            let log = try await adapter.audit(AuditQuery(object: "webhook:crm"), checks: false, for: manager)
            #expect(
                log.lines.map(\.action) == [
                    "webhook.redeliver", "webhook.redeliver", "webhook.resume", "webhook.test", "webhook.add",
                ])
        }
    }

    @Test func aNewSecretSignsBesideTheOldOne() async throws {
        try await Self.with { place in
            let adapter = place.adapter
            let manager = try await place.account(.manager)
            guard case .done(let first?) = try await adapter.change(.add(id: "crm", url: Self.address), for: manager)
            else {
                Issue.record("it should be added")
                return
            }
            let second = try #require(try await adapter.rotate(hook: "crm", from: 0, for: manager))
            #expect(second != first)
            #expect(try await adapter.rotate(hook: "crm", from: 0, for: manager) == nil, "the form was sent twice")
            try await place.append(1)
            _ = try await place.run()
            let request = try #require(place.receiver.requests.last)
            let expected = try [second, first].map { secret in
                try #require(WebhookSignature(secret: secret)).header(
                    id: request.id, timestamp: request.timestamp, body: request.body)
            }.joined(separator: " ")
            #expect(request.signature == expected)
            let hook = try #require(try await adapter.hook("crm", for: manager)?.hook)
            #expect(hook.generation == 1 && hook.formerUntil != nil)
            // A day later the old one is void.
            try await place.append(1)
            _ = try await place.run(at: Self.now.adding(milliseconds: 86_400_001))
            #expect(place.receiver.requests.last?.signature.split(separator: " ").count == 1)
        }
    }
}
