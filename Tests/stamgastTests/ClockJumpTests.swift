import Catalogue
import Logging
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Synchronization
import Testing
import Vault

@testable import stamgast

/// The server's keeper and a clock that somebody sets while it runs.
@Suite struct ClockJumpTests {
    private final class SetClock: WallClock {
        private let ahead = Mutex<Int64>(0)

        func now() -> Instant { SystemClock().now().adding(milliseconds: ahead.withLock { $0 }) }
        func put(ahead milliseconds: Int64) { ahead.withLock { $0 = milliseconds } }
    }

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("jump")), name: LocalizedText([.en: "Jump"]), timeZone: "Europe/Amsterdam",
            units: [Unit(id: "ink", expires: .days(2))])
        programme.events = [EventType(id: "visit", fields: [])]
        programme.rules = [Rule(id: "visit", trigger: "visit", effects: [.award(amount: "5", unit: "ink")])]
        return programme
    }

    @Test(arguments: [(86_400_000 * 10, false), (60_000, true)])
    func pointsOutlastAJumpOfTheClock(milliseconds: Int64, isSteady: Bool) async throws {
        try await Binary.withFolder { folder in
            let clock = SetClock()
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: clock)
            let programme = try Self.programme()
            try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            func visit(_ id: String) async throws {
                let event = IncomingEvent(source: "t", id: id, type: "visit", time: clock.now(), fields: [:])
                _ = try await home.engine.take(
                    [EventEnvelope(event: event, user: ExternalIdentity(.user, "ann"), anonymous: nil)],
                    in: programme.id)
            }
            func balance() async throws -> Int64 {
                try await home.database.read {
                    try $0.first("SELECT balance FROM account WHERE unit = 'ink' AND kind = 2")?.int(0) ?? 0
                }
            }
            try await visit("1")
            let keeper = KeeperService(
                home: home, feeds: FeedSchedule(store: home.catalogue.store, fetcher: HTTPFeedFetcher(home.networks)),
                webhooks: WebhookDispatcher(
                    database: home.database, host: home.engine.host,
                    secrets: .derived(from: try home.keys.claim.current), sender: HTTPWebhookSender(home.networks)),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let running = Task { try await keeper.run() }
            // A turn of the keeper comes every second, or later on a busy machine.
            func turns(_ count: Int64) async throws {
                let until = keeper.looks + count
                for _ in 0..<2_400 where keeper.looks < until { try await Task.sleep(for: .milliseconds(50)) }
                try #require(keeper.looks >= until)
            }
            try await turns(1)
            #expect(keeper.isClockSteady)
            clock.put(ahead: milliseconds)
            // The first may have read the clock just before it was set.
            try await turns(2)
            #expect(keeper.isClockSteady == isSteady)
            try await visit("2")
            #expect(try await balance() == 10, "neither the keeper nor an event of the member expires anything")
            running.cancel()
            _ = try? await running.value
            await home.close()
        }
    }
}
