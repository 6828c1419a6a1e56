import Loyalty
import Primitives
import Storage

/// An event that is amended, or an award that is taken back, is judged under the limits under which it was decided: a limit
/// that changed since changes nothing about the days before it, until somebody corrects them
/// (`docs/decisions/0007-judged-under-the-limits-of-then.md`).
extension Pipeline {
    /// What is to be judged.
    struct Judged {
        var programme: ProgrammeID
        var member: MemberID
        /// Of an award that is taken back.
        var effect: ID128?
        /// Of an event that is amended.
        var at: Instant?
        var type: CompiledEventType?
        var amendment: ID128?
        var claim: ID128?

        init(programme: ProgrammeID, member: MemberID, effect: ID128) {
            self.programme = programme
            self.member = member
            self.effect = effect
        }

        init(
            programme: ProgrammeID, member: MemberID, at: Instant, type: CompiledEventType, amendment: ID128,
            claim: ID128
        ) {
            self.programme = programme
            self.member = member
            self.at = at
            self.type = type
            self.amendment = amendment
            self.claim = claim
        }
    }

    /// The limits of versions that were needed lately.
    struct PastLimits {
        static let capacity = 64

        var known: [Key: [String: [Limit]]] = [:]

        struct Key: Hashable {
            var programme: ProgrammeID
            var version: Int64
        }
    }

    func loadFormerLimits(_ work: inout Work) async throws {
        for judged in work.judged {
            guard let compiled = host[judged.programme], compiled.version > 1 else { continue }
            let root = work.states[work.root(of: judged.member)]
            if let effect = judged.effect {
                guard let award = work.awards[effect]?.0 else { continue }
                work.formerLimits[effect] = try await limits(
                    of: award.source, award, day: award.day, at: award.at, root, compiled)
            } else if let amendment = judged.amendment, let type = judged.type, let claim = judged.claim,
                let at = judged.at
            {
                let day = root.map { context(compiled, $0.profile, at).calendar.day(of: at) } ?? 0
                for rule in type.rules where !rule.awards.isEmpty {
                    let stored = rule.awards.compactMap { award in
                        work.stored[amendment]?.effects[
                            EffectID.derived(
                                programme: compiled.id, source: rule.rule.id, cause: claim, member: judged.member,
                                index: award.index)]
                    }.first
                    let former = try await limits(
                        of: rule.rule.id, stored, day: stored?.day ?? day, at: at, root, compiled)
                    work.stored[amendment]?.limits[rule.rule.id] = former
                }
            }
        }
    }

    /// - Returns: `nil` where they are those of today.
    private func limits(
        of rule: String, _ stored: AppliedEffect?, day: Int32, at: Instant, _ state: MemberState?,
        _ compiled: CompiledProgramme
    ) async throws -> [Limit]? {
        guard let now = compiled.rule(rule)?.rule.limits else { return nil }
        var version = state?.correctedVersion(of: rule, on: day)
        if version == nil { version = stored?.version }
        if version == nil { version = try await self.version(of: compiled.id, at: at) }
        guard let version, version < compiled.version else { return nil }
        guard let then = try await limits(of: compiled.id, version: version)[rule], then != now else { return nil }
        return then
    }

    private func version(of programme: ProgrammeID, at: Instant) async throws -> Int64? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT version FROM programme_version WHERE programme_id = ? AND applied_at <= ?
                ORDER BY version DESC LIMIT 1
                """, [.text(programme.name), .integer(at.milliseconds)])?.int(0)
        }
    }

    private func limits(of programme: ProgrammeID, version: Int64) async throws -> [String: [Limit]] {
        let key = PastLimits.Key(programme: programme, version: version)
        if let known = pastLimits.known[key] { return known }
        let document = try await ProgrammeVersions(database).load(programme, version: version)?.document
        let limits = Dictionary(document?.reading?.rules.map { ($0.id, $0.limits) } ?? []) { first, _ in first }
        if pastLimits.known.count >= PastLimits.capacity { pastLimits.known = [:] }
        pastLimits.known[key] = limits
        return limits
    }
}
