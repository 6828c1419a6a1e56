import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// Changes tried on history, in the console.
extension SiteAdapter {
    func backtests(for staff: SiteStaff) async throws -> BacktestDesk {
        let programme = staff.programme.id
        guard let compiled = engine.host[programme] else { throw ProgrammeGone() }
        let store = LoyaltyStore(programme: programme)
        let runs = try await home.database.read { connection in
            try store.simulations(.backtest, limit: 20, connection) + store.simulations(.replay, limit: 20, connection)
        }
        let calendar = compiled.calendar(offsets: engine.zones)
        func day(_ instant: Instant) -> LocalDay { LocalDay(daysSinceEpoch: Int(calendar.day(of: instant))) }
        return BacktestDesk(
            today: day(engine.clock.now()), files: try await document(of: programme)?.files.map(\.path) ?? [],
            mayOrder: try await mayChange(staff) != nil,
            entries: runs.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }.prefix(20).map { run in
                BacktestDesk.Entry(
                    id: run.id.description, kind: Self.kind(run), state: Self.state(run), day: day(run.createdAt))
            })
    }

    func backtestFile(_ path: String, for staff: SiteStaff) async throws -> String? {
        try await document(of: staff.programme.id)?.files.first { $0.path == path }.flatMap {
            String(validating: $0.bytes, as: UTF8.self)
        }
    }

    func draft(_ text: String, at path: String, for staff: SiteStaff) async throws -> BacktestDraft {
        guard let compiled = engine.host[staff.programme.id] else { throw ProgrammeGone() }
        func problems(_ problems: [DocumentProblem]) -> BacktestDraft {
            BacktestDraft(
                problems: problems.prefix(20).map { problem in
                    BacktestDraft.Problem(
                        path: problem.path, line: problem.line, column: problem.column, message: problem.message,
                        fix: problem.fix)
                })
        }
        do {
            let changed = try await changed(text, at: path, staff).programme(zones: engine.zones)
            guard changed.id == compiled.id else {
                return problems([
                    DocumentProblem(path: path, message: "The document is of another programme than this console.")
                ])
            }
            return BacktestDraft(
                changes: ProgrammeDiff(from: compiled.programme, to: changed).changes.map { change in
                    BacktestDraft.Change(
                        thing: change.thing + " " + change.id, field: change.field, from: change.from, to: change.to)
                })
        } catch let error as DocumentProblems {
            return problems(error.problems)
        }
    }

    func order(_ file: (path: String, text: String)?, for staff: SiteStaff, key: String) async throws -> String? {
        guard let principal = try await mayChange(staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        let actor = AuditActor(principal)
        do {
            let order: SimulationOrder =
                if let file {
                    .backtest(try await changed(file.text, at: file.path, staff), from: nil, to: nil)
                } else {
                    .replay
                }
            let id = engine.holdID(
                programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "simulation\n" + staff.staff + key)
            let run = try await order.order(id: id, by: actor.description, in: programme, engine)
            try await note("simulation.order", run.id, programme, actor)
            return run.id.description
        } catch is DocumentProblems {
            return nil
        } catch is CompilationProblem {
            return nil
        } catch is SimulationOrder.Problem {
            return nil
        }
    }

    func backtest(_ id: String, for staff: SiteStaff, language: PageLanguage) async throws -> BacktestSheet? {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let store = LoyaltyStore(programme: programme)
        guard let id = ID128(id), let run = try await home.database.read({ try store.simulation(id, $0) }),
            run.kind != .forecast
        else { return nil }
        var sheet = BacktestSheet(
            id: run.id.description, kind: Self.kind(run), state: Self.state(run),
            mayStop: try await mayChange(staff) != nil)
        let seesMembers = try await principal(of: staff)?.allows(.membersRead, in: programme) ?? false
        guard let result = seesMembers ? run.result : run.guardedResult else { return sheet }
        let reading = BacktestReading(view: view)
        switch run.kind {
        case .backtest: reading.fill(&sheet, result)
        case .replay: sheet.replay = reading.replay(result)
        case .forecast: break
        }
        return sheet
    }

    func cancelBacktest(_ id: String, for staff: SiteStaff) async throws {
        guard let principal = try await mayChange(staff) else { throw HTTPError(.forbidden) }
        guard let id = ID128(id) else { return }
        let store = LoyaltyStore(programme: staff.programme.id)
        let now = engine.clock.now()
        if try await home.database.write({ try store.end(simulation: id, as: .cancelled, at: now, $0) }) {
            try await note("simulation.cancel", id, staff.programme.id, AuditActor(principal))
        }
    }

    // MARK: The document

    private func document(of programme: ProgrammeID) async throws -> ProgrammeDocument? {
        try await home.versions.loadCurrent(programme)?.document
    }

    /// The document in force with one file changed, or one more. Browsers send line breaks as two bytes.
    private func changed(_ text: String, at path: String, _ staff: SiteStaff) async throws -> ProgrammeDocument {
        let bytes = Array(text.replacing("\r\n", with: "\n").utf8)
        let files = try await document(of: staff.programme.id)?.files ?? []
        return try ProgrammeDocument(
            files: files.filter { $0.path != path } + [ProgrammeDocument.File(path: path, bytes: bytes)])
    }

    private func mayChange(_ staff: SiteStaff) async throws -> Principal? {
        guard let principal = try await principal(of: staff), principal.allows(.programmeWrite, in: staff.programme.id)
        else { return nil }
        return principal
    }

    private func note(
        _ what: String, _ run: ID128, _ programme: ProgrammeID, _ actor: AuditActor
    ) async throws {
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(), actor: actor, action: what, object: "simulation:\(run)")
        try await home.database.write { try Audit.append($0, entry) }
    }

    private static func kind(_ run: SimulationRun) -> BacktestKind { run.kind == .replay ? .replay : .backtest }

    private static func state(_ run: SimulationRun) -> BacktestState {
        switch run.state {
        case .waiting, .running: .running(run.share)
        case .done: .done
        case .cancelled: .cancelled
        case .failed: .failed(run.problem ?? "")
        }
    }
}
