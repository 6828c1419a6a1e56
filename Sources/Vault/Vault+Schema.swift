internal import Storage

extension Vault {
    /// Tables in the order of their keys, which are random: the files keep no order of arrival. The only times that are
    /// finer than a day are those of somebody looking at personal data and of merges that the main database has not
    /// confirmed.
    static let schema = Schema(
        room: "vault",
        migrations: [
            Migration(
                number: 1, name: "persons",
                statements: [
                    // state: 0 active, 1 merged into another person. An erased person has no row, only a tombstone.
                    """
                    CREATE TABLE person (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, person_id {id} NOT NULL,
                        epoch {int} NOT NULL, state {int} NOT NULL, merged_into {id}, data_key {blob} NOT NULL,
                        key_id {int} NOT NULL, created_day {int} NOT NULL,
                        PRIMARY KEY (member_id, programme_id)) {clustered}
                    """,
                    "CREATE INDEX person_merged ON person (merged_into, programme_id)",
                    """
                    CREATE TABLE identity (
                        blind_index {id} NOT NULL, programme_id {text} NOT NULL, namespace {text} NOT NULL,
                        member_id {id} NOT NULL, value {blob} NOT NULL,
                        PRIMARY KEY (blind_index, programme_id)) {clustered}
                    """,
                    "CREATE INDEX identity_member ON identity (member_id, programme_id)",
                    """
                    CREATE TABLE personal_field (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, name {text} NOT NULL,
                        value {blob} NOT NULL,
                        PRIMARY KEY (member_id, programme_id, name)) {clustered}
                    """,
                    """
                    CREATE TABLE pending_merge (
                        from_member {id} NOT NULL, programme_id {text} NOT NULL, into_member {id} NOT NULL,
                        blind_index {id} NOT NULL, at {int} NOT NULL,
                        PRIMARY KEY (from_member, programme_id)) {clustered}
                    """,
                    "CREATE INDEX pending_merge_into ON pending_merge (into_member, programme_id)",
                    """
                    CREATE TABLE tombstone (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, erased_day {int} NOT NULL,
                        purged {int} NOT NULL,
                        PRIMARY KEY (member_id, programme_id)) {clustered}
                    """,
                    """
                    CREATE TABLE access_log (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, entry_id {id} NOT NULL,
                        at {int} NOT NULL, actor {text} NOT NULL, purpose {text} NOT NULL, fields {text} NOT NULL,
                        PRIMARY KEY (member_id, programme_id, entry_id)) {clustered}
                    """,
                    // One row per programme, counting merges, moves and erasures: other nodes see that their caches are old.
                    """
                    CREATE TABLE identity_change (
                        programme_id {text} NOT NULL, version {int} NOT NULL, PRIMARY KEY (programme_id)) {clustered}
                    """,
                ])
        ])
}
