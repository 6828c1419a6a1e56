public import Primitives
internal import Storage
internal import Vault

/// A member of staff.
public struct StaffMember: Sendable, Hashable {
    public let id: ID128
    /// How colleagues call them. Work data, and so not in the vault; never in the audit log.
    public let name: String
    public let role: Role
    public let programmes: ProgrammeSet
    public let createdAt: Instant
    public let disabledAt: Instant?

    /// `nil` when the account is disabled.
    public var principal: Principal? {
        disabledAt == nil ? .staff(id: id, role: role, programmes: programmes) : nil
    }
}

/// Accounts of the people who run a home.
public struct StaffAccounts: Sendable {
    let database: any Database
    let random: any RandomBytes

    public static let maximumNameBytes = 100

    /// Makes an account. Its owner signs in by a link: ``SignIn/issueLink(for:lasting:now:)``.
    ///
    /// - Parameter form: names the form that asks, so that sending it twice makes one account; its id follows from it.
    /// - Throws: `.invalid` for the name; `.madeBefore` for a form that made its account already.
    public func create(
        name: String, role: Role, programmes: ProgrammeSet, form: ID128? = nil, by actor: AuditActor, now: Instant
    ) async throws -> StaffMember {
        guard (1...Self.maximumNameBytes).contains(name.utf8.count), !name.utf8.contains(where: { $0 < 0x20 }) else {
            throw AccessProblem.invalid(field: "name", expected: "1 to \(Self.maximumNameBytes) bytes on one line")
        }
        let member = StaffMember(
            id: form ?? random.id(), name: name, role: role, programmes: programmes, createdAt: now, disabledAt: nil)
        try await database.write { connection in
            let made = try connection.execute(
                """
                INSERT INTO staff (staff_id, name, role, programmes, created_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, [.id(member.id), .text(name), .text(role.rawValue), .text(programmes.text), .instant(now)])
            guard made == 1 else { throw AccessProblem.madeBefore }
            try Self.audit(connection, "staff.create", member.id, after: Self.text(role, programmes), actor, now)
        }
        return member
    }

    /// All accounts, by name.
    public func list() async throws -> [StaffMember] {
        try await database.read { connection in
            try connection.query(Self.select + " ORDER BY name, staff_id", []).map { try Self.member($0) }
        }
    }

    public func find(_ id: ID128) async throws -> StaffMember? {
        try await database.read { try Self.load(id, $0) }
    }

    /// Gives somebody another role or other programmes; open sessions have it on their next request.
    ///
    /// - Parameter keepsOwner: whether somebody must be left to manage keys and staff.
    /// - Throws: `.notFound`; `.lastOwner`.
    public func change(
        _ id: ID128, role: Role, programmes: ProgrammeSet, by actor: AuditActor, reason: String? = nil,
        keepsOwner: Bool = false, now: Instant
    ) async throws {
        try await database.write { connection in
            guard let old = try Self.load(id, connection) else { throw AccessProblem.notFound }
            try connection.execute(
                "UPDATE staff SET role = ?, programmes = ? WHERE staff_id = ?",
                [.text(role.rawValue), .text(programmes.text), .id(id)])
            try Self.audit(
                connection, "staff.change", id, before: Self.text(old.role, old.programmes),
                after: Self.text(role, programmes), reason: reason, actor, now)
            if keepsOwner { try Self.checkOwners(losing: old, connection) }
        }
    }

    /// Ends an account with its sessions and open links. Idempotent.
    ///
    /// - Parameter keepsOwner: whether somebody must be left to manage keys and staff.
    /// - Throws: `.notFound`; `.lastOwner`.
    public func disable(
        _ id: ID128, by actor: AuditActor, reason: String? = nil, keepsOwner: Bool = false, now: Instant
    ) async throws {
        try await database.write { connection in
            guard let old = try Self.load(id, connection) else { throw AccessProblem.notFound }
            try Sessions.endAll(of: .staff(id), connection)
            try StaffSecrets.forget(id, connection)
            try ExternalIdentities.forget(id, connection)
            guard old.disabledAt == nil else { return }
            try connection.execute("UPDATE staff SET disabled_at = ? WHERE staff_id = ?", [.instant(now), .id(id)])
            try Self.audit(connection, "staff.disable", id, reason: reason, actor, now)
            if keepsOwner { try Self.checkOwners(losing: old, connection) }
        }
    }

    /// Refuses what leaves a programme, or the home, without anybody who manages access.
    ///
    /// The chain of the audit log was written to first, so two owners cannot end each other at once.
    private static func checkOwners(losing old: StaffMember, _ connection: any Connection) throws {
        guard old.role.permissions.contains(.accessManage) else { return }
        let owners = try connection.query(select + " WHERE disabled_at IS NULL", []).map { try member($0) }
            .filter { $0.role.permissions.contains(.accessManage) }
        let isManaged =
            switch old.programmes {
            case .all: owners.contains { $0.programmes == .all }
            case .only(let programmes):
                programmes.allSatisfy { one in owners.contains { $0.programmes.contains(one) } }
            }
        guard isManaged else { throw AccessProblem.lastOwner }
    }

    static func load(_ id: ID128, _ connection: any Connection) throws -> StaffMember? {
        try connection.first(select + " WHERE staff_id = ?", [.id(id)]).map { try member($0) }
    }

    private static let select = "SELECT staff_id, name, role, programmes, created_at, disabled_at FROM staff"

    private static func member(_ row: Row) throws -> StaffMember {
        let text = try row.text(2)
        guard let role = Role(rawValue: text) else {
            throw AccessProblem.invalid(field: "role", expected: "a role of this release")
        }
        return StaffMember(
            id: try row.id(0), name: try row.text(1), role: role, programmes: ProgrammeSet(text: try row.text(3)),
            createdAt: try row.instant(4), disabledAt: try row.intOrNil(5).map { Instant(milliseconds: $0) })
    }

    private static func text(_ role: Role, _ programmes: ProgrammeSet) -> String {
        role.rawValue + " " + programmes.text
    }

    private static func audit(
        _ connection: any Connection, _ action: String, _ id: ID128, before: String? = nil, after: String? = nil,
        reason: String? = nil, _ actor: AuditActor, _ now: Instant
    ) throws {
        try Audit.append(
            connection,
            AuditEntry(
                programme: nil, at: now, actor: actor, action: action, object: "staff:" + id.description,
                before: before, after: after, reason: reason))
    }
}
