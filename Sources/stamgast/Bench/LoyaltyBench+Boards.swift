import Catalogue
import Histogram
import Loyalty
import Primitives
import Runtime

/// Leaderboards: how long it takes to show a member's new score, and to say who stands where.
extension LoyaltyBench {
    /// A million members on one board: a member's new state into every list it is on, and a member's rank with the
    /// places around them and the first ten.
    ///
    /// Both are in memory: what is on disk are the members' counters.
    func leaderboard() throws -> [BenchResult] {
        let members = quick ? 5_000 : 1_000_000
        let operations = quick ? 1_000 : 100_000
        let crowd = try BoardCrowd()
        var book = BoardBook()
        var random = SplitMix64(seed: 7)
        for index in 0..<members {
            book.update(
                try crowd.member(index, score: Int64(1 + random.index(below: 5_000))), in: crowd.compiled,
                day: crowd.day)
        }
        var update = latencies()
        for _ in 0..<operations {
            let state = try crowd.member(
                random.index(below: members), score: Int64(1 + random.index(below: 5_000)))
            let start = ContinuousClock.now
            book.update(state, in: crowd.compiled, day: crowd.day)
            update.record(nanoseconds(since: start))
        }
        var rank = latencies()
        for _ in 0..<operations {
            let member = BoardCrowd.id(random.index(below: members))
            let start = ContinuousClock.now
            let standings = book.standings(
                of: crowd.board, day: crowd.day, member: member, top: 10, programme: crowd.compiled.id)
            rank.record(nanoseconds(since: start))
            guard standings.rank != nil else { throw BenchProblem.setup("a member without a rank") }
        }
        let size = "members\(members)"
        return [
            Self.result("loyalty.leaderboard.update.\(size)", update, unit: "updates/s"),
            Self.result("loyalty.leaderboard.rank.\(size)", rank, unit: "ranks/s"),
        ]
    }

    func latencies() -> Histogram<UInt64> {
        Histogram(highestTrackableValue: 10_000_000_000, numberOfSignificantValueDigits: .three)
    }

    func nanoseconds(since start: ContinuousClock.Instant) -> UInt64 {
        let elapsed = (ContinuousClock.now - start).components
        return UInt64(max(0, elapsed.seconds * 1_000_000_000 + elapsed.attoseconds / 1_000_000_000))
    }

    /// How many a second one thread does, with what the median and the slowest in a hundred take.
    static func result(_ name: String, _ latencies: Histogram<UInt64>, unit: String) -> BenchResult {
        func microseconds(_ percentile: Double) -> Double { Double(latencies.valueAtPercentile(percentile)) / 1e3 }
        return BenchResult(
            name: name, value: 1e9 / max(1, latencies.mean), unit: unit,
            details: [("p50_us", microseconds(50)), ("p99_us", microseconds(99))])
    }
}

/// Members of a leaderboard, made by the engine's own decisions.
private struct BoardCrowd {
    let compiled: CompiledProgramme
    let board: Leaderboard
    let day: Int32
    private let zones = SystemZones()
    private let now = SystemClock().now()
    private let reader: EventReader

    init() throws {
        var programme = Programme(
            id: try EngineBench.programmeID(), name: LocalizedText([.en: "Bench"]), languages: [.en],
            units: [Unit(id: "ink", name: LocalizedText([.en: "ink"]))])
        programme.events = [BenchProgramme.articleRead]
        var rule = Rule(id: "score", trigger: BenchProgramme.articleRead.id)
        rule.effects = [.award(amount: "event.seconds", unit: "ink")]
        rule.why = LocalizedText([.en: "Reading."])
        programme.rules = [rule]
        board = Leaderboard(id: "week", measure: .points("ink"), every: .week)
        programme.leaderboards = [board]
        compiled = try CompiledProgramme(programme, version: 1, zones: zones)
        reader = EventReader(compiled) { .stub($0) }
        let context = DecisionContext(
            programme: compiled, profile: MemberProfile(joinedDay: 0), offsets: zones, now: now)
        day = context.calendar.day(of: now)
    }

    static func id(_ index: Int) -> MemberID {
        MemberID(ID128(high: SplitMix64.mix(UInt64(index)), low: UInt64(index)))
    }

    /// A member who takes part and has earned `score`.
    func member(_ index: Int, score: Int64) throws -> MemberState {
        var state = MemberState(
            programme: compiled.id, id: Self.id(index), profile: MemberProfile(joinedDay: 0))
        let context = DecisionContext(programme: compiled, profile: state.profile, offsets: zones, now: now)
        var changes = Changes()
        var budgets = BudgetBook()
        var incoming = EngineBench.event(index, at: now)
        incoming.fields["seconds"] = .integer(score)
        let event = try reader.read(incoming, claim: ID128(high: 3, low: UInt64(index)), now: now)
        try state.ask(.join, of: board.id, context, into: &changes)
        try state.decide(event, context, budgets: &budgets, into: &changes)
        return state
    }
}
