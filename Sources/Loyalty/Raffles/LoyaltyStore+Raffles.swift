public import Primitives
public import Storage

/// What is kept of a raffle.
public struct RaffleRecord: Sendable, Hashable {
    public var raffle: String
    public var commitment: [UInt8]
    /// The seed, sealed.
    public var secret: [UInt8]
    public var openedDay: Int32
    public var closedDay: Int32?
    public var root: [UInt8]?
    /// What the draw follows from besides, as it was when the list was closed: one entry per prize to be won.
    public var prizes: [String] = []
    /// How many are drawn, reserves included.
    public var places = 0
    public var several = false
    public var drawnDay: Int32?
    public var beacon: String
    /// Revealed by the draw.
    public var seed: [UInt8]?
    /// The hash of the terms that were announced with the commitment; `nil` before it was kept.
    public var terms: [UInt8]?
    /// Commitments made before the terms changed, in hexadecimal digits, the oldest first.
    public var earlier: [String] = []

    public init(
        raffle: String, commitment: [UInt8], secret: [UInt8], openedDay: Int32, terms: [UInt8]? = nil,
        earlier: [String] = []
    ) {
        self.terms = terms
        self.earlier = earlier
        self.raffle = raffle
        self.commitment = commitment
        self.secret = secret
        self.openedDay = openedDay
        beacon = ""
    }
}

/// A line of a closed list, with whose it is; `nil` for who was erased.
public struct RaffleHolder: Sendable, Hashable {
    public var entry: RaffleEntry
    public var member: MemberID?

    public init(entry: RaffleEntry, member: MemberID?) {
        self.entry = entry
        self.member = member
    }
}

