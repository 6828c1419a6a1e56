public import Storage

/// The tables of raffles: what was promised of each, and the list once it is closed.
public enum RaffleSchema {
    public static let schema = Schema(
        room: "raffles",
        migrations: [
            // raffle.secret: the seed, sealed until the draw reveals it in raffle.seed.
            // raffle_entry.member_id is null for who was erased: the list stays what it was.
            Migration(
                number: 1, name: "raffles and their lists",
                statements: [
                    """
                    CREATE TABLE raffle (
                        programme_id {text} NOT NULL, raffle {text} NOT NULL, commitment {blob} NOT NULL,
                        secret {blob} NOT NULL, opened_day {int} NOT NULL, closed_day {int}, root {blob},
                        prizes {text}, places {int}, several {int}, drawn_day {int}, beacon {text}, seed {blob},
                        PRIMARY KEY (programme_id, raffle)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE raffle_entry (
                        programme_id {text} NOT NULL, raffle {text} NOT NULL, entry_id {id} NOT NULL,
                        tickets {int} NOT NULL, member_id {id}, PRIMARY KEY (programme_id, raffle, entry_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX raffle_entry_member ON raffle_entry (member_id)",
                ], isAdditive: true),
            // terms: the hash of what was announced; null before it was kept. earlier: commitments made to other terms before
            // the first day, the oldest first, as hexadecimal digits with spaces between them.
            Migration(
                number: 2, name: "what a commitment was made to",
                statements: [
                    "ALTER TABLE raffle ADD COLUMN terms {blob}", "ALTER TABLE raffle ADD COLUMN earlier {text}",
                ], isAdditive: true),
        ])
}
