public import Loyalty
public import Primitives
import Storage

/// One effect, explained to a developer and in the words that the member reads.
public struct EffectExplanation: Sendable {
    public let effect: AppliedEffect
    public let member: MemberID
    private let programme: CompiledProgramme?
    /// What became of replaying it.
    public let outcome: ReplayVerdict

    /// - Parameter programme: the version that decided it; `nil` where that cannot be read any more.
    public init(
        _ effect: AppliedEffect, of member: MemberID, under programme: CompiledProgramme?,
        replayed outcome: ReplayVerdict
    ) {
        self.effect = effect
        self.member = member
        self.programme = programme
        self.outcome = outcome
    }

    /// The rule as it was then.
    public var rule: Rule? { programme?.rule(effect.source)?.rule }

    /// What the member reads.
    public var why: LocalizedText? {
        rule?.why ?? programme?.challenges[effect.source]?.why ?? programme?.streaks[effect.source]?.why
    }

    /// In words.
    public var replay: String {
        switch outcome {
        case .same(let basis): "the same, by \(basis.rawValue)"
        case .differs(let sentence): "differs: \(sentence)"
        case .notCovered(let gap): "not covered: \(gap.rawValue)"
        }
    }

    public var day: String { CivilDate(daysSinceEpoch: Int(effect.day)).description }

    /// As API and command line answer it.
    public var json: JSONValue {
        var json: JSONValue = [
            "effect": .string(effect.id.description), "member": .string(member.description),
            "kind": .string(effect.kind.rawValue), "source": .string(effect.source),
            "version": .integer(effect.version), "subject": .string(effect.subject),
            "amount": .integer(effect.amount), "wanted": .integer(effect.wanted), "day": .string(day),
            "at": .string(RFC3339.format(effect.at)), "replay": .string(replay),
            "why": .object(
                JSONObject(
                    Language.allCases.compactMap { language in
                        why?.values[language].map { (language.rawValue, .string($0)) }
                    })),
        ]
        json["refusal"] = effect.refusal.map { .string($0.text) }
        json["when"] = rule?.condition.map { .string($0) }
        if !effect.proof.isEmpty { json["proof"] = (try? JSONValue(parsing: effect.proof)) ?? .null }
        return json
    }
}

extension Engine {
    /// Explains one effect of a member; `nil` if there is none of this identifier.
    public func explanation(
        of effect: ID128, member: MemberID?, in programme: ProgrammeID
    ) async throws -> EffectExplanation? {
        let store = LoyaltyStore(programme: programme)
        let found = try await database.read { connection -> (member: MemberID, effect: AppliedEffect)? in
            guard let member else { return try store.explanation(effect, connection) }
            return try store.explanation(effect, of: member, connection).map { (member, $0) }
        }
        guard let found else { return nil }
        let run = ReplayRun(self, programme)
        return EffectExplanation(
            found.effect, of: found.member, under: try await run.compiled(version: found.effect.version),
            replayed: try await run.replay(found.effect, of: found.member))
    }
}
