public import Storage

/// The tables of measures: sums over members, and no member. What belongs to one lies in their counter.
public enum MeasureSchema {
    public static let schema = Schema(
        room: "measures",
        migrations: [
            // measure_book.terms: what the sums of the measure were added up under; see ``MeasureTerms``.
            // measure_sum.part_id: the part hashed, since a trait may be longer than a key.
            Migration(
                number: 1, name: "sums",
                statements: [
                    """
                    CREATE TABLE measure_book (
                        programme_id {text} NOT NULL, measure {text} NOT NULL, terms {text} NOT NULL,
                        PRIMARY KEY (programme_id, measure)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE measure_sum (
                        programme_id {text} NOT NULL, measure {text} NOT NULL, part_id {id} NOT NULL,
                        part {text} NOT NULL, members {int} NOT NULL, baseline {int} NOT NULL, since {int} NOT NULL,
                        squares {int} NOT NULL, PRIMARY KEY (programme_id, measure, part_id)
                    ) {clustered}
                    """,
                ], isAdditive: true)
        ])
}
