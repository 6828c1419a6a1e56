import Loyalty
import Primitives
import Runtime

/// Backtests: what it costs to hold a changed programme against what happened.
extension LoyaltyBench {
    /// Events per second through today's programme and a changed one, in order of time, on one thread.
    func backtest() throws -> BenchResult {
        let zones = SystemZones()
        let id = try EngineBench.programmeID()
        let today = BenchProgramme.programme(id: id, rules: 20, sharing: 20, matching: 2, timesPerDay: 1)
        let changed = BenchProgramme.programme(id: id, rules: 20, sharing: 20, matching: 2, timesPerDay: 2)
        let count = quick ? 2_000 : 200_000
        let members = max(1, count / 7)
        let now = SystemClock().now()
        let events = (0..<count).map { index in
            (
                member: MemberID(ID128(high: 5, low: UInt64(index % members))),
                event: EngineBench.event(index, at: now.adding(milliseconds: Int64(index)))
            )
        }
        var outcomes: [BacktestOutcome] = []
        let start = ContinuousClock.now
        for programme in [today, changed] {
            var run = Backtest(try CompiledProgramme(programme, version: 1, zones: zones), offsets: zones)
            for (member, event) in events { run.take(event, of: member) }
            outcomes.append(run.finish(at: now.adding(milliseconds: Int64(count))))
        }
        let seconds = Double(nanoseconds(since: start)) / 1e9
        guard outcomes.allSatisfy({ $0.events == Int64(count) }), outcomes[0] != outcomes[1]
        else {
            throw BenchProblem.setup("two programmes that differ")
        }
        return BenchResult(
            name: "loyalty.backtest.events", value: Double(count) / seconds, unit: "events/s",
            details: [("members", Double(members)), ("runs", 2)])
    }
}
