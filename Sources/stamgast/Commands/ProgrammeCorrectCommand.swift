import API
import Access
import ArgumentParser
import Loyalty
import Primitives
import Runtime
import Storage
import Vault

struct ProgrammeCorrectCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Hold a rule, challenge or badge of today to have been in force from an earlier day on.",
        discussion: """
            Shows the difference first: what members would get or lose, as sums and one by one. Nothing is written until \
            the command is given again with --confirm and what the first run printed; then one compensating transfer per \
            member and award is posted, with the rule's own reason. Doing it twice posts once. Limits and fixed amounts \
            of rules can be corrected, targets of challenges that came nearer, and badges that were not given yet; what a \
            condition would have said of events that are not kept cannot, and the command says so. Examples:
              stamgast programme correct read-to-the-end --from 2026-11-01 --home /srv/regulars
              stamgast programme correct explorer --kind badge --from 2026-11-01 --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The rule, challenge or badge.")
    var name: String

    @Option(name: .long, help: "What it is: rule, challenge or badge.")
    var kind: Kind = .rule

    enum Kind: String, CaseIterable, ExpressibleByArgument { case rule, challenge, badge }

    private var subject: Corrections.Subject {
        switch kind {
        case .rule: .rule(name)
        case .challenge: .challenge(name)
        case .badge: .badge(name)
        }
    }

    @Option(name: .long, help: "The first day, of each member's own calendar.")
    var from: String

    @Option(name: .long, help: "Post the difference that was printed with this.")
    var confirm: String?

    func run() async throws {
        guard let date = CivilDate(from), date.year >= 1 else {
            throw ValidationError("--from takes a day, as 2026-11-21 is.")
        }
        let day = Int32(clamping: date.daysSinceEpoch)
        try await options.withHome { home in
            let id = try await programme.own(in: home)
            let corrections = Corrections(home.engine, id)
            do {
                if let confirm {
                    try await post(corrections, day, confirm, id, home)
                } else {
                    let preview = try await corrections.preview(subject, from: day) {
                        Output.progress(Int($0), of: Int($0), "members looked at")
                    }
                    show(preview, id)
                }
            } catch Corrections.Problem.refused(let sentence) {
                throw ValidationError("\(name): \(sentence)")
            } catch Corrections.Problem.changed {
                throw ValidationError("The difference has changed since it was printed. Look at it again.")
            }
        }
    }

    private func show(_ preview: Corrections.Preview, _ programme: ProgrammeID) {
        if options.json { return Output.result(preview.json(in: programme)) }
        Output.print("\(preview.members) members looked at.")
        for unit in preview.units {
            Output.print(
                "\(unit.unit): \(unit.membersUp) members get \(unit.up), \(unit.membersDown) give back \(-unit.down)")
        }
        if preview.completions > 0 { Output.print("\(preview.completions) completions") }
        for (badge, members) in preview.badges.sorted(by: { $0.key < $1.key }) {
            Output.print("badge \(badge): \(members) members get it")
        }
        for sentence in preview.leftOut { Output.print("  \(sentence)") }
        guard !preview.units.isEmpty || preview.completions > 0 || !preview.badges.isEmpty else {
            return Output.print("Nothing to correct.")
        }
        for line in preview.lines {
            Output.print("  \(line.member) \(line.amount > 0 ? "+" : "")\(line.amount) \(line.unit)")
        }
        let all = preview.units.reduce(0) { $0 + $1.membersUp + $1.membersDown }
        if all > Int64(preview.lines.count) { Output.print("  … and \(all - Int64(preview.lines.count)) more") }
        Output.print("Post it with --confirm \(preview.confirmation(in: programme))")
    }

    private func post(
        _ corrections: Corrections, _ day: Int32, _ confirm: String, _ programme: ProgrammeID, _ home: Home
    ) async throws {
        let ordered = try await corrections.order(
            subject, from: day, confirmation: confirm, id: home.random.id(),
            by: AuditActor.commandLine.description)
        let entry = AuditEntry(
            programme: programme, at: home.engine.clock.now(), actor: .commandLine, action: "job.order",
            object: "job:\(ordered.id)", after: ordered.action.json.text())
        try await home.database.write { try Audit.append($0, entry) }
        let job = try await JobsStart.finish(ordered, in: programme, home)
        if options.json {
            Output.result(job.document)
        } else {
            Output.print("\(job.changed) members corrected, \(job.unchanged) as they are, \(job.refused) refused.")
        }
        if job.state != .done { throw ExitCode(1) }
    }
}
