public import Primitives
public import Storage

/// Work for many members that goes on beside everything else, page by page: its order, and how far it has come.
public struct Job: Sendable, Hashable {
    public enum State: Int64, Sendable, Hashable {
        case waiting = 0
        case running = 1
        case done = 2
        case cancelled = 3
        /// It cannot go on, as when its condition is about something that the programme no longer has.
        case failed = 4

        public var isOver: Bool { rawValue >= 2 }

        public var name: String {
            switch self {
            case .waiting: "waiting"
            case .running: "running"
            case .done: "done"
            case .cancelled: "cancelled"
            case .failed: "failed"
            }
        }
    }

    public var id: ID128
    public var action: BulkAction
    /// A condition over `member`; `nil` for a list of members.
    public var condition: String?
    public var state: State
    public var createdAt: Instant
    public var createdBy: String
    public var finishedAt: Instant?
    /// How many members it looks at in all; of a condition all members of the programme when it began.
    public var total: Int64
    /// How many it has looked at.
    public var looked: Int64
    /// How many it changed.
    public var changed: Int64
    /// How many were left as they are: nothing to do for them.
    public var unchanged: Int64
    /// How many it could not change.
    public var refused: Int64
    /// The member up to which it has come.
    public var cursor: MemberID?

    public init(
        id: ID128, action: BulkAction, condition: String?, createdAt: Instant, createdBy: String, total: Int64
    ) {
        self.id = id
        self.action = action
        self.condition = condition
        state = .waiting
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.total = total
        looked = 0
        changed = 0
        unchanged = 0
        refused = 0
    }

    /// From 0 to 1.
    public var share: Double {
        state == .done ? 1 : total > 0 ? min(1, Double(looked) / Double(total)) : 0
    }
}

/// The tables of jobs.
public enum JobSchema {
    public static let schema = Schema(
        room: "jobs",
        migrations: [
            Migration(
                number: 1, name: "jobs",
                statements: [
                    """
                    CREATE TABLE job (
                        programme_id {text} NOT NULL, job_id {id} NOT NULL, action {text} NOT NULL, condition {text},
                        state {int} NOT NULL, created_at {int} NOT NULL, created_by {text} NOT NULL, finished_at {int},
                        total {int} NOT NULL, looked {int} NOT NULL, changed {int} NOT NULL, unchanged {int} NOT NULL,
                        refused {int} NOT NULL, after_member {id}, PRIMARY KEY (programme_id, job_id)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE job_member (
                        member_id {id} NOT NULL, job_id {id} NOT NULL, programme_id {text} NOT NULL,
                        PRIMARY KEY (member_id, job_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX job_member_job ON job_member (job_id, member_id)",
                ], isAdditive: true)
        ])
}
