public import Storage

/// What staff put into a reward's stock beside what the programme says, and when a reward ran out and came back.
public enum SupplySchema {
    public static let schema = Schema(
        room: "supply",
        migrations: [
            Migration(
                number: 1, name: "changes of stock, restocks, who wishes what",
                statements: [
                    // One row per change; what they come to together is added to the programme's stock.
                    """
                    CREATE TABLE reward_supply (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, change_id {id} NOT NULL,
                        amount {int} NOT NULL, at {int} NOT NULL, reason {text} NOT NULL,
                        PRIMARY KEY (programme_id, reward, change_id)
                    ) {clustered}
                    """,
                    // number: how often it came back; told: up to which of those the members were told.
                    """
                    CREATE TABLE reward_restock (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, number {int} NOT NULL,
                        is_out {int} NOT NULL, told {int} NOT NULL, PRIMARY KEY (programme_id, reward)
                    ) {clustered}
                    """,
                    // Who wishes for a reward, found without looking at anybody else's counters. No bounds of names: SQLite
                    // would read all between them, and sort.
                    """
                    CREATE INDEX counter_wish ON counter (programme_id, name, member_id)
                    WHERE substr(name, 1, 5) = 'wish/'
                    """,
                ])
        ])
}
