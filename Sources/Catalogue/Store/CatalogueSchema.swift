public import Storage

/// The tables of the catalogue.
///
/// Items are the programme's own configuration, not a member's: no table here has a place for a member. Stubs and
/// popularity are written while events are handled, so their rows carry a day at most and lie in the order of their
/// keys: the order in which members came cannot be read from them.
public enum CatalogueSchema {
    public static let schema = Schema(
        room: "catalogue",
        migrations: [
            Migration(
                number: 1, name: "items, makers, series, popularity, feeds",
                statements: [
                    """
                    CREATE TABLE catalogue_revision (
                        programme_id {text} NOT NULL, revision {int} NOT NULL, PRIMARY KEY (programme_id)) {clustered}
                    """,
                    """
                    CREATE TABLE catalogue_item (
                        programme_id {text} NOT NULL, item_id {text} NOT NULL, state {int} NOT NULL, revision {int} NOT NULL,
                        seen_day {int}, changed_at {int}, document {text} NOT NULL,
                        PRIMARY KEY (programme_id, item_id)) {clustered}
                    """,
                    "CREATE INDEX catalogue_item_revision ON catalogue_item (programme_id, revision)",
                    "CREATE INDEX catalogue_item_state ON catalogue_item (programme_id, state, item_id)",
                    """
                    CREATE TABLE catalogue_body (
                        programme_id {text} NOT NULL, item_id {text} NOT NULL, document {text} NOT NULL,
                        PRIMARY KEY (programme_id, item_id)) {clustered}
                    """,
                    """
                    CREATE TABLE catalogue_maker (
                        programme_id {text} NOT NULL, maker_id {text} NOT NULL, revision {int} NOT NULL,
                        document {text} NOT NULL, PRIMARY KEY (programme_id, maker_id)) {clustered}
                    """,
                    """
                    CREATE TABLE catalogue_series (
                        programme_id {text} NOT NULL, series_id {text} NOT NULL, revision {int} NOT NULL,
                        document {text} NOT NULL, PRIMARY KEY (programme_id, series_id)) {clustered}
                    """,
                    """
                    CREATE TABLE item_popularity (
                        programme_id {text} NOT NULL, item_id {text} NOT NULL, day {int} NOT NULL, signal {int} NOT NULL,
                        count {int} NOT NULL, PRIMARY KEY (programme_id, item_id, day, signal)) {clustered}
                    """,
                    "CREATE INDEX item_popularity_day ON item_popularity (programme_id, day)",
                    """
                    CREATE TABLE catalogue_feed (
                        programme_id {text} NOT NULL, feed_id {text} NOT NULL, url {text} NOT NULL,
                        interval_seconds {int} NOT NULL, enabled {int} NOT NULL, defaults {text} NOT NULL,
                        entity_tag {text}, last_modified {text}, next_run_at {int} NOT NULL, last_run_at {int},
                        last_outcome {text}, failures {int} NOT NULL, PRIMARY KEY (programme_id, feed_id)) {clustered}
                    """,
                ])
        ])
}
