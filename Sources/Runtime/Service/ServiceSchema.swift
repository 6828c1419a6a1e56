public import Storage

/// The tables of the service desk: who asked, who answered, on which day. The words lie in the vault.
public enum ServiceSchema {
    public static let schema = Schema(
        room: "service",
        migrations: [
            Migration(
                number: 1, name: "questions and answers",
                statements: [
                    // state: see `ServiceThread.State`. waiting_since: minutes since 1970-01-01, and only while somebody
                    // waits for an answer: it is what tells how long, and goes when that is known. All else are days.
                    """
                    CREATE TABLE service_thread (
                        member_id {id} NOT NULL, thread_id {id} NOT NULL, programme_id {text} NOT NULL,
                        state {int} NOT NULL, effect_id {id}, begun_day {int} NOT NULL, closed_day {int},
                        waiting_since {int}, is_answered {int} NOT NULL, has_subject {int} NOT NULL, staff_id {id},
                        helped {int}, is_unread {int} NOT NULL, messages {int} NOT NULL,
                        PRIMARY KEY (member_id, thread_id)) {clustered}
                    """,
                    "CREATE INDEX service_thread_state ON service_thread (programme_id, state, begun_day)",
                    "CREATE INDEX service_thread_identifier ON service_thread (programme_id, thread_id)",
                    // author: see `ServiceMessage.Author`. message_id is the text's in the vault.
                    """
                    CREATE TABLE service_message (
                        member_id {id} NOT NULL, thread_id {id} NOT NULL, number {int} NOT NULL,
                        programme_id {text} NOT NULL, message_id {id} NOT NULL, author {int} NOT NULL, staff_id {id},
                        day {int} NOT NULL, PRIMARY KEY (member_id, thread_id, number)) {clustered}
                    """,
                    // How long first answers took, by the day on which they came; names nobody.
                    """
                    CREATE TABLE service_first_answer (
                        programme_id {text} NOT NULL, day {int} NOT NULL, minutes {int} NOT NULL, answers {int} NOT NULL,
                        PRIMARY KEY (programme_id, day, minutes)) {clustered}
                    """,
                ], isAdditive: true)
        ])
}
