public import Storage

/// The tables of finished periods of leaderboards, and of members who are connected as friends; and the index that finds
/// those who take part.
public enum BoardSchema {
    public static let schema = Schema(
        room: "boards",
        migrations: [
            Migration(
                number: 1, name: "finished periods, places, friends",
                statements: [
                    // participants: how many had a score; 0 for a cohort that had fewer than the board's minimum.
                    """
                    CREATE TABLE board_period (
                        programme_id {text} NOT NULL, board {text} NOT NULL, first_day {int} NOT NULL,
                        cell {text} NOT NULL, end_day {int} NOT NULL, finished_day {int} NOT NULL,
                        version {int} NOT NULL, participants {int} NOT NULL,
                        PRIMARY KEY (programme_id, board, first_day, cell)
                    ) {clustered}
                    """,
                    // prize: which of the board's, -1 for none; amount: what its award gives after ties and budget.
                    """
                    CREATE TABLE board_place (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, board {text} NOT NULL,
                        first_day {int} NOT NULL, cell {text} NOT NULL, place {int} NOT NULL, score {int} NOT NULL,
                        prize {int} NOT NULL, amount {int} NOT NULL, paid {int} NOT NULL,
                        PRIMARY KEY (member_id, board, first_day)
                    ) {clustered}
                    """,
                    "CREATE INDEX board_place_rank ON board_place (programme_id, board, first_day, cell, place)",
                    "CREATE INDEX board_place_paid ON board_place (programme_id, paid)",
                    // Two rows, one from each side.
                    """
                    CREATE TABLE friend (
                        member_id {id} NOT NULL, friend_id {id} NOT NULL, programme_id {text} NOT NULL,
                        PRIMARY KEY (member_id, friend_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX friend_friend ON friend (friend_id)",
                    // code: a keyed hash, so that a copy of the table opens nothing.
                    """
                    CREATE TABLE friend_code (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, code {id} NOT NULL,
                        until_day {int} NOT NULL, PRIMARY KEY (member_id)
                    ) {clustered}
                    """,
                    "CREATE UNIQUE INDEX friend_code_code ON friend_code (code)",
                ], isAdditive: true),
            Migration(
                number: 2, name: "scores that are followed, and what is open by itself",
                statements: [
                    // follows: whether what changes its scores afterwards is noted; see `MemberState.drift`.
                    "ALTER TABLE board_period ADD COLUMN follows {int} NOT NULL DEFAULT 0",
                    """
                    CREATE INDEX board_place_open ON board_place
                    (programme_id, first_day, board, cell, place, member_id) WHERE paid = 0
                    """,
                    """
                    CREATE INDEX board_place_prize ON board_place (programme_id, board, first_day, paid, amount)
                    WHERE prize >= 0
                    """,
                    "DROP INDEX board_place_paid",
                    // Whoever asked to be on a board is found without reading what everybody counted.
                    """
                    CREATE INDEX counter_board ON counter (programme_id, name, member_id)
                    WHERE substr(name, 1, 6) = 'board/'
                    """,
                ], isAdditive: true),
        ])
}

enum BoardStatements {
    static let place = BulkStatement.insert(
        into: "board_place",
        columns: [
            ("member_id", .id), ("programme_id", .text), ("board", .text), ("first_day", .integer), ("cell", .text),
            ("place", .integer), ("score", .integer), ("prize", .integer), ("amount", .integer), ("paid", .integer),
        ])
}
