public import CEL
internal import Primitives

/// What one example beside a rule came to.
public struct ExampleResult: Sendable, Hashable {
    /// The rule; the name of the example for a worked one.
    public var rule: String
    /// Its place among the examples of the rule, from 0; -1 for a worked example, which has a file of its own.
    public var index: Int
    /// Amount by unit.
    public var expected: [String: Int64]
    public var given: [String: Int64]
    /// Why it did not come out, in a sentence; `nil` if it did.
    public var failure: String?
    /// Where it stands in the document; empty and 0 for a programme that was not read from one.
    public var path = ""
    public var line = 0
    public var column = 0

    /// What a report calls it: the rule, and its place as people count.
    public var name: String { index < 0 ? "example \(rule)" : "\(rule), example \(index + 1)" }

    public var passed: Bool { failure == nil }
}

/// Runs the examples beside rules: the condition and the amounts on the facts of the example, with the limit per event
/// and without the limits that need a history.
///
/// A member of an example is new unless the example says otherwise: the lowest tier, no badges, balances and progress 0.
/// What the example leaves out of the event must not matter; if it does, the example fails and says what is missing.
public struct ExampleRunner: Sendable {
    private let programme: Programme
    private let zones: (any TimeZoneSource)?

    public init(_ programme: Programme) {
        self.init(programme, zones: nil)
    }

    public init(_ programme: Programme, zones: (any TimeZoneSource)?) {
        self.programme = programme
        self.zones = zones
    }

    /// Every example of every rule, in the order of the document.
    public func run() -> [ExampleResult] { programme.rules.flatMap(run) }

    /// The examples of one rule.
    public func run(_ rule: Rule) -> [ExampleResult] {
        guard !rule.examples.isEmpty, let type = programme.acceptedEvents.first(where: { $0.id == rule.trigger }) else {
            return []
        }
        let environment = RuleEnvironment.environment(for: type, in: programme, zones: zones)
        return rule.examples.enumerated().map { index, example in
            var result = ExampleResult(rule: rule.id, index: index, expected: example.gives, given: [:], failure: nil)
            do throws(FactReader.Problem) {
                result.given = try gives(rule, example, type, environment)
                if result.given != example.gives {
                    result.failure =
                        "The example gives \(Self.words(result.given)), but says that it gives "
                        + "\(Self.words(example.gives))."
                }
            } catch {
                result.failure = "The example cannot be run: \(error.message)"
            }
            return result
        }
    }

    private func gives(
        _ rule: Rule, _ example: Rule.Example, _ type: EventType, _ environment: Environment
    ) throws(FactReader.Problem) -> [String: Int64] {
        var facts = FactReader(programme: programme, layout: environment.layout)
        try facts.read(event: example.event, of: type)
        try facts.read(member: example.member)
        if let condition = rule.condition {
            guard case .bool(true) = try value(condition, facts, environment) else { return [:] }
        }
        var total: [String: Int64] = [:]
        for (index, effect) in rule.effects.enumerated() {
            guard case .award(let amount, let unit) = effect else { continue }
            var award = Int64(amount) ?? 0
            if Int64(amount) == nil {
                guard case .int(let computed) = try value(amount, facts, environment) else { continue }
                award = computed
            }
            let (terms, ladder) = (rule.awardTerms[index], programme.tiers?.tiers ?? [])
            if let scale = AwardScale(terms, layout: environment.layout, ladder: ladder) {
                guard case .string(let tier) = try value("member.tier", facts, environment) else { continue }
                award = scale.amount(award, tier: tier)
            }
            for case .perEvent(let most) in rule.limits.map(\.kind) { award = min(award, most) }
            guard award > 0, award <= DocumentReader.amounts.upperBound else { continue }
            let (sum, overflow) = total[unit, default: 0].addingReportingOverflow(award)
            guard !overflow else { throw FactReader.Problem("the awards are too large together.") }
            total[unit] = sum
        }
        return total
    }

    /// The value of an expression; `nil` where it fails, which counts as not met.
    private func value(
        _ expression: String, _ facts: FactReader, _ environment: Environment
    ) throws(FactReader.Problem) -> Value? {
        let checked: CheckedExpression
        do {
            checked = try environment.check(expression)
        } catch {
            throw FactReader.Problem("its rule has an expression that cannot be read.")
        }
        switch checked.planPartial().evaluate(facts.frame, unknown: facts.unknown) {
        case .value(let value): return value
        case .failure: return nil
        case .unknown(let missing):
            let names = missing.attributes.map(\.text).sorted().joined(separator: ", ")
            throw FactReader.Problem("it must say \(names).")
        }
    }

    static func words(_ gives: [String: Int64]) -> String {
        guard !gives.isEmpty else { return "nothing" }
        return gives.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: " and ")
    }
}
