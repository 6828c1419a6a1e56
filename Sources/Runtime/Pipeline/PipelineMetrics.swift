import Synchronization

/// What the pipeline counts, for the metrics page.
public final class PipelineMetrics: Sendable {
    public enum EventOutcome: Int, Sendable, CaseIterable { case accepted, duplicate, quarantined }

    private let outcomes: [Atomic64]
    private let commands = Atomic64()
    private let commits = Atomic64()
    private let refusals = Atomic64()
    private let bisections = Atomic64()
    private let readOnly = Atomic<Bool>(false)
    private let tables = Mutex<[String: Int64]>([:])

    public init() {
        outcomes = EventOutcome.allCases.map { _ in Atomic64() }
    }

    /// Whether the last write found the disk full or read-only.
    public var isReadOnly: Bool { readOnly.load(ordering: .relaxed) }

    /// Something beside the pipeline found the disk full or read-only.
    public func noteReadOnly() { wrote(isReadOnly: true) }

    func wrote(isReadOnly: Bool) { readOnly.store(isReadOnly, ordering: .relaxed) }
    func event(_ outcome: EventOutcome) { outcomes[outcome.rawValue].add(1) }
    func refused() { refusals.add(1) }
    func bisected() { bisections.add(1) }
    func committed(commands count: Int, rows written: [(table: String, count: Int)]) {
        commands.add(Int64(count))
        commits.add(1)
        wrote(isReadOnly: false)
        tables.withLock { tables in
            for (table, count) in written where count > 0 { tables[table, default: 0] += Int64(count) }
        }
    }

    /// Rows written since the start, by table.
    public var rowsByTable: [String: Int64] { tables.withLock { $0 } }
    /// Transactions since the start.
    public var batches: Int64 { commits.value }

    /// Totals since the start, by metric name.
    public var totals: [(name: String, labels: String, value: Int64)] {
        EventOutcome.allCases.map { outcome in
            ("stamgast_events_total", "outcome=\"\(outcome)\"", outcomes[outcome.rawValue].value)
        } + [
            ("stamgast_commands_total", "", commands.value),
            ("stamgast_commits_total", "", commits.value),
            ("stamgast_refusals_total", "", refusals.value),
            ("stamgast_bisections_total", "", bisections.value),
        ]
            + rowsByTable.sorted { $0.key < $1.key }.map {
                ("stamgast_rows_written_total", "table=\"\($0.key)\"", $0.value)
            }
    }
}

/// A counter that several threads raise.
final class Atomic64: Sendable {
    private let storage = Atomic<Int64>(0)

    var value: Int64 { storage.load(ordering: .relaxed) }

    func add(_ amount: Int64) { storage.add(amount, ordering: .relaxed) }
}
