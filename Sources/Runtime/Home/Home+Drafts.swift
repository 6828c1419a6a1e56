import Access
import Loyalty
public import Primitives
import Storage

extension Home {
    /// Puts the draft of a programme in force when its time has come, in the name of whoever planned it. If that cannot be,
    /// the plan ends, the draft stays, and it says why.
    ///
    /// - Returns: whether a plan was carried out or ended.
    @discardableResult
    public func applyDueDraft(of programme: ProgrammeID, at now: Instant) async throws -> Bool {
        let found = try await database.read { connection in
            try ProgrammeDrafts.isDue(programme, at: now, connection)
                ? ProgrammeDrafts.load(programme, connection) : nil
        }
        guard let draft = found, let plan = draft.plan, plan.at <= now else { return false }
        let refusal: ProgrammeDraft.Refusal
        do {
            var account: StaffMember?
            if let planner = ID128(plan.by) { account = try await access.staff.find(planner) }
            if account?.principal?.allows(.programmeWrite, in: programme) ?? false {
                switch try await apply(
                    draft.document, to: programme, basedOn: draft.basedOn, by: plan.by, note: "planned")
                {
                case .applied(let version), .unchanged(let version):
                    let entry = AuditEntry(
                        programme: programme, at: now, actor: .server, action: "programme.apply",
                        object: "programme:\(programme.name)", after: "version \(version.number)")
                    try await database.write { connection in
                        if try ProgrammeDrafts.remove(programme, revision: draft.revision, connection) {
                            try Audit.append(connection, entry)
                        }
                    }
                    return true
                case .conflict: refusal = .outdated
                }
            } else {
                refusal = .role
            }
        } catch is DocumentProblems {
            refusal = .problems
        } catch is CompilationProblem {
            refusal = .problems
        } catch is UndecidedChanges {
            refusal = .undecided
        }
        var open = draft
        open.plan = nil
        open.refusal = refusal
        let entry = AuditEntry(
            programme: programme, at: now, actor: .server, action: "programme.plan-refused",
            object: "programme:\(programme.name)", reason: refusal.rawValue)
        return try await database.write { [open] connection in
            guard try ProgrammeDrafts.save(open, of: programme, connection) else { return false }
            try Audit.append(connection, entry)
            return true
        }
    }
}
