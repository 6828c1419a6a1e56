import Access
import Catalogue
import Logging
import Loyalty
import Primitives
import Runtime
import ServiceLifecycle
import Synchronization
import Vault

/// Due work by the clock: every second what is due, every minute feeds, every hour what must be forgotten.
final class KeeperService: Service {
    /// A jump of the clock by more pauses expiry until the clock has gone on evenly for as long.
    static let jumpMilliseconds: Int64 = 5 * 60_000

    private let home: Home
    private let feeds: FeedSchedule
    private let webhooks: WebhookDispatcher
    private let logger: Logger
    private let lag = Mutex<Int64>(0)
    private let jumped = Mutex(false)
    private let looked = Mutex<Int64>(0)

    init(home: Home, feeds: FeedSchedule, webhooks: WebhookDispatcher, logger: Logger) {
        self.home = home
        self.feeds = feeds
        self.webhooks = webhooks
        self.logger = logger
    }

    /// How long the last turn took, in milliseconds.
    var lagMilliseconds: Int64 { lag.withLock { $0 } }
    var isClockSteady: Bool { jumped.withLock { !$0 } }
    /// How often it has looked at the clock.
    var looks: Int64 { looked.withLock { $0 } }

    func run() async throws {
        var guardian = ClockGuard(toleranceMilliseconds: Self.jumpMilliseconds)
        var turn: Int64 = 0
        // A jump before the first turn is one, too.
        guardian.observe(home.engine.clock.now(), elapsed: SuspendingClock.now)
        for await _ in Ticks(every: .seconds(1)).cancelOnGracefulShutdown() {
            let now = home.engine.clock.now()
            let wasSteady = guardian.isSteady
            guardian.observe(now, elapsed: SuspendingClock.now)
            jumped.withLock { $0 = !guardian.isSteady }
            looked.withLock { $0 += 1 }
            // Events would carry out what is due for their members, too.
            home.engine.host.pausesCalendar = !guardian.isSteady
            if guardian.isSteady != wasSteady {
                if guardian.isSteady {
                    logger.notice("the clock goes on evenly: expiry resumes")
                } else {
                    logger.error("the clock jumped by more than five minutes: expiry pauses")
                }
            }
            guard guardian.isSteady else { continue }
            let start = SuspendingClock.now
            for programme in home.engine.host.all.map(\.id) where home.engine.owns(programme) {
                await attempt("due work failed") { try await Keeper.settle(self.home.engine, programme, at: now) }
                await attempt("waiting lists failed") {
                    try await Keeper.tendRewards(self.home.engine, programme, at: now)
                }
                await attempt("a planned programme was not put in force") {
                    try await self.home.applyDueDraft(of: programme, at: now)
                }
                await attempt("leaderboards failed") {
                    try await Keeper.finishBoards(self.home.engine, programme, at: now)
                }
                if turn % 60 == 20 {
                    await attempt("shared devices failed") {
                        try await Keeper.reviewDevices(self.home.engine, programme)
                    }
                }
                if turn % 60 == 20 {
                    await attempt("raffles failed") {
                        try await Keeper.tendRaffles(self.home.engine, programme, at: now)
                    }
                    await attempt("referrals failed") {
                        try await Keeper.tendReferrals(self.home.engine, programme, at: now)
                    }
                }
                if turn % 60 == 40 {
                    await attempt("restocks failed") {
                        try await Keeper.tendRestocks(self.home.engine, programme, at: now)
                    }
                }
                if turn % 60 == 7 {
                    await attempt("the queue of letters was not filled") {
                        try await Keeper.askForLetters(self.home.engine, programme, at: now)
                    }
                }
                if turn % 60 == 5 {
                    await attempt("feeds failed") { try await self.feeds.runDue(programme, now: now) }
                }
                if turn % 60 == 50 {
                    await attempt("what a contest or a repair gives was not given") {
                        try await self.home.engine.finishContests(of: programme)
                        try await self.home.engine.finishStreakRepairs(of: programme)
                    }
                }
                if turn % 3_600 == 10 {
                    await attempt("merges not finished") {
                        try await self.home.engine.reconcileMerges(of: programme)
                    }
                    await attempt("birthdays not celebrated") {
                        try await Keeper.celebrateBirthdays(
                            self.home.engine, self.home.vault.persons, programme, at: now)
                    }
                    await attempt("old questions to the service desk not removed") {
                        try await self.home.service.forget(programme)
                    }
                    await attempt("old privacy requests not removed") {
                        try await self.home.privacyRequests.forget(programme)
                    }
                    await attempt("erasures not finished") { try await self.home.erasure.reconcile(programme) }
                    await attempt("retention failed") {
                        try await self.home.forget(programme, at: now)
                        _ = try await self.home.catalogue.popularity.prune(programme, now: now)
                    }
                }
            }
            if turn % 3_600 == 10 {
                await attempt("sessions not pruned") { _ = try await self.home.access.sessions.prune(now: now) }
                await attempt("outbox not trimmed") {
                    let lost = try await self.webhooks.trim(now: now)
                    if lost > 0 {
                        self.logger.error("messages that nobody took were dropped", metadata: ["count": "\(lost)"])
                    }
                }
            }
            let took = SuspendingClock.now - start
            lag.withLock { $0 = took.components.seconds * 1_000 + took.components.attoseconds / 1_000_000_000_000_000 }
            turn += 1
        }
    }

    /// One thing that fails must not keep the others from being done.
    private func attempt(_ what: String, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            return
        } catch {
            logger.error("\(what)", metadata: ["error": "\(type(of: error))"])
        }
    }
}

/// Compares the wall clock with one that cannot be set.
struct ClockGuard {
    private let tolerance: Int64
    private var last: (wall: Instant, steady: SuspendingClock.Instant)?
    private var pausedUntil: SuspendingClock.Instant?

    init(toleranceMilliseconds: Int64) {
        tolerance = toleranceMilliseconds
    }

    var isSteady: Bool { pausedUntil == nil }

    mutating func observe(_ wall: Instant, elapsed steady: SuspendingClock.Instant) {
        defer { last = (wall, steady) }
        if let until = pausedUntil, steady >= until { pausedUntil = nil }
        guard let last else { return }
        let passed = steady - last.steady
        let expected = passed.components.seconds * 1_000 + passed.components.attoseconds / 1_000_000_000_000_000
        if abs((wall - last.wall) - expected) > tolerance {
            pausedUntil = steady.advanced(by: .milliseconds(tolerance))
        }
    }
}
