public import Primitives
public import Storage

/// What is looked for in the audit log; everything that is given must hold.
public struct AuditFilter: Sendable, Hashable {
    /// Whole, as `noun.verb`.
    public var action: String?
    /// A part of the object.
    public var object: String?
    /// Whole names of actors; empty finds nothing.
    public var actors: Set<String>?
    public var from: Instant?
    /// The first instant that is too late.
    public var to: Instant?

    public init(
        action: String? = nil, object: String? = nil, actors: Set<String>? = nil, from: Instant? = nil,
        to: Instant? = nil
    ) {
        self.action = action
        self.object = object
        self.actors = actors
        self.from = from
        self.to = to
    }
}

/// An entry with its place in the chain.
public struct ChainedAuditEntry: Sendable, Hashable {
    public let sequence: Int64
    public let entry: AuditEntry
    /// 32 bytes each: of the entry before it, and its own.
    public let previous: [UInt8]
    public let hash: [UInt8]
}

extension Audit {
    /// The entries of a chain that a filter lets through, latest first.
    ///
    /// - Parameter before: where the previous page ended.
    /// - Complexity: reads the chain from `before` on until `limit` entries are found; there is no index on its words, and
    ///   acts of staff are few.
    public static func search(
        _ connection: any Connection, programme: ProgrammeID?, _ filter: AuditFilter, before: Int64 = .max, limit: Int
    ) throws -> [ChainedAuditEntry] {
        var conditions = ["programme_id = ?", "sequence < ?"]
        var values: [SQLValue] = [.text(programme?.name ?? homeChain), .integer(before)]
        if let action = filter.action {
            conditions.append("action = ?")
            values.append(.text(action))
        }
        if let object = filter.object {
            conditions.append("lower(object) LIKE ? ESCAPE '!'")
            values.append(.text(pattern(object)))
        }
        if let from = filter.from {
            conditions.append("at >= ?")
            values.append(.instant(from))
        }
        if let to = filter.to {
            conditions.append("at < ?")
            values.append(.instant(to))
        }
        if let actors = filter.actors {
            if actors.isEmpty { return [] }
            conditions.append("actor IN (" + actors.map { _ in "?" }.joined(separator: ", ") + ")")
            values += actors.sorted().map { .text($0) }
        }
        values.append(.integer(Int64(limit)))
        return try connection.query(
            select + " WHERE " + conditions.joined(separator: " AND ") + " ORDER BY sequence DESC LIMIT ?", values
        ).map { row in
            ChainedAuditEntry(
                sequence: try row.int(0), entry: try entry(row, programme), previous: try row.blob(8),
                hash: try row.blob(9))
        }
    }

    /// Every action that stands in a chain, and every actor, in the order of their names.
    public static func words(
        _ connection: any Connection, programme: ProgrammeID?
    ) throws -> (actions: [String], actors: [String]) {
        let chain = SQLValue.text(programme?.name ?? homeChain)
        func distinct(_ column: String) throws -> [String] {
            try connection.query("SELECT DISTINCT \(column) FROM audit WHERE programme_id = ?", [chain])
                .map { try $0.text(0) }.sorted()
        }
        return (try distinct("action"), try distinct("actor"))
    }

    /// How many entries a chain says it has.
    public static func count(_ connection: any Connection, programme: ProgrammeID?) throws -> Int64 {
        let chain = SQLValue.text(programme?.name ?? homeChain)
        return try connection.first("SELECT sequence FROM audit_head WHERE programme_id = ?", [chain])?.int(0) ?? 0
    }

    /// What a text stands in anywhere; its own signs mean nothing.
    private static func pattern(_ text: String) -> String {
        var pattern = "%"
        for letter in text.lowercased() {
            if "!%_".contains(letter) { pattern.append("!") }
            pattern.append(letter)
        }
        return pattern + "%"
    }
}
