import Catalogue
import Foundation
import Histogram
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Vault

/// The engine without HTTP: ingest through the pipeline and ledger postings, durable, beside the C program.
struct EngineBench {
    let folder: String
    let quick: Bool
    let limit: LimitProgram?

    /// What each statement of the engine binds, for the C program; the tables are the engine's own.
    static let statements: [(table: String, types: String, sql: String)] = [
        ("event_claim", "X,K5", "INSERT INTO event_claim VALUES (?,?)"),
        (
            "member", "X,T5,I,N,N,N,I20000,I0,N,T2",
            "INSERT INTO member (member_id,programme_id,level,time_zone,day_start,language,joined_day,paused,merged_into,traits) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING"
        ),
        (
            "member_due", "M,K5,C",
            "INSERT INTO member_due VALUES (?,?,?) ON CONFLICT (member_id) DO UPDATE SET due_at=excluded.due_at"
        ),
        (
            "transfer", "M2,X,K5,I,K3,I,C,K10/2,I,N,N,N",
            "INSERT INTO transfer (member_id,transfer_id,programme_id,kind,unit,amount,at,source,source_version,refers,budget,budget_day) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
        ),
        (
            "entry", "M2,K3,J2,C,K5,X,I,I",
            "INSERT INTO entry (member_id,unit,kind,version,programme_id,transfer_id,amount,balance) VALUES (?,?,?,?,?,?,?,?)"
        ),
        (
            "account", "M2,K3,J2,K5,C,C",
            "INSERT INTO account (member_id,unit,kind,programme_id,balance,version) VALUES (?,?,?,?,?,?) ON CONFLICT (member_id,unit,kind) DO UPDATE SET balance=excluded.balance, version=excluded.version"
        ),
        (
            "lot", "M2,X,K5,K3,I,I,I0,N,C,I,N",
            "INSERT INTO lot (member_id,lot_id,programme_id,unit,granted,remaining,held,active_at,expires_at,is_open,terms) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
        ),
        (
            "counter", "M2,K10/2,K5,B8,I,I0",
            "INSERT INTO counter (member_id,name,programme_id,marks,granted,refused) VALUES (?,?,?,?,?,?) ON CONFLICT (member_id,name) DO UPDATE SET marks=excluded.marks, granted=excluded.granted"
        ),
        (
            "explanation", "M2,I20000,X,K5,T5,K10/2,I,K3,I,I,N,C,B300,I",
            "INSERT INTO explanation (member_id,day,effect_id,programme_id,kind,source,source_version,subject,amount,wanted,refusal,at,proof,zone_data) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        ),
        (
            "rule_day", "K5,I20000,K10/2,K5/2,I,I",
            "INSERT INTO rule_day VALUES (?,?,?,?,?,?) ON CONFLICT (programme_id,day,source,kind) DO UPDATE SET count=rule_day.count+excluded.count"
        ),
    ]

    /// Events per second through the pipeline in submissions of `perRequest`, with `concurrency` of them open.
    func ingest(rules: Int, perRequest: Int, concurrency: Int) async throws -> BenchResult {
        let programme = BenchProgramme.programme(
            id: try Self.programmeID(), rules: rules, sharing: min(rules, 100), matching: min(2, rules), timesPerDay: 1)
        let total = (quick ? 20_000 : 200_000) / (perRequest == 1 ? 4 : 1)
        let members = max(1, total / 7)
        return try await withHome { home in
            try await home.install(CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let users = try await people(members, home, programme.id)
            let now = home.engine.clock.now()
            // The first events of everyone load members; they are not measured.
            let before = home.engine.metrics.rowsByTable
            let batchesBefore = home.engine.metrics.batches
            let (_, seconds) = try await measured {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<concurrency {
                        group.addTask {
                            var next = worker * perRequest
                            while next < total {
                                let events = (next..<min(next + perRequest, total)).map { index in
                                    (users[index % members], Self.event(index, at: now))
                                }
                                _ = try await home.engine.take(events, in: programme.id)
                                next += concurrency * perRequest
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let name = "ingest.engine.\(perRequest == 1 ? "single" : "batch\(perRequest)").rules\(rules)"
            return try await result(
                name, count: total, seconds: seconds, home: home, before: before, batchesBefore: batchesBefore,
                members: members, unit: "events/s")
        }
    }

    /// Ledger postings per second: adjustments of `perCommit` different members per transaction, full rows.
    func postings(perCommit: Int) async throws -> BenchResult {
        let programme = BenchProgramme.programme(id: try Self.programmeID(), rules: 0, sharing: 0, matching: 0)
        let total = perCommit == 1 ? (quick ? 200 : 1_000) : (quick ? 10_000 : 100_000)
        return try await withHome { home in
            try await home.install(CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let members = max(1_000, perCommit)
            let users = try await people(members, home, programme.id)
            let before = home.engine.metrics.rowsByTable
            let batchesBefore = home.engine.metrics.batches
            let now = home.engine.clock.now()
            let (_, seconds) = try await measured {
                var next = 0
                while next < total {
                    let commands = (next..<min(next + perCommit, total)).map { index in
                        Command(
                            programme: programme.id, member: users[index % members],
                            action: .adjust(
                                unit: "ink", amount: 5, id: ID128(high: 77, low: UInt64(index)), reason: "bench"),
                            now: now)
                    }
                    for answer in try await home.engine.submit(commands) { _ = try answer.get() }
                    next += perCommit
                }
            }
            return try await result(
                "ledger.postings.batch\(perCommit)", count: total, seconds: seconds, home: home, before: before,
                batchesBefore: batchesBefore, members: members, unit: "postings/s")
        }
    }

    /// How long one event's decision takes among 1,000 rules, of which 100 have its trigger and 10 match: in the engine,
    /// from the declared event to the effects with their explanations, without storage.
    func decide() throws -> BenchResult {
        let zones = SystemZones()
        let programme = BenchProgramme.programme(id: try Self.programmeID(), rules: 1_000, sharing: 100, matching: 10)
        let compiled = try CompiledProgramme(programme, version: 1, zones: zones)
        let now = SystemClock().now()
        let reader = EventReader(compiled) { .stub($0) }
        var latencies = Histogram<UInt64>(highestTrackableValue: 10_000_000_000, numberOfSignificantValueDigits: .three)
        for index in 0..<(quick ? 5_000 : 50_000) {
            let member = MemberID(ID128(high: 1, low: UInt64(index)))
            var state = MemberState(programme: compiled.id, id: member, profile: MemberProfile(joinedDay: 0))
            let incoming = Self.event(index, at: now)
            var budgets = BudgetBook()
            var changes = Changes()
            let start = ContinuousClock.now
            let event = try reader.read(incoming, claim: ID128(high: 2, low: UInt64(index)), now: now)
            let context = DecisionContext(programme: compiled, profile: state.profile, offsets: zones, now: now)
            try state.decide(event, context, budgets: &budgets, into: &changes)
            let elapsed = ContinuousClock.now - start
            guard changes.effects.count == 10 else { throw BenchProblem.setup("ten rules should match") }
            latencies.record(UInt64(elapsed.components.attoseconds / 1_000_000_000))
        }
        func milliseconds(_ percentile: Double) -> Double { Double(latencies.valueAtPercentile(percentile)) / 1e6 }
        return BenchResult(
            name: "engine.decide.rules1000.p99", value: milliseconds(99), unit: "ms",
            details: [("p50_ms", milliseconds(50)), ("p99.9_ms", milliseconds(99.9))])
    }

    private func result(
        _ name: String, count: Int, seconds: Double, home: Home, before: [String: Int64], batchesBefore: Int64,
        members: Int, unit: String
    ) async throws -> BenchResult {
        let batches = max(1, home.engine.metrics.batches - batchesBefore)
        var perBatch: [String: Double] = [:]
        var rows = 0.0
        for (table, total) in home.engine.metrics.rowsByTable {
            let written = Double(total - (before[table] ?? 0))
            perBatch[table] = written / Double(batches)
            rows += written
        }
        var result = BenchResult(name: name, value: Double(count) / seconds, unit: unit)
        result.details = [("rows", rows), ("batches", Double(batches))]
        if let limit {
            let outcome = try await limit.rows(
                perBatch, batches: Int(batches), members: members, statements: Self.statements, in: folder)
            result.limit = Double(count) / outcome.seconds
            result.limitedBy = "C, same rows and batches"
            result.details += [
                ("limit_rows", outcome.rows), ("limit_fsyncs", outcome.fsyncs), ("limit_bytes", outcome.bytes),
            ]
        }
        return result
    }

    static func programmeID() throws -> ProgrammeID {
        guard let id = ProgrammeID("bench") else { throw BenchProblem.setup("the programme's name") }
        return id
    }

    static func event(_ index: Int, at now: Instant) -> IncomingEvent {
        IncomingEvent(
            source: "bench", id: "event-\(index)", type: "article.read", time: now,
            fields: [
                "item": .string("article-\(index % 500)"), "share": .double(0.9), "seconds": .integer(60),
                "topics": .array(["opera", "politics"]),
            ])
    }

    func people(_ count: Int, _ home: Home, _ programme: ProgrammeID) async throws -> [MemberID] {
        let identities = (0..<count).compactMap { ExternalIdentity(.user, "user-\($0)") }
        return try await home.engine.identities.resolve(
            identities, programme: programme, now: home.engine.clock.now())
    }

    func withHome<T>(_ body: (Home) async throws -> T) async throws -> T {
        let path = folder + "/home-" + UUID().uuidString
        let configuration = try Configuration(flags: ["home": path])
        let home = try await Home.open(configuration, environment: [:])
        let result: Result<T, any Error>
        do { result = .success(try await body(home)) } catch { result = .failure(error) }
        await home.close()
        try? FileManager.default.removeItem(atPath: path)
        return try result.get()
    }
}
