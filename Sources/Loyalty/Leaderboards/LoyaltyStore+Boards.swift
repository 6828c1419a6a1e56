public import Primitives
public import Storage

/// A finished period of a board, or of one of its cohorts.
public struct BoardPeriod: Sendable, Hashable {
    public var days: Range<Int32>
    /// Empty for a board of everybody.
    public var cell: String
    /// The day on which its standings were fixed, in the programme's time zone.
    public var finishedDay: Int32
    /// The version of the programme whose prizes were given.
    public var version: Int64
    /// 0 if they were fewer than the board's minimum: then there are no places.
    public var participants: Int64
    /// Whether what changes its scores afterwards is noted, so that they can be worked out again. It ends when the terms
    /// change under which they were worked out.
    public var isFollowed = false

    public init(days: Range<Int32>, cell: String, finishedDay: Int32, version: Int64, participants: Int64) {
        self.days = days
        self.cell = cell
        self.finishedDay = finishedDay
        self.version = version
        self.participants = participants
    }
}

/// A place of a finished period, as it is stored.
public struct StoredPlace: Sendable, Hashable {
    public var board: String
    public var first: Int32
    public var cell: String
    public var place: FinalPlace
    public var isPaid: Bool

    public init(board: String, first: Int32, cell: String, place: FinalPlace, isPaid: Bool) {
        self.board = board
        self.first = first
        self.cell = cell
        self.place = place
        self.isPaid = isPaid
    }
}

extension LoyaltyStore {
    private static let placeColumns = "member_id, board, first_day, cell, place, score, prize, amount, paid"

    /// Finished periods of a board, the latest first.
    public func boardPeriods(of board: String, _ connection: any Connection) throws -> [BoardPeriod] {
        try connection.query(
            """
            SELECT first_day, cell, end_day, finished_day, version, participants, follows FROM board_period
            WHERE programme_id = ? AND board = ? ORDER BY first_day DESC, cell
            """, [.text(programme.name), .text(board)]
        ).map {
            let first = Int32(clamping: try $0.int(0))
            var period = BoardPeriod(
                days: first..<max(first, Int32(clamping: try $0.int(2))), cell: try $0.text(1),
                finishedDay: Int32(clamping: try $0.int(3)), version: try $0.int(4), participants: try $0.int(5))
            period.isFollowed = try $0.flag(6)
            return period
        }
    }

    /// The days of the finished periods that are followed, by board and first day.
    public func followedPeriods(_ connection: any Connection) throws -> [String: [Int32: Range<Int32>]] {
        var followed: [String: [Int32: Range<Int32>]] = [:]
        for row in try connection.query(
            """
            SELECT DISTINCT board, first_day, end_day FROM board_period
            WHERE programme_id = ? AND follows = 1 AND participants > 0
            """, [.text(programme.name)])
        {
            let first = Int32(clamping: try row.int(1))
            followed[try row.text(0), default: [:]][first] = first..<max(first, Int32(clamping: try row.int(2)))
        }
        return followed
    }

