public import CEL
public import Loyalty
public import Primitives
import Storage

/// "Which of last week's events would match": a condition over the events that are kept of the last seven days.
///
/// Read only, and bounded: at most ``most`` events and ``longest`` of work, the latest days first. The answer says
/// whether that was all of them.
public struct RecentMatches: Sendable {
    public static let dayCount: Int32 = 7
    public static let most = 20_000
    public static let longest: Duration = .seconds(2)

    private let engine: Engine
    private let programme: CompiledProgramme
    private let most: Int

    /// - Parameter most: for tests, which make do with fewer.
    public init(_ programme: CompiledProgramme, engine: Engine, most: Int = RecentMatches.most) {
        self.programme = programme
        self.engine = engine
        self.most = most
    }

    /// - Returns: `nil` if events of this type are not kept.
    /// - Throws: ``CompilationProblem`` for a condition that is none.
    public func run(_ source: String, over type: String) async throws -> ConditionReport? {
        let id = programme.id
        let catalogue = engine.catalogue
        var matches = try ConditionMatches(
            source, over: type, in: programme, offsets: engine.zones, zones: engine.zones
        ) { catalogue.item($0, in: id) }
        guard let keep = programme.eventTypes[type]?.declaration.keep[.personal] else { return nil }
        let calendar = programme.calendar(offsets: engine.zones)
        let now = engine.clock.now()
        let today = calendar.day(of: now)
        let first = today - Self.dayCount + 1
        let from = calendar.start(of: first)
        let until = now.adding(milliseconds: EventReader.clockToleranceMilliseconds)
        let store = LoyaltyStore(programme: id)
        let end = ContinuousClock.now + Self.longest
        var left = most
        var isWhole = true
        // Members have zones of their own, so what expires a day earlier or later may be of the same day.
        for day in stride(from: today + 1, through: first - 1, by: -1) {
            guard left > 0, ContinuousClock.now < end else {
                isWhole = false
                break
            }
            let expiring = calendar.instant(keep, after: day)..<calendar.instant(keep, after: day + 1)
            // One more than may be taken tells whether there are more.
            let limit = left + 1
            let events = try await engine.database.read { connection in
                try store.keptEvents(
                    of: type, expiring: expiring, from: from, until: until, limit: limit, connection)
            }
            if events.count > left { isWhole = false }
            for (index, event) in events.prefix(left).enumerated() {
                matches.take(event)
                guard index % 256 == 255 else { continue }
                try Task.checkCancellation()
                await Task.yield()
                if ContinuousClock.now >= end {
                    isWhole = false
                    break
                }
            }
            left -= min(left, events.count)
        }
        return matches.report(days: first...today, isWhole: isWhole)
    }
}
