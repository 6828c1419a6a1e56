public import Primitives
public import Storage

extension LoyaltyStore {
    /// How many simulations of a programme are kept; the oldest that are over go first.
    public static let keptSimulations = 50
    /// The most that wait at a time.
    public static let waitingSimulations: Int64 = 10

    private static let simulationColumns = """
        run_id, kind, request, state, created_at, created_by, finished_at, done, total, result, problem
        """

    /// Orders a simulation. Ordering the same one again changes nothing.
    ///
    /// - Returns: the simulation; `nil` if too many wait already.
    public func order(_ run: SimulationRun, _ connection: any Connection) throws -> SimulationRun? {
        if let known = try simulation(run.id, connection) { return known }
        let open = try connection.first(
            "SELECT count(*) FROM simulation_run WHERE programme_id = ? AND state < 2", [.text(programme.name)])
        guard try open?.int(0) ?? 0 < Self.waitingSimulations else { return nil }
        try connection.execute(
            """
            INSERT INTO simulation_run (
                programme_id, run_id, kind, request, state, created_at, created_by, done, total)
            VALUES (?, ?, ?, ?, 0, ?, ?, 0, 0)
            """,
            [
                .text(programme.name), .id(run.id), .text(run.kind.rawValue), .text(run.request.text()),
                .integer(run.createdAt.milliseconds), .text(run.createdBy),
            ])
        try pruneSimulations(connection)
        return run
    }

    private func pruneSimulations(_ connection: any Connection) throws {
        let old = try connection.query(
            """
            SELECT run_id FROM simulation_run WHERE programme_id = ? AND state >= 2
            ORDER BY created_at DESC, run_id DESC
            """, [.text(programme.name)]
        ).dropFirst(Self.keptSimulations)
        for row in old {
            try connection.execute(
                "DELETE FROM simulation_run WHERE programme_id = ? AND run_id = ?",
                [.text(programme.name), .id(try row.id(0))])
        }
    }

    public func simulation(_ id: ID128, _ connection: any Connection) throws -> SimulationRun? {
        try connection.first(
            "SELECT \(Self.simulationColumns) FROM simulation_run WHERE programme_id = ? AND run_id = ?",
            [.text(programme.name), .id(id)]
        ).map { try Self.simulation($0) }
    }

    /// The newest first.
    ///
    /// - Parameter before: continues after the last of a page.
    public func simulations(
        _ kind: SimulationRun.Kind? = nil, before: (at: Instant, id: ID128)? = nil, limit: Int,
        _ connection: any Connection
    ) throws -> [SimulationRun] {
        var sql = "SELECT \(Self.simulationColumns) FROM simulation_run WHERE programme_id = ?"
        var arguments: [SQLValue] = [.text(programme.name)]
        if let kind {
            sql += " AND kind = ?"
            arguments.append(.text(kind.rawValue))
        }
        if let before {
            sql += " AND (created_at < ? OR (created_at = ? AND run_id < ?))"
            arguments += [.integer(before.at.milliseconds), .integer(before.at.milliseconds), .id(before.id)]
        }
        arguments.append(.integer(Int64(limit)))
        return try connection.query(sql + " ORDER BY created_at DESC, run_id DESC LIMIT ?", arguments)
            .map { try Self.simulation($0) }
    }

    /// The one that is to go on next: the oldest that is not over.
    public func openSimulation(_ connection: any Connection) throws -> SimulationRun? {
        try connection.first(
            """
            SELECT \(Self.simulationColumns) FROM simulation_run WHERE programme_id = ? AND state < 2
            ORDER BY created_at, run_id LIMIT 1
            """, [.text(programme.name)]
        ).map { try Self.simulation($0) }
    }

    /// Writes how far a simulation is.
    ///
    /// - Returns: whether it is to go on: `false` once it was cancelled.
    public func advance(
        simulation id: ID128, done: Int64, total: Int64, _ connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE simulation_run SET state = ?, done = ?, total = ?
            WHERE programme_id = ? AND run_id = ? AND state < 2
            """,
            [
                .integer(Job.State.running.rawValue), .integer(done), .integer(total), .text(programme.name), .id(id),
            ]) == 1
    }

    /// Ends a simulation that is not over: with an answer, with what went wrong, or with neither if it was cancelled.
    ///
    /// - Returns: whether it was not over.
    @discardableResult
    public func end(
        simulation id: ID128, as state: Job.State, result: JSONValue? = nil, problem: String? = nil, at now: Instant,
        _ connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE simulation_run SET state = ?, finished_at = ?, result = ?, problem = ?, request = 'null'
            WHERE programme_id = ? AND run_id = ? AND state < 2
            """,
            [
                .integer(state.rawValue), .integer(now.milliseconds), SQLValue(result?.text()), SQLValue(problem),
                .text(programme.name), .id(id),
            ]) == 1
    }

    private static func simulation(_ row: Row) throws -> SimulationRun {
        guard let kind = SimulationRun.Kind(rawValue: try row.text(1)),
            let request = try? JSONValue(parsing: try row.text(2)), let state = Job.State(rawValue: try row.int(3))
        else { throw LoyaltyStoreProblem.unreadable(table: "simulation_run") }
        var run = SimulationRun(
            id: try row.id(0), kind: kind, request: request, createdAt: try row.instant(4), createdBy: try row.text(5))
        run.state = state
        run.finishedAt = try row.intOrNil(6).map { Instant(milliseconds: $0) }
        run.done = try row.int(7)
        run.total = try row.int(8)
        run.result = try row.textOrNil(9).flatMap { try? JSONValue(parsing: $0) }
        run.problem = try row.textOrNil(10)
        return run
    }
}
