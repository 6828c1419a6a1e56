import ArgumentParser
import CEL
import Loyalty
import Primitives
import Runtime

struct ExplainRedemption: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "redemption",
        abstract: "What redeeming a reward would do for a member, and all that stands in the way.",
        discussion: """
            Nothing is written or set aside. Ends with exit code 1 when the redemption would be refused. Example:
              stamgast explain redemption mug --member 0197f5c8-0000-7000-8000-000000000001 --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The reward's name in the programme.")
    var reward: String

    @Option(name: .long, help: "The member's pseudonym.")
    var member: String

    @Option(name: .long, help: "How many at once.")
    var quantity: Int64 = 1

    @Option(name: .long, help: "A slot of the reward, such as 2026-12-01T10:00.")
    var slot: String?

    @Option(name: .long, help: "Which of the prices; the first if absent.")
    var unit: String?

    func run() async throws {
        guard let id = MemberID(member) else { throw ValidationError("'\(member)' is not a pseudonym.") }
        guard (1...1_000_000).contains(quantity) else {
            throw ValidationError("--quantity is a whole number from 1 to 1000000.")
        }
        let dryRun = try await options.withHome { home in
            let programme = try await programme.find(in: home)
            guard try await home.engine.summary(of: id, in: programme)?.isKnown == true else {
                throw ValidationError("There is no such member.")
            }
            do {
                return try await home.engine.simulateRedemption(
                    of: reward, RedemptionChoice(quantity: quantity, slot: slot ?? "", unit: unit), by: id,
                    in: programme)
            } catch PipelineProblem.command(.unknownReward) {
                throw ValidationError("The programme has no reward '\(reward)'.")
            }
        }
        if options.json {
            Output.result(dryRun.json)
        } else {
            Output.print(dryRun.text)
        }
        if !dryRun.simulation.obstacles.isEmpty { throw ExitCode(1) }
    }
}

extension RedemptionDryRun {
    var text: String {
        var lines: [String] = []
        for price in simulation.prices {
            let missing = price.missing > 0 ? ", \(price.missing) missing" : ""
            lines.append("price: \(price.amount) \(price.unit) of \(price.spendable)\(missing)")
        }
        if let left = simulation.left {
            let after = simulation.leftAfter.map { ", \($0) after it" } ?? ""
            lines.append("left: \(left)\(after)")
        }
        if simulation.offered > 0 { lines.append("offered by the waiting list: \(simulation.offered)") }
        if let hold = simulation.hold {
            lines.append("sets aside \(hold.amount) \(hold.unit) until \(RFC3339.format(hold.expiresAt))")
        }
        for effect in simulation.confirmed {
            lines.append("confirming: \(effect.kind.rawValue) of \(effect.amount) \(effect.subject)")
        }
        for obstacle in simulation.obstacles {
            lines.append("not possible: \(obstacle.code). \(sentence(obstacle, .en))")
            for fact in obstacle.facts.members {
                lines.append("  \(fact.key): \(String(decoding: fact.value.bytes(), as: UTF8.self))")
            }
            if let failing = obstacle.failing { lines.append("  failing: \(failing)") }
        }
        return lines.joined(separator: "\n")
    }
}
