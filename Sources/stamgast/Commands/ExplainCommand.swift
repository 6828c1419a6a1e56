import ArgumentParser
import CEL
import Loyalty
import Primitives
import Runtime

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Why something was given, and whether what is stored still leads to it.",
        subcommands: [ExplainEffect.self, ExplainReplay.self, ExplainRedemption.self],
        defaultSubcommand: ExplainEffect.self)
}

struct ExplainEffect: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "effect", abstract: "Why one effect came about: its rule as it was then, its proof, its replay.",
        discussion: """
            EFFECT is the `id` of a line of a member's history. With --member it is found at once, without by looking \
            through all. Example:
              stamgast explain 5a0f6f4e-0d0c-5b7e-9d53-4f0d0e3a1c55 --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The effect.")
    var effect: String

    @Option(name: .long, help: "The member's pseudonym.")
    var member: String?

    func run() async throws {
        guard let id = ID128(effect) else { throw ValidationError("'\(effect)' is not the id of an effect.") }
        let whose = try member.map { text in
            guard let member = MemberID(text) else { throw ValidationError("'\(text)' is not a pseudonym.") }
            return member
        }
        try await options.withHome { home in
            let programme = try await programme.find(in: home)
            guard let explanation = try await home.engine.explanation(of: id, member: whose, in: programme) else {
                throw ValidationError("There is no such effect.")
            }
            if options.json {
                Output.result(explanation.json)
            } else {
                Output.print(explanation.text)
            }
        }
    }
}

struct ExplainReplay: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay all stored effects under the versions of the programme that gave them.",
        discussion: """
            Ends with exit code 1 when anything differs, and says what share of the effects of rules it covers and why the \
            rest cannot be: below the level `personal` an amount that follows from an event is not kept. Example:
              stamgast explain replay --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    func run() async throws {
        let report = try await options.withHome { home in
            try await ReplayRun(home.engine, try await programme.find(in: home)).run { done in
                Output.progress(Int(done), of: Int(done), "effects replayed")
            }
        }
        if options.json {
            Output.result(report.json)
        } else {
            Output.print(report.text)
        }
        if report.differing > 0 { throw ExitCode(1) }
    }
}

extension EffectExplanation {
    var text: String {
        var lines = [
            "\(effect.kind.rawValue) of \(effect.amount) \(effect.subject) by \(effect.source), version "
                + "\(effect.version), on \(day)"
        ]
        if effect.wanted != effect.amount {
            lines.append("wanted \(effect.wanted)" + (effect.refusal.map { "; kept back by \($0.text)" } ?? ""))
        }
        if case .pressure(let reason) = effect.refusal { lines.append("  held back: \(reason.sentence)") }
        if case .limit(let index) = effect.refusal, let rule, rule.limits.indices.contains(index) {
            let limit = rule.limits[index]
            switch limit.kind {
            case .amount(let most): lines.append("  at most \(most) \(effect.subject) per \(limit.period.rawValue)")
            case .times(let most): lines.append("  at most \(most) times per \(limit.period.rawValue)")
            case .perEvent(let most): lines.append("  at most \(most) for one event")
            }
        }
        for language in Language.allCases {
            if let text = why?.values[language] { lines.append("\(language.rawValue): \(text)") }
        }
        if let condition = rule?.condition { lines.append("when: \(condition)") }
        if let proof = Proof(json: String(decoding: effect.proof, as: UTF8.self)) { add(proof, depth: 1, to: &lines) }
        lines.append("replay: \(replay)")
        return lines.joined(separator: "\n")
    }

    private func add(_ proof: Proof, depth: Int, to lines: inout [String]) {
        let value =
            switch proof.result {
            case .value(let value): "\(value)"
            case .failed(let code): "failed: \(code.rawValue)"
            case .withheld: "(not kept at this level)"
            case .omitted: "(too large to keep)"
            case .notEvaluated: "(not needed)"
            }
        lines.append(String(repeating: "  ", count: depth) + "\(proof.text)  ->  \(value)")
        guard depth < 12 else { return }
        for child in proof.children { add(child, depth: depth + 1, to: &lines) }
    }
}