    /// Begins to follow a finished period.
    public func follow(_ board: String, first: Int32, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE board_period SET follows = 1 WHERE programme_id = ? AND board = ? AND first_day = ?",
            [.text(programme.name), .text(board), .integer(Int64(first))])
    }

    /// Follows a board's finished periods no longer: its scores are worked out in another way from now on.
    public func unfollow(_ board: String, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE board_period SET follows = 0 WHERE programme_id = ? AND board = ?",
            [.text(programme.name), .text(board)])
    }

    /// The first places of a finished period.
    public func boardPlaces(
        of board: String, first: Int32, cell: String, limit: Int, _ connection: any Connection
    ) throws -> [StoredPlace] {
        try connection.query(
            """
            SELECT \(Self.placeColumns) FROM board_place
            WHERE programme_id = ? AND board = ? AND first_day = ? AND cell = ? ORDER BY place, member_id LIMIT ?
            """,
            [.text(programme.name), .text(board), .integer(Int64(first)), .text(cell), .integer(Int64(limit))]
        ).map(Self.place)
    }

    /// The places of a finished period after another one, the best first.
    public func boardPlaces(
        of board: String, first: Int32, cell: String, after last: FinalPlace?, limit: Int, _ connection: any Connection
    ) throws -> [StoredPlace] {
        guard let last else {
            return try boardPlaces(of: board, first: first, cell: cell, limit: limit, connection)
        }
        let key: [SQLValue] = [.text(programme.name), .text(board), .integer(Int64(first)), .text(cell)]
        return try connection.query(
            """
            SELECT \(Self.placeColumns) FROM board_place
            WHERE programme_id = ? AND board = ? AND first_day = ? AND cell = ? AND (place, member_id) > (?, ?)
            ORDER BY place, member_id LIMIT ?
            """, key + [.integer(Int64(last.rank)), .id(last.member.value), .integer(Int64(limit))]
        ).map(Self.place)
    }

    /// All places of one member.
    public func boardPlaces(of member: MemberID, _ connection: any Connection) throws -> [StoredPlace] {
        try connection.query(
            """
            SELECT \(Self.placeColumns) FROM board_place WHERE member_id = ? AND programme_id = ?
            ORDER BY board, first_day
            """, [.id(member.value), .text(programme.name)]
        ).map(Self.place)
    }

    /// The places of one member on a board, the latest first.
    public func boardPlaces(
        of board: String, member: MemberID, _ connection: any Connection
    ) throws -> [StoredPlace] {
        try connection.query(
            """
            SELECT \(Self.placeColumns) FROM board_place
            WHERE member_id = ? AND board = ? AND programme_id = ? ORDER BY first_day DESC
            """, [.id(member.value), .text(board), .text(programme.name)]
        ).map(Self.place)
    }

    /// Prizes that nobody was given yet, the best places first.
    public func unpaidPlaces(limit: Int, _ connection: any Connection) throws -> [StoredPlace] {
        try connection.query(
            """
            SELECT \(Self.placeColumns) FROM board_place WHERE programme_id = ? AND paid = 0
            ORDER BY first_day, board, cell, place, member_id LIMIT ?
            """, [.text(programme.name), .integer(Int64(limit))]
        ).map(Self.place)
    }

    /// How many prizes of a finished period were given, and what they came to.
    public func boardPrizes(
        of board: String, first: Int32, _ connection: any Connection
    ) throws -> (paid: Int64, open: Int64, amount: Int64) {
        let row = try connection.first(
            """
            SELECT coalesce(sum(paid), 0), count(*), coalesce(sum(amount), 0) FROM board_place
            WHERE programme_id = ? AND board = ? AND first_day = ? AND prize >= 0
            """, [.text(programme.name), .text(board), .integer(Int64(first))])
        let paid = try row?.int(0) ?? 0
        return (paid, (try row?.int(1) ?? 0) - paid, try row?.int(2) ?? 0)
    }

    public func markPaid(_ place: StoredPlace, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE board_place SET paid = 1 WHERE member_id = ? AND board = ? AND first_day = ? AND programme_id = ?",
            [
                .id(place.place.member.value), .text(place.board), .integer(Int64(place.first)),
                .text(programme.name),
            ])
    }

    /// The first day of the last finished period of each board.
    public func lastFinished(_ connection: any Connection) throws -> [String: Int32] {
        var last: [String: Int32] = [:]
        for row in try connection.query(
            "SELECT board, max(first_day) FROM board_period WHERE programme_id = ? GROUP BY board",
            [.text(programme.name)])
        {
            last[try row.text(0)] = Int32(clamping: try row.int(1))
        }
        return last
    }

    /// Writes places of a period that is not finished yet. Whoever was erased since the standings were worked out gets
    /// none: in a transaction that sees who is there, nothing of them can come back.
    public func add(
        _ places: [FinalPlace], to board: String, first: Int32, cell: String, _ connection: any Connection
    ) throws {
        let stored = Set(
            try connection.query(
                "SELECT member_id FROM member WHERE programme_id = ? AND member_id IN (?*)", [.text(programme.name)],
                keys: places.map { .id($0.member.value) }
            ).map { try $0.member(0) })
        var rows = RowBatch(BoardStatements.place)
        for place in places where stored.contains(place.member) {
            rows.append(
                .id(place.member.value), .text(programme.name), .text(board), .integer(Int64(first)), .text(cell),
                .integer(Int64(place.rank)), .integer(place.score), .integer(Int64(place.prize ?? -1)),
                .integer(place.amount), .integer(place.prize == nil ? 1 : 0))
        }
        if !rows.isEmpty { try connection.enqueue(BoardStatements.place, rows) }
    }

    /// Removes places of a period whose writing was cut off, or that is kept no longer.
    public func removePlaces(of board: String, first: Int32, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM board_place WHERE programme_id = ? AND board = ? AND first_day = ?",
            [.text(programme.name), .text(board), .integer(Int64(first))])
    }

    /// As ``removePlaces(of:first:_:)``, at most so many at a time.
    ///
    /// - Returns: how many went.
    public func removePlaces(
        of board: String, first: Int32, limit: Int, _ connection: any Connection
    ) throws -> Int {
        let period: [SQLValue] = [.text(board), .integer(Int64(first))]
        // By member, so that no page looks through all places again; a member is of one programme.
        return try connection.execute(
            """
            DELETE FROM board_place WHERE board = ? AND first_day = ? AND member_id IN (
                SELECT member_id FROM board_place WHERE programme_id = ? AND board = ? AND first_day = ? LIMIT ?)
            """, period + [.text(programme.name)] + period + [.integer(Int64(limit))])
    }

    /// Fixes a period, and forgets those that are kept no longer.
    public func finish(
        _ periods: [BoardPeriod], of board: String, keep: Int, _ connection: any Connection
    ) throws {
        for period in periods {
            try connection.execute(
                """
                INSERT INTO board_period
                (programme_id, board, first_day, cell, end_day, finished_day, version, participants)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(programme.name), .text(board), .integer(Int64(period.days.lowerBound)), .text(period.cell),
                    .integer(Int64(period.days.upperBound)), .integer(Int64(period.finishedDay)),
                    .integer(period.version), .integer(period.participants),
                ])
        }
        let firsts = Set(try boardPeriods(of: board, connection).map(\.days.lowerBound)).sorted(by: >)
        for first in firsts.dropFirst(keep) {
            try removePlaces(of: board, first: first, connection)
            try connection.execute(
                "DELETE FROM board_period WHERE programme_id = ? AND board = ? AND first_day = ?",
                [.text(programme.name), .text(board), .integer(Int64(first))])
        }
    }

    private static func place(_ row: Row) throws -> StoredPlace {
        let prize = Int(try row.int(6))
        return StoredPlace(
            board: try row.text(1), first: Int32(clamping: try row.int(2)), cell: try row.text(3),
            place: FinalPlace(
                member: try row.member(0), rank: Int(try row.int(4)), score: try row.int(5),
                prize: prize < 0 ? nil : prize, amount: try row.int(7)),
            isPaid: try row.flag(8))
    }
}
