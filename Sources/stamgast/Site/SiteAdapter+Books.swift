import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// What is owed, and jobs, in the console.
extension SiteAdapter {
    func books(for staff: SiteStaff, language: PageLanguage) async throws -> [UnitBooks] {
        guard let view = view(staff.programme.id, language) else { throw ProgrammeGone() }
        return try await engine.liability(of: staff.programme.id).units.map { unit in
            UnitBooks(
                unit: view.unit(unit.unit), outstanding: unit.outstanding, expectedBreakage: unit.expectedBreakage,
                deferred: unit.deferredMicros.flatMap { micros in
                    unit.value.map { UnitValue.decimal(micros: micros) + " " + $0.currency }
                },
                months: unit.months.map { row in
                    let moved = row.movements
                    return UnitBooks.Month(
                        month: row.month.description, opening: row.opening, issued: moved.issued,
                        redeemed: moved.redeemed, expired: moved.expired,
                        other: moved.takenBack + moved.adjusted + moved.charged + moved.moved, closing: row.closing)
                })
        }
    }

    func jobs(for staff: SiteStaff) async throws -> JobList {
        let programme = staff.programme.id
        let store = LoyaltyStore(programme: programme)
        let jobs = try await home.database.read { try store.jobs(limit: 20, $0) }
        let units = engine.host[programme]?.programme.units.filter { $0.kind == .points }.map(\.id) ?? []
        return JobList(
            jobs: jobs.map { job in
                ConsoleJob(
                    id: job.id.description, order: job.action.name + " " + job.action.subject,
                    condition: job.condition, state: ConsoleJob.State(rawValue: job.state.name) ?? .failed,
                    share: job.share, changed: job.changed, unchanged: job.unchanged, refused: job.refused)
            }, mayOrder: try await mayOrder(staff) != nil, units: units)
    }

    /// - Returns: what is wrong with the order; `nil` once it is on disk.
    func order(_ order: JobOrder, for staff: SiteStaff, key: String) async throws -> String? {
        guard let principal = try await mayOrder(staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        var json: JSONValue = ["do": .string(order.action), "unit": .string(order.unit)]
        if order.action == "grant", let amount = order.amount { json["amount"] = .integer(amount) }
        guard let action = BulkAction(json) else { return order.action }
        let actor = AuditActor(principal)
        do {
            let id = engine.holdID(
                programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "job\n" + staff.staff + key)
            let job = try await JobRunner.order(
                action, members: nil, condition: order.condition, id: id, by: actor.description, in: programme, engine)
            try await note("job.order", job.id, programme, actor, action.json.text())
            return nil
        } catch JobRunner.Problem.missing(let detail) {
            return detail
        } catch JobRunner.Problem.condition(let detail) {
            return detail
        }
    }

    func cancelJob(_ id: String, for staff: SiteStaff) async throws {
        guard let principal = try await mayOrder(staff) else { throw HTTPError(.forbidden) }
        guard let id = ID128(id) else { return }
        let store = LoyaltyStore(programme: staff.programme.id)
        let now = engine.clock.now()
        if try await home.database.write({ try store.cancelJob(id, at: now, $0) }) {
            try await note("job.cancel", id, staff.programme.id, AuditActor(principal), nil)
        }
    }

    private func note(
        _ what: String, _ job: ID128, _ programme: ProgrammeID, _ actor: AuditActor, _ after: String?
    ) async throws {
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(), actor: actor, action: what, object: "job:\(job)",
            after: after)
        try await home.database.write { try Audit.append($0, entry) }
    }

    /// Who may correct points may do it for many.
    private func mayOrder(_ staff: SiteStaff) async throws -> Principal? {
        guard let id = ID128(staff.staff), let principal = try await home.access.staff.find(id)?.principal,
            principal.allows(.ledgerAdjust, in: staff.programme.id)
        else { return nil }
        return principal
    }
}
