public import Primitives
public import Storage

/// The tables of choices: how often what stood first was taken, and where that is switched off. None has a place for a
/// member.
public enum ChoiceSchema {
    public static let schema = Schema(
        room: "choices",
        migrations: [
            Migration(
                number: 1, name: "tallies, switches",
                statements: [
                    // persona: empty for none. bucket: the probability of the kind in twentieths. inverse_*: sums of 1/p.
                    """
                    CREATE TABLE choice_tally (
                        programme_id {text} NOT NULL, day {int} NOT NULL, persona {text} NOT NULL, kind {text} NOT NULL,
                        is_held_out {int} NOT NULL, bucket {int} NOT NULL, shown {int} NOT NULL, taken {int} NOT NULL,
                        inverse_shown {real} NOT NULL, inverse_taken {real} NOT NULL,
                        PRIMARY KEY (programme_id, day, persona, kind, is_held_out, bucket)) {clustered}
                    """,
                    // A row: nothing is chosen or counted in this programme.
                    """
                    CREATE TABLE choice_off (
                        programme_id {text} NOT NULL, PRIMARY KEY (programme_id)) {clustered}
                    """,
                ], isAdditive: true)
        ])
}

/// Choices of a programme, as stored.
public struct ChoiceStore: Sendable {
    /// For how many days tallies are kept: what is older counts for less than 2 % in ``ChoiceArms``.
    public static let keptDays: Int32 = 180

    public let programme: ProgrammeID

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    /// Adds to what is counted already.
    public func add(_ tallies: [ChoiceCell: ChoiceCount], _ connection: any Connection) throws {
        for (cell, count) in tallies {
            try connection.execute(
                """
                INSERT INTO choice_tally (
                    programme_id, day, persona, kind, is_held_out, bucket, shown, taken, inverse_shown, inverse_taken)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (programme_id, day, persona, kind, is_held_out, bucket) DO UPDATE SET
                    shown = choice_tally.shown + excluded.shown, taken = choice_tally.taken + excluded.taken,
                    inverse_shown = choice_tally.inverse_shown + excluded.inverse_shown,
                    inverse_taken = choice_tally.inverse_taken + excluded.inverse_taken
                """,
                [
                    .programme(programme), .integer(Int64(cell.day)), .text(cell.arm.persona ?? ""),
                    .text(cell.arm.kind), .flag(cell.isHeldOut), .integer(cell.bucket), .integer(count.shown),
                    .integer(count.taken), .real(count.inverseShown), .real(count.inverseTaken),
                ])
        }
    }

    /// What was counted from a day on.
    public func tallies(since day: Int32, _ connection: any Connection) throws -> [ChoiceCell: ChoiceCount] {
        var tallies: [ChoiceCell: ChoiceCount] = [:]
        for row in try connection.query(
            """
            SELECT day, persona, kind, is_held_out, bucket, shown, taken, inverse_shown, inverse_taken
            FROM choice_tally WHERE programme_id = ? AND day >= ?
            """, [.programme(programme), .integer(Int64(day))])
        {
            let persona = try row.text(1)
            let cell = ChoiceCell(
                day: Int32(clamping: try row.int(0)),
                arm: ChoiceArm(persona: persona.isEmpty ? nil : persona, kind: try row.text(2)),
                isHeldOut: try row.flag(3), bucket: try row.int(4))
            tallies[cell] = ChoiceCount(
                shown: try row.int(5), taken: try row.int(6), inverseShown: try row.real(7),
                inverseTaken: try row.real(8))
        }
        return tallies
    }

    /// Removes what was counted before a day.
    ///
    /// - Returns: how many rows.
    @discardableResult
    public func prune(before day: Int32, _ connection: any Connection) throws -> Int {
        try connection.execute(
            "DELETE FROM choice_tally WHERE programme_id = ? AND day < ?",
            [.programme(programme), .integer(Int64(day))])
    }

    public func isOff(_ connection: any Connection) throws -> Bool {
        try connection.first("SELECT 1 FROM choice_off WHERE programme_id = ?", [.programme(programme)]) != nil
    }

    public func set(isOff: Bool, _ connection: any Connection) throws {
        if isOff {
            try connection.execute(
                "INSERT INTO choice_off (programme_id) VALUES (?) ON CONFLICT DO NOTHING", [.programme(programme)])
        } else {
            try connection.execute("DELETE FROM choice_off WHERE programme_id = ?", [.programme(programme)])
        }
    }
}
