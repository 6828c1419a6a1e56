public import Storage

/// The queue of suspicions, and devices of the latest days.
public enum ReviewSchema {
    public static let schema = Schema(
        room: "review",
        migrations: [
            // held: amounts by unit as JSON. device: a hash under the programme's key and the day, so that it means nothing
            // a day later; rows go when their day is too old for late events.
            Migration(
                number: 1, name: "cases and devices",
                statements: [
                    """
                    CREATE TABLE review_case (
                        member_id {id} NOT NULL, check_name {text} NOT NULL, day {int} NOT NULL,
                        programme_id {text} NOT NULL, state {int} NOT NULL, ends_at {int} NOT NULL,
                        held {text} NOT NULL, badges {int} NOT NULL, PRIMARY KEY (member_id, check_name, day)
                    ) {clustered}
                    """,
                    "CREATE INDEX review_case_state ON review_case (programme_id, state, day)",
                    """
                    CREATE TABLE review_device (
                        member_id {id} NOT NULL, check_name {text} NOT NULL, day {int} NOT NULL, device {int} NOT NULL,
                        programme_id {text} NOT NULL, PRIMARY KEY (member_id, check_name, day, device)
                    ) {clustered}
                    """,
                    "CREATE INDEX review_device_day ON review_device (programme_id, check_name, day, device)",
                ], isAdditive: true),
            // others: access, tickets, traits and webhooks that wait; null before they did.
            Migration(
                number: 2, name: "what waits besides points and badges",
                statements: ["ALTER TABLE review_case ADD COLUMN others {int}"], isAdditive: true),
        ])
}

enum ReviewStatements {
    static let reviewCase = BulkStatement.insert(
        into: "review_case",
        columns: [
            ("member_id", .id), ("check_name", .text), ("day", .integer), ("programme_id", .text), ("state", .integer),
            ("ends_at", .integer), ("held", .text), ("badges", .integer), ("others", .integer),
        ],
        onConflict: .update(
            keys: ["member_id", "check_name", "day"], set: ["state", "ends_at", "held", "badges", "others"]))
    static let device = BulkStatement.insert(
        into: "review_device",
        columns: [
            ("member_id", .id), ("check_name", .text), ("day", .integer), ("device", .integer), ("programme_id", .text),
        ], onConflict: .update(keys: ["member_id", "check_name", "day", "device"], set: ["programme_id"]))
}
