public import Loyalty
public import Primitives
import Storage

/// Carries out jobs, page by page through the pipeline, so that events in between are never kept waiting for more than one
/// page.
///
/// A page that a crash cut off is done again and does nothing twice: each member's part has a claim of its own, as an
/// event has, which is written with it.
public enum JobRunner {
    /// Members of one page.
    public static let page = 500
    /// The most members of a job with a list.
    public static let listed = 100_000

    /// What is wrong with an order.
    public enum Problem: Error, Sendable, Hashable {
        case unknownProgramme
        /// The programme lacks what the action is about.
        case missing(String)
        case condition(String)
        /// Neither a condition nor a list, or both, or a list that is too long.
        case whom
    }

    /// Orders a job; ``advance(_:_:)`` carries it out.
    public static func order(
        _ action: BulkAction, members: [MemberID]?, condition: String?, id: ID128, by actor: String,
        in programme: ProgrammeID, _ engine: Engine
    ) async throws -> Job {
        guard let compiled = engine.host[programme] else { throw Problem.unknownProgramme }
        if let missing = action.missing(in: compiled) { throw Problem.missing(missing) }
        guard (members == nil) != (condition == nil), (members?.count ?? 0) <= listed else { throw Problem.whom }
        if let condition {
            do {
                _ = try MemberCondition(condition, in: compiled.programme, zones: engine.zones)
            } catch {
                throw Problem.condition(error.message)
            }
        }
        let store = LoyaltyStore(programme: programme)
        let now = engine.clock.now()
        return try await engine.database.write { connection in
            let total = try members.map { Int64(Set($0).count) } ?? store.memberCount(connection)
            let job = Job(
                id: id, action: action, condition: condition, createdAt: now, createdBy: actor, total: total)
            try store.order(job, members: members ?? [], connection)
            return try store.job(id, connection) ?? job
        }
    }

    /// Carries out the next page of the oldest job of a programme.
    ///
    /// - Returns: the job as it is then; `nil` if there is none to go on with.
    @discardableResult
    public static func advance(_ engine: Engine, _ programme: ProgrammeID) async throws -> Job? {
        let store = LoyaltyStore(programme: programme)
        guard let compiled = engine.host[programme],
            var job = try await engine.database.read({ try store.openJob($0) })
        else { return nil }
        let now = engine.clock.now()
        job.state = .running
        if let condition = job.condition,
            (try? MemberCondition(condition, in: compiled.programme, zones: engine.zones)) == nil
        {
            job.state = .failed
        } else if job.action.missing(in: compiled) != nil {
            job.state = .failed
        } else {
            try await page(&job, compiled, now, store, engine)
        }
        if job.state.isOver { job.finishedAt = now }
        let reached = job
        return try await engine.database.write { connection in
            try store.save(reached, connection)
            return try store.job(reached.id, connection)
        }
    }

    private static func page(
        _ job: inout Job, _ compiled: CompiledProgramme, _ now: Instant, _ store: LoyaltyStore, _ engine: Engine
    ) async throws {
        let order = job
        let condition = try job.condition.map {
            try MemberCondition($0, in: compiled.programme, zones: engine.zones)
        }
        let zones = engine.zones
        let (looked, members) = try await engine.database.read { connection in
            let members = try store.members(of: order, after: order.cursor, limit: page, connection)
            guard let condition else {
                // Two records on the list that are one person's are one member, who has one part.
                let survivors = try store.survivors(of: members, connection)
                return (members, Set(members.map { survivors[$0] ?? $0 }).sorted())
            }
            let states = try store.load(members, joinedDay: 0, connection)
            return (
                members,
                members.filter { member in
                    guard let state = states[member], state.isStored else { return false }
                    let day = compiled.calendar(of: state.profile, offsets: zones).day(of: now)
                    return condition.holds(state, in: compiled, day: day, now: now)
                }
            )
        }
        let answers = try await engine.submit(
            members.map { member in
                Command(
                    programme: compiled.id, member: member,
                    action: .bulk(
                        job.action,
                        claim: engine.claim(
                            programme: compiled.id, source: "job/" + job.id.description, id: member.description)),
                    now: now)
            })
        for answer in answers {
            switch answer {
            // What was done before a crash cut the page off counts now.
            case .success(let answer) where answer.status == .duplicate || !answer.effects.isEmpty: job.changed += 1
            case .success: job.unchanged += 1
            case .failure(let problem as PipelineProblem) where !problem.isTransient: job.refused += 1
            case .failure(let problem): throw problem
            }
        }
        job.unchanged += Int64(looked.count - members.count)
        job.looked += Int64(looked.count)
        job.cursor = looked.last ?? job.cursor
        if looked.count < page { job.state = .done }
    }

    /// Carries out jobs of a programme until none is left, or this one is over.
    public static func finish(
        _ engine: Engine, _ programme: ProgrammeID, job id: ID128? = nil, progress: (Job) -> Void = { _ in }
    ) async throws {
        while let job = try await advance(engine, programme) {
            progress(job)
            if job.id == id, job.state.isOver { return }
        }
    }
}
