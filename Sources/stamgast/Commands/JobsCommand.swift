import API
import Access
import ArgumentParser
import Loyalty
import Primitives
import Runtime
import Storage
import Vault

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Do something for many members at once, and see how far it is.",
        subcommands: [JobsStart.self, JobsList.self, JobsCancel.self])
}

struct JobsStart: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Order a job and wait until it is over.",
        discussion: """
            ACTION is grant, activate, expire, revoke-badge or trait; NAME the unit, badge or trait. Whoever interrupts the \
            command leaves the job to the server, or to the next `jobs start`: nothing is done twice. Examples:
              stamgast jobs start grant ink --amount 10 --when "member.tier == 'gold'" --home /srv/regulars
              stamgast jobs start trait letters --value true --member 0197f5c8-0000-7000-8000-000000000001
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "What to do.")
    var action: String

    @Argument(help: "To what: a unit, a badge or a trait.")
    var name: String

    @Option(name: .long, help: "How many points; of grant.")
    var amount: Int64?

    @Option(name: .long, help: "The value as JSON; of trait.")
    var value: String?

    @Option(name: .long, help: "A condition over `member`: for all that match.")
    var when: String?

    @Option(name: .long, help: "A member's pseudonym; as often as needed, in place of --when.")
    var member: [String] = []

    func run() async throws {
        let order = try order()
        let members = try member.map { text in
            guard let member = MemberID(text) else { throw ValidationError("'\(text)' is not a pseudonym.") }
            return member
        }
        let job = try await options.withHome { home in
            let programme = try await programme.own(in: home)
            let engine = home.engine
            var job: Job
            do {
                job = try await JobRunner.order(
                    order, members: when == nil ? members : nil, condition: when, id: home.random.id(),
                    by: AuditActor.commandLine.description, in: programme, engine)
            } catch let problem as JobRunner.Problem {
                throw ValidationError(Self.sentence(problem))
            }
            let entry = AuditEntry(
                programme: programme, at: engine.clock.now(), actor: .commandLine, action: "job.order",
                object: "job:\(job.id)", after: order.json.text())
            try await home.database.write { try Audit.append($0, entry) }
            job = try await Self.finish(job, in: programme, home)
            return job
        }
        if options.json {
            Output.result(job.document)
        } else {
            Output.print(
                "Job \(job.id) is \(job.state.name): \(job.changed) changed, \(job.unchanged) left, \(job.refused) refused."
            )
        }
        if job.state != .done { throw ExitCode(1) }
    }

    /// Carries a job out, or waits until the server has.
    static func finish(_ job: Job, in programme: ProgrammeID, _ home: Home) async throws -> Job {
        let store = LoyaltyStore(programme: programme)
        var job = job
        while !job.state.isOver {
            if Invocation.current == nil {
                try await JobRunner.advance(home.engine, programme)
            } else {
                // The server's own service carries it out.
                try await Task.sleep(for: .milliseconds(200))
            }
            let id = job.id
            job = try await home.database.read { try store.job(id, $0) } ?? job
            Output.progress(Int(job.looked), of: Int(job.total), "members looked at")
        }
        return job
    }

    private func order() throws -> BulkAction {
        var json: JSONValue = ["do": .string(action)]
        switch action {
        case "revoke-badge": json["badge"] = .string(name)
        case "trait": json["trait"] = .string(name)
        default: json["unit"] = .string(name)
        }
        if let amount { json["amount"] = .integer(amount) }
        if let value {
            guard let value = try? JSONValue(parsing: value) else {
                throw ValidationError("--value takes JSON: true, 3 or '\"text\"'.")
            }
            json["value"] = value
        }
        guard let order = BulkAction(json) else {
            throw ValidationError(
                "Say grant UNIT --amount N, activate UNIT, expire UNIT, revoke-badge BADGE or trait NAME --value JSON.")
        }
        return order
    }

    private static func sentence(_ problem: JobRunner.Problem) -> String {
        switch problem {
        case .unknownProgramme: "The programme is not in force."
        case .missing(let detail): detail
        case .condition(let detail): "--when: \(detail)"
        case .whom: "Say for whom: either --when or --member."
        }
    }
}

struct JobsList: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The newest jobs and how far they are.",
        discussion: """
            Example:
              stamgast jobs list --home /srv/regulars --json
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    func run() async throws {
        let jobs = try await options.withHome { home in
            let store = LoyaltyStore(programme: try await programme.find(in: home))
            return try await home.database.read { try store.jobs(limit: 50, $0) }
        }
        if options.json {
            Output.result(.array(jobs.map(\.document)))
        } else {
            for job in jobs {
                Output.print(
                    "\(job.id) \(job.action.name) \(job.action.subject): \(job.state.name), \(job.looked) of \(job.total) looked at, \(job.changed) changed, \(job.refused) refused"
                )
            }
        }
    }
}

struct JobsCancel: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Stop a job. What was done stays done.",
        discussion: """
            JOB is the identifier that `jobs list` shows. Example:
              stamgast jobs cancel 0197f5c8-0000-7000-8000-000000000001 --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The job, as `stamgast jobs list` names it.")
    var job: String

    func run() async throws {
        let cancelled = try await options.withHome { home in
            let programme = try await programme.find(in: home)
            let store = LoyaltyStore(programme: programme)
            let now = home.engine.clock.now()
            guard let id = ID128(job), try await home.database.read({ try store.job(id, $0) }) != nil else {
                throw ValidationError("The programme has no such job.")
            }
            let entry = AuditEntry(
                programme: programme, at: now, actor: .commandLine, action: "job.cancel", object: "job:\(id)")
            return try await home.database.write { connection in
                let cancelled = try store.cancelJob(id, at: now, connection)
                if cancelled { try Audit.append(connection, entry) }
                return cancelled
            }
        }
        if options.json {
            Output.result(["cancelled": .bool(cancelled)])
        } else {
            Output.print(cancelled ? "Cancelled." : "It was over already.")
        }
    }
}
