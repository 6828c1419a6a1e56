import Access
import Loyalty
import Primitives
import Runtime
import Storage
import Vault

/// Simulations that take a while: ordered, looked at, stopped.
struct SimulationRunsController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let random: any RandomBytes

    func backtest(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let bundle = Self.bundle("document", required: true, &fields) ?? .null
        let (from, to) = (Self.day("from", &fields), Self.day("to", &fields))
        try fields.finish()
        return try await order(call, body) { () throws(DocumentProblems) in
            .backtest(try ProgrammeDocument(bundle: bundle), from: from, to: to)
        }
    }

    /// What the files say is judged as a programme; that there are files is part of the request's form.
    private static func bundle(_ name: String, required: Bool, _ fields: inout Fields) -> JSONValue? {
        guard let bundle = fields.value(name, required: required) else { return nil }
        guard let files = bundle.objectValue, files.allSatisfy({ $0.value.stringValue != nil }) else {
            fields.fault(name, "Send an object of files: each path with its text.")
            return nil
        }
        return bundle
    }

    func replay(_ call: Call) async throws -> Reply {
        try await order(call, nil) { () throws(DocumentProblems) in .replay }
    }

    func forecast(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let members = fields.integer("members", required: true, in: Self.range(SimulationOrder.members)) ?? 0
        let days = fields.integer("days", required: true, in: Self.range(SimulationOrder.days)) ?? 0
        let seed = fields.integer("seed", required: true, in: 0 ... .max) ?? 0
        let candidate = Self.bundle("candidate", required: false, &fields)
        try fields.finish()
        let today = engine.clock.now().milliseconds / 86_400_000
        return try await order(call, body) { () throws(DocumentProblems) in
            .forecast(
                members: Int(members), days: Int(days), seed: seed, start: today,
                candidate: try candidate.map { bundle throws(DocumentProblems) in try ProgrammeDocument(bundle: bundle)
                })
        }
    }

    static func range(_ range: ClosedRange<Int>) -> ClosedRange<Int64> {
        Int64(range.lowerBound)...Int64(range.upperBound)
    }

    private static func day(_ name: String, _ fields: inout Fields) -> Int32? {
        guard let text = fields.text(name, limit: 10) else { return nil }
        guard let day = CivilDate(text), day.year >= 1 else {
            fields.fault(name, "Send a day such as 2026-11-21.")
            return nil
        }
        return Int32(clamping: day.daysSinceEpoch)
    }

    private func order(
        _ call: Call, _ body: JSONValue?, _ make: () throws(DocumentProblems) -> SimulationOrder
    ) async throws -> Reply {
        guard let key = call.key else { throw Problem.badKey }
        let programme = try call.programme
        let id =
            call.idempotencyKey.map {
                engine.holdID(
                    programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "simulation\n" + $0)
            } ?? random.id()
        return try await idempotency.once(call, body: body) {
            let run: SimulationRun
            do {
                run = try await make().order(id: id, by: key.principal.auditName, in: programme, engine)
            } catch let error as DocumentProblems {
                throw ProgrammeController.refused(error.problems)
            } catch let error as CompilationProblem {
                throw ProgrammeController.refused([DocumentProblem(path: error.place, message: error.message)])
            } catch let problem as SimulationOrder.Problem {
                throw Self.translated(problem)
            }
            try await note("simulation.order", run, key)
            return .json(201) { Self.write(run, into: &$0) }
        }
    }

    private static func translated(_ problem: SimulationOrder.Problem) -> Problem {
        switch problem {
        case .unknownProgramme: .notFound("programme")
        case .foreign: ProgrammeController.refused([ProgrammeController.foreign])
        case .noDays: Problem(.contradiction, "`to` lies before `from`.")
        case .tooMany:
            Problem(
                .contradiction,
                "\(LoyaltyStore.waitingSimulations) simulations wait already. Wait for one, or cancel one.")
        }
    }

    func get(_ call: Call) async throws -> Reply {
        let run = try await run(call)
        guard let key = call.key else { throw Problem.badKey }
        return .json(capacity: 8_192) { Self.write(run, seesMembers: Self.seesMembers(key), into: &$0) }
    }

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        guard let key = call.key else { throw Problem.badKey }
        var before: (at: Instant, id: ID128)?
        if let after = page.after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let at = Int64(parts[0]), let id = ID128(parts[1]) else { throw Page.badCursor }
            before = (Instant(milliseconds: at), id)
        }
        let store = LoyaltyStore(programme: try call.programme)
        let runs = try await engine.database.read { [before] in
            try store.simulations(before: before, limit: page.limit, $0)
        }
        let next = runs.count == page.limit ? runs.last.map { "\($0.createdAt.milliseconds).\($0.id)" } : nil
        return ListReply.json(runs, next: next) { run, writer in
            Self.write(run, seesMembers: Self.seesMembers(key), into: &writer)
        }
    }

    func cancel(_ call: Call) async throws -> Reply {
        let before = try await run(call)
        guard let key = call.key else { throw Problem.badKey }
        let store = LoyaltyStore(programme: try call.programme)
        let now = engine.clock.now()
        return try await idempotency.once(call, body: nil) {
            let (cancelled, run) = try await engine.database.write { connection in
                (
                    try store.end(simulation: before.id, as: .cancelled, at: now, connection),
                    try store.simulation(before.id, connection) ?? before
                )
            }
            if cancelled { try await note("simulation.cancel", run, key) }
            // The answer is kept for whoever repeats the request.
            return .json { Self.write(run, into: &$0) }
        }
    }

    private func run(_ call: Call) async throws -> SimulationRun {
        let id = try call.id("simulation", of: "simulation")
        let store = LoyaltyStore(programme: try call.programme)
        guard let run = try await engine.database.read({ try store.simulation(id, $0) }) else {
            throw Problem.notFound("simulation")
        }
        return run
    }

    private func note(_ what: String, _ run: SimulationRun, _ key: APIKey) async throws {
        let entry = AuditEntry(
            programme: key.programme, at: engine.clock.now(), actor: AuditActor(key.principal), action: what,
            object: "simulation:\(run.id)", after: run.kind.rawValue)
        try await engine.database.write { try Audit.append($0, entry) }
    }

    private static func seesMembers(_ key: APIKey) -> Bool { key.scopes.contains(.membersRead) }

    static func write(_ run: SimulationRun, seesMembers: Bool = false, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", run.id.description)
        writer.member("kind", run.kind.rawValue)
        writer.member("state", run.state.name)
        writer.member("created_at", RFC3339.format(run.createdAt))
        MemberDocument.write("finished_at", run.finishedAt, into: &writer)
        writer.member("share", run.share)
        writer.member("done", run.done)
        writer.member("total", run.total)
        writer.member("result", (seesMembers ? run.result : run.guardedResult) ?? .null)
        writer.member("problem", run.problem.map { .string($0) } ?? JSONValue.null)
        writer.endObject()
    }
}
