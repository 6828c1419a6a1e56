import Primitives
public import Storage

extension LoyaltyStore {
    /// Members that one read of ``renewMeasures(_:_:)`` looks at.
    static let measurePage = 5_000

    /// Changes sums, inside the transaction that writes the members' counters. A cell that nobody is in goes, and with it
    /// the value of the trait that it was named after.
    public func add(_ changes: MeasureChanges, _ connection: any Connection) throws {
        for (key, sum) in changes.cells.filter({ !$0.value.isZero }).sorted(by: { $0.key < $1.key }) {
            let part = key.part.text
            let place: [SQLValue] = [.text(programme.name), .text(key.measure), .id(partID(part))]
            try connection.execute(
                """
                INSERT INTO measure_sum (programme_id, measure, part_id, part, members, baseline, since, squares)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (programme_id, measure, part_id) DO UPDATE SET
                    members = measure_sum.members + excluded.members,
                    baseline = measure_sum.baseline + excluded.baseline,
                    since = measure_sum.since + excluded.since, squares = measure_sum.squares + excluded.squares
                """,
                place + [
                    .text(part), .integer(sum.members), .integer(sum.baseline), .integer(sum.since),
                    .integer(sum.squares),
                ])
            guard sum.members < 0 else { continue }
            try connection.execute(
                """
                DELETE FROM measure_sum WHERE programme_id = ? AND measure = ? AND part_id = ? AND members = 0
                """, place)
        }
    }

    private func partID(_ part: String) -> ID128 {
        let nobody = ID128(high: 0, low: 0)
        return EffectID.derived(
            programme: programme, source: "measure-part/" + part, cause: nobody, member: MemberID(nobody))
    }

    /// The sums of a measure; `nil` if none were added up under these terms.
    public func measureSums(
        _ terms: MeasureTerms, _ connection: any Connection
    ) throws -> [MeasurePart: MeasureSum]? {
        guard
            try connection.first(
                "SELECT terms FROM measure_book WHERE programme_id = ? AND measure = ?",
                [.text(programme.name), .text(terms.measure)])?.text(0) == terms.text
        else { return nil }
        var sums: [MeasurePart: MeasureSum] = [:]
        for row in try connection.query(
            """
            SELECT part, members, baseline, since, squares FROM measure_sum
            WHERE programme_id = ? AND measure = ?
            """, [.text(programme.name), .text(terms.measure)])
        {
            guard let part = MeasurePart(text: try row.text(0)) else {
                throw LoyaltyStoreProblem.unreadable(table: "measure_sum")
            }
            sums[part] = MeasureSum(
                members: try row.int(1), baseline: try row.int(2), since: try row.int(3), squares: try row.int(4))
        }
        return sums
    }

    /// Whether the sums of all measures, and of nothing else, are there under their terms.
    public func hasMeasures(_ terms: [MeasureTerms], _ connection: any Connection) throws -> Bool {
        try measureBooks(connection) == Dictionary(terms.map { ($0.measure, $0.text) }) { first, _ in first }
    }

    private func measureBooks(_ connection: any Connection) throws -> [String: String] {
        var books: [String: String] = [:]
        for row in try connection.query(
            "SELECT measure, terms FROM measure_book WHERE programme_id = ?", [.text(programme.name)])
        {
            books[try row.text(0)] = try row.text(1)
        }
        return books
    }

    /// Adds up anew what was not added up under these terms, and drops the sums of measures that are no more. Nothing may
    /// be decided meanwhile.
    ///
    /// - Complexity: reads the counter of every member of such a measure; O(measures) where there is none.
    public func renewMeasures(_ terms: [MeasureTerms], _ connection: any Connection) throws {
        let books = try measureBooks(connection)
        let wanted = Dictionary(terms.map { ($0.measure, $0) }) { first, _ in first }
        for measure in Set(books.keys).union(wanted.keys).sorted() {
            guard books[measure] != wanted[measure]?.text else { continue }
            let place: [SQLValue] = [.text(programme.name), .text(measure)]
            try connection.execute("DELETE FROM measure_sum WHERE programme_id = ? AND measure = ?", place)
            try connection.execute("DELETE FROM measure_book WHERE programme_id = ? AND measure = ?", place)
            guard let terms = wanted[measure] else { continue }
            try connection.execute(
                "INSERT INTO measure_book (programme_id, measure, terms) VALUES (?, ?, ?)", place + [.text(terms.text)])
            var changes = MeasureChanges()
            try measured(terms, connection) { changes.replace([:], by: $0) }
            try add(changes, connection)
        }
    }

    /// What every member adds to a measure.
    func measured(
        _ terms: MeasureTerms, _ connection: any Connection, _ body: ([MeasureCellKey: MeasureSum]) -> Void
    ) throws {
        var last = ID128(high: 0, low: 0)
        while true {
            let rows = try connection.query(
                """
                SELECT counter.member_id, counter.marks, member.traits, member.merged_into
                FROM counter JOIN member ON member.member_id = counter.member_id
                WHERE counter.programme_id = ? AND counter.name = ? AND counter.member_id > ?
                ORDER BY counter.member_id LIMIT ?
                """,
                [
                    .text(programme.name), .text(Measure.counter(terms.measure)), .id(last),
                    .integer(Int64(Self.measurePage)),
                ])
            for row in rows {
                last = try row.id(0)
                guard let counter = Counter(encodedMarks: try row.blob(1), granted: 0, refused: 0) else {
                    throw LoyaltyStoreProblem.unreadable(table: "counter")
                }
                var traits: [String: JSONValue] = [:]
                if terms.group != nil {
                    guard let json = try? JSONValue(parsing: try row.text(2)), case .object(let object) = json else {
                        throw LoyaltyStoreProblem.unreadable(table: "member")
                    }
                    for trait in object { traits[trait.key] = trait.value }
                }
                body(
                    terms.cells(
                        of: MemberID(last), counter, traits: traits, isMerged: try row.idOrNil(3) != nil))
            }
            guard rows.count == Self.measurePage else { return }
        }
    }

    /// Takes a member who goes out of the sums.
    func eraseMeasures(of member: MemberID, _ connection: any Connection) throws {
        let terms = try measureBooks(connection).compactMap { MeasureTerms(measure: $0.key, text: $0.value) }
        guard !terms.isEmpty, let state = try load([member], joinedDay: 0, connection)[member] else { return }
        var changes = MeasureChanges()
        changes.replace(state.measureCells(terms), by: [:])
        try add(changes, connection)
    }
}