extension LoyaltyStore {
    /// Writes a commitment down, once: a raffle that has one keeps it.
    public func open(_ record: RaffleRecord, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO raffle (programme_id, raffle, commitment, secret, opened_day, terms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(programme.name), .text(record.raffle), .blob(record.commitment), .blob(record.secret),
                .integer(Int64(record.openedDay)), record.terms.map { .blob($0) } ?? .null,
            ])
    }

    /// Replaces a commitment by one to other terms; the earlier ones stay published. Not once the list is closed.
    public func renew(_ record: RaffleRecord, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE raffle SET commitment = ?, secret = ?, opened_day = ?, terms = ?, earlier = ?
            WHERE programme_id = ? AND raffle = ? AND closed_day IS NULL
            """,
            [
                .blob(record.commitment), .blob(record.secret), .integer(Int64(record.openedDay)),
                record.terms.map { .blob($0) } ?? .null,
                record.earlier.isEmpty ? .null : .text(record.earlier.joined(separator: " ")),
                .text(programme.name), .text(record.raffle),
            ])
    }

    public func raffles(_ connection: any Connection) throws -> [String: RaffleRecord] {
        var found: [String: RaffleRecord] = [:]
        for row in try connection.query(
            """
            SELECT raffle, commitment, secret, opened_day, closed_day, root, drawn_day, beacon, seed,
                prizes, places, several, terms, earlier
            FROM raffle WHERE programme_id = ?
            """, [.text(programme.name)])
        {
            var record = RaffleRecord(
                raffle: try row.text(0), commitment: try row.blob(1), secret: try row.blob(2),
                openedDay: Int32(clamping: try row.int(3)), terms: try row.blobOrNil(12),
                earlier: (try row.textOrNil(13) ?? "").split(separator: " ").map(String.init))
            record.closedDay = try row.intOrNil(4).map { Int32(clamping: $0) }
            if record.closedDay != nil {
                record.root = try row.blob(5)
                record.prizes = try row.text(9).split(separator: ",").map(String.init)
                record.places = Int(clamping: try row.int(10))
                record.several = try row.int(11) == 1
            }
            record.drawnDay = try row.intOrNil(6).map { Int32(clamping: $0) }
            if record.drawnDay != nil {
                record.beacon = try row.text(7)
                record.seed = try row.blob(8)
            }
            found[record.raffle] = record
        }
        return found
    }

    /// The tickets of all members, as their counters have them.
    public func tickets(
        in raffle: Raffle, _ connection: any Connection
    ) throws -> [(member: MemberID, tickets: Int64)] {
        try connection.query(
            "SELECT member_id, marks FROM counter WHERE programme_id = ? AND name = ?",
            [.text(programme.name), .text(RaffleCounters.tickets(of: raffle.id))]
        ).compactMap { row in
            guard let counter = Counter(encodedMarks: try row.blob(1), granted: 0, refused: 0) else {
                throw LoyaltyStoreProblem.unreadable(table: "counter")
            }
            let tickets = min(raffle.most, counter.tickets(in: raffle))
            return tickets > 0 ? (try row.member(0), tickets) : nil
        }
    }

    /// Closes a list. It is closed once.
    public func close(
        _ raffle: Raffle, _ holders: [RaffleHolder], root: [UInt8], day: Int32, _ connection: any Connection
    ) throws {
        let changed = try connection.execute(
            """
            UPDATE raffle SET closed_day = ?, root = ?, prizes = ?, places = ?, several = ?
            WHERE programme_id = ? AND raffle = ? AND closed_day IS NULL
            """,
            [
                .integer(Int64(day)), .blob(root), .text(raffle.prizeList.joined(separator: ",")),
                .integer(Int64(raffle.places)), .integer(raffle.several ? 1 : 0), .text(programme.name),
                .text(raffle.id),
            ])
        guard changed > 0 else { return }
        for holder in holders {
            try connection.execute(
                """
                INSERT INTO raffle_entry (programme_id, raffle, entry_id, tickets, member_id) VALUES (?, ?, ?, ?, ?)
                """,
                [
                    .text(programme.name), .text(raffle.id), .id(holder.entry.id), .integer(holder.entry.tickets),
                    holder.member.map { .id($0.value) } ?? .null,
                ])
        }
    }

    /// Reveals the seed. It is drawn once.
    public func draw(
        _ raffle: String, seed: [UInt8], beacon: String, day: Int32, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE raffle SET drawn_day = ?, beacon = ?, seed = ?
            WHERE programme_id = ? AND raffle = ? AND closed_day IS NOT NULL AND drawn_day IS NULL
            """,
            [.integer(Int64(day)), .text(beacon), .blob(seed), .text(programme.name), .text(raffle)])
    }

    /// The closed list of a raffle, sorted.
    public func raffleHolders(_ raffle: String, _ connection: any Connection) throws -> [RaffleHolder] {
        try connection.query(
            "SELECT entry_id, tickets, member_id FROM raffle_entry WHERE programme_id = ? AND raffle = ?",
            [.text(programme.name), .text(raffle)]
        ).map { row in
            RaffleHolder(
                entry: RaffleEntry(id: try row.id(0), tickets: try row.int(1)),
                member: try row.idOrNil(2).map { MemberID($0) })
        }.sorted { $0.entry < $1.entry }
    }

    /// By record: the one of the same person that answers for it, for those that are not their own.
    public func successors(
        of members: [MemberID], _ connection: any Connection
    ) throws -> [MemberID: MemberID] {
        var found: [MemberID: MemberID] = [:]
        var open = Set(members)
        for _ in 0..<8 where !open.isEmpty {
            var next: Set<MemberID> = []
            for row in try connection.query(
                """
                SELECT member_id, merged_into FROM member
                WHERE programme_id = ? AND merged_into IS NOT NULL AND member_id IN (?*)
                """, [.text(programme.name)], keys: open.sorted().map { .member($0) })
            {
                let into = MemberID(try row.id(1))
                found[try row.member(0)] = into
                if found[into] == nil { next.insert(into) }
            }
            open = next
        }
        return found
    }

    /// The members that were given prizes, by place.
    public func raffleWinners(_ raffle: String, _ connection: any Connection) throws -> [Int: MemberID] {
        var places: [Int: MemberID] = [:]
        for row in try connection.query(
            "SELECT member_id, marks FROM counter WHERE programme_id = ? AND name = ?",
            [.text(programme.name), .text(RaffleCounters.won(in: raffle))])
        {
            guard let counter = Counter(encodedMarks: try row.blob(1), granted: 0, refused: 0) else {
                throw LoyaltyStoreProblem.unreadable(table: "counter")
            }
            for mark in counter.marks { places[Int(mark.slot)] = try row.member(0) }
        }
        return places
    }

    /// Whose it was is forgotten; the list stays what it was, so that its root can be computed again.
    func eraseRaffles(of member: MemberID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE raffle_entry SET member_id = NULL WHERE member_id = ? AND programme_id = ?",
            [.member(member), .text(programme.name)])
    }
}
