import Histogram
import Loyalty
import Primitives
import Runtime
import Storage

/// Measures: what has changed over a million members, as the console asks it on every view.
extension LoyaltyBench {
    /// How long the figures of a measure take, and how long adding them up anew takes, as after an upgrade.
    func measures() async throws -> [BenchResult] {
        let members = quick ? 2_000 : 1_000_000
        let views = quick ? 200 : 2_000
        var programme = BenchProgramme.programme(id: try EngineBench.programmeID(), rules: 1, sharing: 1, matching: 1)
        programme.traits = [Trait(id: "quarter", type: .text)]
        programme.measures = [
            Measure(
                id: "depth", event: BenchProgramme.articleRead.id, condition: "event.share > 0.5", baselineWeeks: 1,
                group: "quarter")
        ]
        return try await engine.withHome { home in
            let compiled = try CompiledProgramme(programme, version: 1, zones: home.engine.zones)
            try await home.install(compiled)
            try await Self.fill(members, programme, home.database)
            let terms = programme.measures.map { MeasureTerms($0, in: programme) }
            let store = LoyaltyStore(programme: programme.id)
            let (_, build) = try await measured {
                try await home.database.write { connection in
                    try store.renewMeasures([], connection)
                    try store.renewMeasures(terms, connection)
                }
            }
            var taken = latencies()
            for _ in 0..<views {
                let start = ContinuousClock.now
                let figures = try await home.engine.figures(of: programme.measures[0], in: compiled)
                taken.record(nanoseconds(since: start))
                guard figures.all?.members == Int64(members), figures.groups.count == 20 else {
                    throw BenchProblem.setup("figures of all members")
                }
            }
            return [
                Self.result("loyalty.measure.figures.members\(members)", taken, unit: "views/s"),
                BenchResult(
                    name: "loyalty.measure.renewal.members\(members)", value: Double(members) / build,
                    unit: "members/s", details: [("seconds", build)]),
            ]
        }
    }

    /// Members with a beginning and what came after it, in twenty quarters.
    private static func fill(_ members: Int, _ programme: Programme, _ database: any Database) async throws {
        let counter = Measure.counter(programme.measures[0].id)
        var marks: [[UInt8]] = []
        for light in Int64(0)..<8 {
            var days = Counter.empty
            for day in Int32(20_000)..<20_007 { days.add(CounterMark(day: day, wanted: 1)) }
            for day in Int32(20_007)..<20_015 {
                days.add(CounterMark(day: day, slot: Int64(day) - 20_007 < light ? 1 : 0, wanted: 1))
            }
            marks.append(days.encodedMarks)
        }
        for start in stride(from: 0, to: members, by: 20_000) {
            let encoded = marks
            try await database.write { connection in
                for index in start..<min(start + 20_000, members) {
                    let member = SQLValue.id(ID128(high: SplitMix64.mix(UInt64(index)), low: UInt64(index + 1)))
                    try connection.execute(
                        """
                        INSERT INTO member (member_id, programme_id, level, joined_day, paused, traits)
                        VALUES (?, ?, 1, 20000, 0, ?)
                        """,
                        [member, .text(programme.id.name), .text(#"{"quarter":"q\#(index % 20)"}"#)])
                    try connection.execute(
                        """
                        INSERT INTO counter (member_id, name, programme_id, marks, granted, refused)
                        VALUES (?, ?, ?, ?, 0, 0)
                        """,
                        [member, .text(counter), .text(programme.id.name), .blob(encoded[index % encoded.count])])
                }
            }
        }
    }
}
