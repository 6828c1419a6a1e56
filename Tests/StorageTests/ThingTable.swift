import Primitives
import Storage

/// A table with every kind of column, for tests.
enum ThingTable {
    static let schema = Schema(
        room: "things",
        migrations: [
            Migration(
                number: 1, name: "things",
                statements: [
                    """
                    CREATE TABLE thing (
                        id {id} NOT NULL, name {text}, amount {int}, share {real}, body {blob}, PRIMARY KEY (id)
                    ) {clustered}
                    """
                ])
        ])

    static func id(_ number: some BinaryInteger) -> SQLValue { .id(ID128(high: 0, low: UInt64(number))) }
}
