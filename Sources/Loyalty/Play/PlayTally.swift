public import Primitives
public import Storage

/// One of the running totals of quizzes and contests: how many did what, without who.
public struct PlayTally: Sendable, Hashable, Comparable {
    /// The name of the counter that it sums over members: `quiz/ID` or `contest/ID`.
    public var thing: String
    /// What is counted: of a quiz one of ``finished``, ``passed`` and ``score``, of a contest the answer.
    public var value: Int64

    public init(thing: String, value: Int64) {
        self.thing = thing
        self.value = value
    }

    public static let finished: Int64 = 0
    public static let passed: Int64 = 1
    /// The sum of all scores.
    public static let score: Int64 = 2

    public static func < (left: PlayTally, right: PlayTally) -> Bool {
        left.thing != right.thing ? left.thing < right.thing : left.value < right.value
    }

    /// What one member's counter adds to the totals; empty for other counters.
    static func of(_ name: String, _ counter: Counter) -> [PlayTally: Int64] {
        var totals: [PlayTally: Int64] = [:]
        if name.hasPrefix(PlayCounters.results) {
            for mark in counter.marks {
                totals[PlayTally(thing: name, value: finished), default: 0] += mark.count
                if mark.slot == PlayCounters.passedSlot {
                    totals[PlayTally(thing: name, value: passed), default: 0] += mark.count
                }
                totals[PlayTally(thing: name, value: score), default: 0] += mark.wanted * mark.count
            }
        } else if name.hasPrefix(PlayCounters.predictions) {
            for mark in counter.marks { totals[PlayTally(thing: name, value: mark.wanted), default: 0] += mark.count }
        }
        return totals.filter { $0.value != 0 }
    }
}

/// What one transaction writes of the totals.
public struct PlayRows: Sendable {
    private let programme: ProgrammeID
    private var changes: [PlayTally: Int64] = [:]

    public init(programme: ProgrammeID) { self.programme = programme }

    public mutating func add(_ tallies: [PlayTally: Int64]) {
        for (tally, change) in tallies { changes[tally, default: 0] += change }
    }

    /// Called inside the transaction that writes the members' counters.
    public func write(_ connection: any Connection) throws {
        try LoyaltyStore(programme: programme).add(changes, connection)
    }
}

extension LoyaltyStore {
    func add(_ changes: [PlayTally: Int64], _ connection: any Connection) throws {
        for (tally, change) in changes.filter({ $0.value != 0 }).sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                """
                INSERT INTO play_tally (programme_id, thing, value, total) VALUES (?, ?, ?, ?)
                ON CONFLICT (programme_id, thing, value)
                DO UPDATE SET total = play_tally.total + excluded.total
                """,
                [.text(programme.name), .text(tally.thing), .integer(tally.value), .integer(change)])
        }
    }

    /// The totals of one quiz or contest, or of all.
    public func playTallies(of thing: String? = nil, _ connection: any Connection) throws -> [PlayTally: Int64] {
        let rows = try connection.query(
            "SELECT thing, value, total FROM play_tally WHERE programme_id = ?"
                + (thing == nil ? "" : " AND thing = ?"),
            [.text(programme.name)] + (thing.map { [.text($0)] } ?? []))
        var totals: [PlayTally: Int64] = [:]
        for row in rows { totals[PlayTally(thing: try row.text(0), value: try row.int(1))] = try row.int(2) }
        return totals.filter { $0.value != 0 }
    }

    /// What an erased member did counts in no total any more.
    func erasePlay(of member: MemberID, _ connection: any Connection) throws {
        var changes: [PlayTally: Int64] = [:]
        for prefix in [PlayCounters.results, PlayCounters.predictions] {
            for row in try connection.query(
                """
                SELECT name, marks, granted, refused FROM counter
                WHERE member_id = ? AND programme_id = ? AND name >= ? AND name < ?
                """, [.member(member), .text(programme.name), .text(prefix), .text(prefix + "~")])
            {
                guard
                    let counter = Counter(
                        encodedMarks: try row.blob(1), granted: try row.int(2), refused: try row.int(3))
                else { throw LoyaltyStoreProblem.unreadable(table: "counter") }
                for (tally, amount) in PlayTally.of(try row.text(0), counter) { changes[tally, default: 0] -= amount }
            }
        }
        try add(changes, connection)
    }
}

/// The tables of quizzes and contests. What belongs to a member lies in counters; see ``PlayCounters``.
public enum PlaySchema {
    public static let schema = Schema(
        room: "play",
        migrations: [
            Migration(
                number: 1, name: "totals-and-outcomes",
                statements: [
                    """
                    CREATE TABLE play_tally (
                        programme_id {text} NOT NULL, thing {text} NOT NULL, value {int} NOT NULL, total {int} NOT NULL,
                        PRIMARY KEY (programme_id, thing, value)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE contest_outcome (
                        programme_id {text} NOT NULL, contest {text} NOT NULL, revision {int} NOT NULL,
                        value {int}, distance {int} NOT NULL, exact_count {int} NOT NULL, nearest_count {int} NOT NULL,
                        winner_count {int} NOT NULL, is_open {int} NOT NULL,
                        PRIMARY KEY (programme_id, contest)
                    ) {clustered}
                    """,
                ], isAdditive: true)
        ])
}
