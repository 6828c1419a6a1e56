public import Loyalty
import Primitives
import Storage

extension Corrections {
    /// Whether a correction of a challenge or badge can be worked out from what is kept on every privacy level.
    ///
    /// - Returns: it, and what it does not do.
    /// - Throws: ``Problem``.
    public func plan(
        _ kind: AchievementCorrection.Kind, _ id: String, from: Int32
    ) async throws -> (AchievementCorrection, leftOut: [String]) {
        guard let compiled = engine.host[programme] else { throw Problem.unknownProgramme }
        let correction = AchievementCorrection(kind, id, from: from, version: compiled.version)
        let start = compiled.calendar(offsets: engine.zones).start(of: from)
        guard start <= engine.clock.now() else { throw Problem.refused("The first day lies ahead.") }
        switch kind {
        case .challenge:
            guard let challenge = compiled.challenges[id] else {
                throw Problem.refused("There is no challenge '\(id)'.")
            }
            return (correction, try await plan(challenge, since: start))
        case .badge:
            guard compiled.badges[id] != nil else { throw Problem.refused("There is no badge '\(id)'.") }
            return (correction, try await plan(badge: id, compiled, since: start))
        }
    }

    private func plan(_ challenge: Challenge, since start: Instant) async throws -> [String] {
        guard challenge.isPlain, challenge.team == nil else {
            throw Problem.refused(
                "Only challenges of one member that count events in a calendar period keep what a nearer target left "
                    + "over.")
        }
        let history = try await history(since: start).filter { !$0.isOver }
        for (old, new) in zip(history, history.dropFirst()) {
            guard let before = old.programme.challenges.first(where: { $0.id == challenge.id }) else {
                throw Problem.refused(
                    "Version \(old.number) did not have the challenge yet, and what events said then is not kept. "
                        + "Choose a later day.")
            }
            let change = ProgrammeDiff(from: old.programme, to: new.programme).live.first {
                $0.thing == "challenge" && $0.id == challenge.id
            }
            guard let change else { continue }
            let stated = new.programme.changes.flatMap { $0.from == old.number ? $0.choice(for: change) : nil }
            guard let now = new.programme.challenges.first(where: { $0.id == challenge.id }), before.isPlain,
                now.isPlain,
                before.every == now.every, stated ?? .keep == .keep
            else {
                throw Problem.refused(
                    "Version \(new.number) began it anew or worked it out again, and what was counted before is not kept."
                )
            }
        }
        return [
            "What was completed already keeps what it gave, and a target that is further away takes nothing back.",
            "Events that were not counted then are not kept: another condition or event counts from its own version on.",
        ]
    }

    private func plan(badge id: String, _ compiled: CompiledProgramme, since start: Instant) async throws -> [String] {
        var leftOut = ["Whoever has the badge keeps it, and from whom it was taken does not get it back."]
        let rules = compiled.programme.rules.filter { $0.effects.contains(.badge(id)) }
        let counted = rules.filter(\.isCounted)
        for rule in rules where !rule.isCounted {
            leftOut.append("Rule '\(rule.id)' gives no points, so nothing was counted for it.")
        }
        for rule in counted where compiled.programme.review.contains(where: { $0.event == rule.trigger }) {
            leftOut.append("Of rule '\(rule.id)' days do not count that wait for a review or were refused in one.")
        }
        let others =
            compiled.programme.challenges.contains { $0.team == nil && $0.allRewards.contains(.badge(id)) }
            || compiled.badges[id]?.allOf.isEmpty == false
        guard !counted.isEmpty || others else {
            throw Problem.refused(
                "No rule with points, challenge or set of badges gives it, so nothing was counted for it.")
        }
        for version in try await history(since: start) where !version.isOver {
            for rule in counted {
                guard let old = version.programme.rules.first(where: { $0.id == rule.id }) else {
                    throw Problem.refused("Version \(version.number) did not have the rule '\(rule.id)' yet.")
                }
                if let obstacle = RuleComparison.obstacle(from: old, to: rule) {
                    throw Problem.refused("Since version \(version.number), of rule '\(rule.id)': \(obstacle)")
                }
            }
        }
        return leftOut
    }
}

extension Rule {
    /// Whether its awards leave marks.
    fileprivate var isCounted: Bool {
        effects.contains { if case .award = $0 { true } else { false } }
    }
}
