public import Catalogue
public import Primitives
public import Storage

/// The tables of recommendations: the trained model and what editors decided. None has a place for a member.
public enum RecommendationSchema {
    public static let schema = Schema(
        room: "recommendations",
        migrations: [
            Migration(
                number: 1, name: "models, pins, exclusions, bounds",
                statements: [
                    """
                    CREATE TABLE recommendation_model (
                        programme_id {text} NOT NULL, trained_at {int} NOT NULL, bytes {blob} NOT NULL,
                        PRIMARY KEY (programme_id)) {clustered}
                    """,
                    // until_at: milliseconds since 1970-01-01; nothing for a pin without an end.
                    """
                    CREATE TABLE recommendation_pin (
                        programme_id {text} NOT NULL, item_id {text} NOT NULL, place {int} NOT NULL, until_at {int},
                        PRIMARY KEY (programme_id, item_id)) {clustered}
                    """,
                    // kind: item or topic.
                    """
                    CREATE TABLE recommendation_exclusion (
                        programme_id {text} NOT NULL, kind {text} NOT NULL, name {text} NOT NULL,
                        PRIMARY KEY (programme_id, kind, name)) {clustered}
                    """,
                    // Shares in percent.
                    """
                    CREATE TABLE recommendation_bounds (
                        programme_id {text} NOT NULL, topic_share {int} NOT NULL, maker_share {int} NOT NULL,
                        oldest_days {int}, surprise_least {int} NOT NULL, surprise_most {int} NOT NULL,
                        PRIMARY KEY (programme_id)) {clustered}
                    """,
                ], isAdditive: true)
        ])
}

/// Recommendations of a programme, as stored.
public struct RecommendationStore: Sendable {
    public let programme: ProgrammeID

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    // MARK: The model

    /// - Returns: `nil` without one, and for one of another form.
    public func model(_ connection: any Connection) throws -> RecommendationModel? {
        try connection.first(
            "SELECT bytes FROM recommendation_model WHERE programme_id = ?", [.programme(programme)]
        ).flatMap { RecommendationModel(bytes: try $0.blob(0)) }
    }

    public func write(_ model: RecommendationModel, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO recommendation_model (programme_id, trained_at, bytes) VALUES (?, ?, ?)
            ON CONFLICT (programme_id) DO UPDATE SET trained_at = excluded.trained_at, bytes = excluded.bytes
            """, [.programme(programme), .instant(model.trainedAt), .blob(model.bytes)])
    }

    // MARK: What editors decided

    public func policy(_ connection: any Connection) throws -> EditorialPolicy {
        var policy = EditorialPolicy()
        let key: [SQLValue] = [.programme(programme)]
        for row in try connection.query(
            "SELECT item_id, until_at FROM recommendation_pin WHERE programme_id = ? ORDER BY place, item_id", key)
        {
            guard let item = ItemID(try row.text(0)) else { continue }
            policy.pins.append(
                EditorialPin(item, until: try row.intOrNil(1).map { Instant(milliseconds: $0) }))
        }
        for row in try connection.query(
            "SELECT kind, name FROM recommendation_exclusion WHERE programme_id = ? ORDER BY kind, name", key)
        {
            let name = try row.text(1)
            if try row.text(0) == "item" {
                if let item = ItemID(name) { policy.excludedItems.insert(item) }
            } else {
                policy.excludedTopics.insert(name)
            }
        }
        if let row = try connection.first(
            """
            SELECT topic_share, maker_share, oldest_days, surprise_least, surprise_most FROM recommendation_bounds
            WHERE programme_id = ?
            """, key)
        {
            policy.topicShare = Int(try row.int(0))
            policy.makerShare = Int(try row.int(1))
            policy.oldestDays = try row.intOrNil(2).map { Int($0) }
            let (least, most) = (Int(try row.int(3)), Int(try row.int(4)))
            if least <= most { policy.surprise = least...most }
        }
        return policy
    }

    /// Puts a policy in place of what was decided before.
    public func write(_ policy: EditorialPolicy, _ connection: any Connection) throws {
        let key = SQLValue.programme(programme)
        for table in ["recommendation_pin", "recommendation_exclusion", "recommendation_bounds"] {
            try connection.execute("DELETE FROM \(table) WHERE programme_id = ?", [key])
        }
        for (place, pin) in policy.pins.enumerated() {
            try connection.execute(
                "INSERT INTO recommendation_pin (programme_id, item_id, place, until_at) VALUES (?, ?, ?, ?)",
                [key, .text(pin.item.text), .integer(Int64(place)), SQLValue(pin.until?.milliseconds)])
        }
        let excluded =
            policy.excludedItems.sorted().map { ("item", $0.text) }
            + policy.excludedTopics.sorted().map { ("topic", $0) }
        for (kind, name) in excluded {
            try connection.execute(
                "INSERT INTO recommendation_exclusion (programme_id, kind, name) VALUES (?, ?, ?)",
                [key, .text(kind), .text(name)])
        }
        try connection.execute(
            """
            INSERT INTO recommendation_bounds
                (programme_id, topic_share, maker_share, oldest_days, surprise_least, surprise_most)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                key, .integer(Int64(policy.topicShare)), .integer(Int64(policy.makerShare)),
                SQLValue(policy.oldestDays.map(Int64.init)), .integer(Int64(policy.surprise.lowerBound)),
                .integer(Int64(policy.surprise.upperBound)),
            ])
    }
}
