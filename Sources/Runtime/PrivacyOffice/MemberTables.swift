public import Primitives
public import Storage

/// The tables that hold rows of members, read from the migrations that make them: a table that somebody adds is in the
/// export and in the breach drill without being named there.
public struct MemberTables: Sendable {
    public struct Table: Sendable, Hashable {
        public var name: String
        /// Where it is declared.
        public var room: String
        public var columns: [String]
        public var key: [String]
    }

    /// The column that says whose a row is.
    public static let owner = "member_id"

    /// Columns that are not the member's own, and why.
    public static let leftOut: [String: String] = [
        "programme_id": "the same in every row", owner: "the same in every row",
        "friend_id": "another member", "advocate_id": "another member",
        "staff_id": "a member of staff", "asked_by": "a member of staff", "decided_by": "a member of staff",
        "sealed": "shown in words elsewhere in this file",
    ]

    public let tables: [Table]

    /// - Parameter schemas: of one database.
    public init(_ schemas: [Schema]) {
        var tables: [String: Table] = [:]
        for schema in schemas {
            for statement in schema.migrations.flatMap(\.statements) {
                if let table = Self.created(statement, room: schema.room) { tables[table.name] = table }
                if let (name, column) = Self.added(statement) { tables[name]?.columns.append(column) }
            }
        }
        self.tables = tables.values.filter { $0.columns.contains(Self.owner) }.sorted { $0.name < $1.name }
    }

    /// `CREATE TABLE name (column {type} …, PRIMARY KEY (…)) {clustered}`
    static func created(_ statement: String, room: String) -> Table? {
        let words = statement.split { $0.isWhitespace || $0 == "(" }
        guard words.count > 3, words[0] == "CREATE", words[1] == "TABLE", let open = statement.firstIndex(of: "(")
        else { return nil }
        var columns: [String] = []
        var depth = 0
        var part = ""
        var parts: [String] = []
        for character in statement[statement.index(after: open)...] {
            if character == "(" { depth += 1 }
            if character == ")" {
                if depth == 0 { break }
                depth -= 1
            }
            if character == ",", depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        var key: [String] = []
        for part in parts {
            let words = part.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            if first == "PRIMARY" {
                let inner = part.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
                key = inner.split { $0 == "," || $0.isWhitespace }.map(String.init)
            } else if !["UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"].contains(first) {
                columns.append(String(first))
            }
        }
        let name = words[2] == "IF" ? words[5] : words[2]
        return Table(name: String(name), room: room, columns: columns, key: key)
    }

    /// `ALTER TABLE name ADD COLUMN column …`
    static func added(_ statement: String) -> (table: String, column: String)? {
        let words = statement.split(whereSeparator: \.isWhitespace)
        guard words.count > 5, words[0] == "ALTER", words[1] == "TABLE", words[3] == "ADD", words[4] == "COLUMN" else {
            return nil
        }
        return (String(words[2]), String(words[5]))
    }

    // MARK: Rows

    /// A row: its columns with their values.
    public typealias Record = [(column: String, value: SQLValue)]

    /// A member's rows of one table, as they are stored, in the order of its key.
    public func rows(
        of table: Table, of member: MemberID, in programme: ProgrammeID, offset: Int, limit: Int,
        _ connection: any Connection
    ) throws -> [Record] {
        let columns = table.columns.filter { Self.leftOut[$0] == nil }
        // A table of nothing but its member says that the member is in it.
        let names = columns.isEmpty ? [Self.owner] : columns
        let order = table.key.isEmpty ? table.columns : table.key
        return try connection.query(
            """
            SELECT \(names.joined(separator: ", ")) FROM \(table.name) WHERE \(Self.owner) = ? AND programme_id = ?
            ORDER BY \(order.joined(separator: ", ")) LIMIT ? OFFSET ?
            """, [.member(member), .programme(programme), .integer(Int64(limit)), .integer(Int64(offset))]
        ).map { row in
            try columns.enumerated().map { index, name in (name, try row.value(index)) }
        }
    }

    /// How many members a table has rows of, and how many rows.
    func count(
        _ table: Table, in programme: ProgrammeID, _ connection: any Connection
    ) throws -> (members: Int64, rows: Int64) {
        let row = try connection.first(
            """
            SELECT count(DISTINCT \(Self.owner)), count(*) FROM \(table.name)
            WHERE programme_id = ? AND \(Self.owner) IS NOT NULL
            """, [.programme(programme)])
        return (try row?.int(0) ?? 0, try row?.int(1) ?? 0)
    }
}

/// What a leak of one database would lay open, by table (GDPR article 33(3)(a)): how many members, how many rows, and
/// which facts.
public struct AffectedSet: Sendable, Hashable {
    /// A database with a key and a role of its own.
    public enum Domain: String, Sendable, Hashable, CaseIterable {
        /// Who somebody is, sealed per member.
        case vault
        /// What somebody did and has, under a pseudonym.
        case ledger
    }

    public struct Table: Sendable, Hashable {
        public var domain: Domain
        public var room: String
        public var name: String
        public var columns: [String]
        public var members: Int64
        public var rows: Int64

        public init(
            domain: Domain, room: String, name: String, columns: [String], members: Int64, rows: Int64
        ) {
            self.domain = domain
            self.room = room
            self.name = name
            self.columns = columns
            self.members = members
            self.rows = rows
        }
    }

    public var programme: ProgrammeID
    /// When it was counted.
    public var at: Instant
    /// Those that hold anything.
    public var tables: [Table]

    public init(programme: ProgrammeID, at: Instant, tables: [Table]) {
        self.programme = programme
        self.at = at
        self.tables = tables
    }

    public var json: JSONValue {
        [
            "format": "stamgast-affected", "programme": .string(programme.name),
            "counted_at": .string(RFC3339.format(at)),
            "tables": .array(
                tables.map { table in
                    [
                        "domain": .string(table.domain.rawValue), "room": .string(table.room),
                        "table": .string(table.name), "members": .integer(table.members), "rows": .integer(table.rows),
                        "columns": .array(table.columns.map { .string($0) }),
                    ]
                }),
        ]
    }
}
