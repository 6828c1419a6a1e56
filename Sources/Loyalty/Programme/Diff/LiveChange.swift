/// A change that members notice who are in the middle of something, with what can be done about them.
public struct LiveChange: Sendable, Hashable {
    public enum Choice: String, Sendable, Hashable, CaseIterable {
        /// What they have stays as it is; the new terms count from now on.
        case keep
        /// What they have is worked out again under the new terms.
        case convert
        /// They begin anew.
        case restart
    }

    public var thing: String
    public var id: String
    /// The choices that make sense here, the gentlest first.
    public var choices: [Choice]
    /// What happens, in a sentence.
    public var says: String

    /// Whether the document must say what becomes of members; the other changes have one gentle answer, which is taken.
    public var isStated: Bool { thing == "challenge" || thing == "streak" || thing == "tier" }

    static func all(from old: Programme, to new: Programme) -> [LiveChange] {
        challenges(old, new) + streaks(old, new) + tiers(old, new) + limits(old, new) + units(old, new)
            + rewards(old, new) + raffles(old, new)
    }

    private static func challenges(_ old: Programme, _ new: Programme) -> [LiveChange] {
        old.challenges.compactMap { before in
            func change(_ choices: [Choice], _ says: String) -> LiveChange {
                LiveChange(thing: "challenge", id: before.id, choices: choices, says: says)
            }
            guard let after = new.challenges.first(where: { $0.id == before.id }) else {
                return change([.restart], "The challenge goes: progress towards it is lost, what it gave stays.")
            }
            if before.team != nil || after.team != nil, before.terms != after.terms {
                return change([.restart], "It is a team's, or was: the teams begin anew under other terms.")
            }
            guard before.isPlain, after.isPlain else {
                guard before.terms != after.terms else { return nil }
                let keeps = before.measure.kind == after.measure.kind && before.after == after.after
                guard keeps, before.goal == nil, after.goal == nil else {
                    return change([.restart], "Its terms change in a way that no progress can be carried into.")
                }
                return change(
                    [.keep, .restart],
                    "Its terms change: progress so far stays as far as it fits them, what was completed counts as such "
                        + "and can be completed again under the new ones; or everybody begins anew.")
            }
            if before.eventTypes != after.eventTypes || before.condition != after.condition
                || before.isJoined != after.isJoined
            {
                return change(
                    [.keep, .restart],
                    "Something else is counted: progress so far stays, or everybody begins anew. It cannot be counted "
                        + "again, because events are not kept.")
            }
            if before.every != after.every {
                return change(
                    [.convert, .restart],
                    "The period is now '\(after.every.rawValue)': progress is counted again from the member's own counter."
                )
            }
            if before.target != after.target {
                let nearer = after.target < before.target
                return change(
                    [.keep, .convert, .restart],
                    nearer
                        ? "The target is nearer: some members complete it with their next step."
                        : "The target is further away: members close to \(before.target) see it move.")
            }
            return nil
        }
    }

    private static func tiers(_ old: Programme, _ new: Programme) -> [LiveChange] {
        guard let before = old.tiers else { return [] }
        guard let after = new.tiers else {
            return [LiveChange(thing: "tier", id: "", choices: [.restart], says: "There are no tiers any more.")]
        }
        if before.unit != after.unit {
            return [
                LiveChange(
                    thing: "tier", id: "", choices: [.convert, .restart],
                    says: "Tiers are now reached by '\(after.unit)': every member's tier is worked out again.")
            ]
        }
        if before.keepsDays || after.keepsDays, before.counts != after.counts || before.cycle != after.cycle {
            return [
                LiveChange(
                    thing: "tier", id: "", choices: [.convert, .restart],
                    says:
                        "Tiers come and go in another way: members have what they have as if it had been reached now, "
                        + "or begin anew.")
            ]
        }
        return before.tiers.compactMap { tier in
            guard let now = after.tiers.first(where: { $0.id == tier.id }) else {
                return LiveChange(
                    thing: "tier", id: tier.id, choices: [.convert],
                    says: "The tier goes: its members move to the tier that their credits give.")
            }
            guard now.at != tier.at else { return nil }
            if before.keepsDays {
                return LiveChange(
                    thing: "tier", id: tier.id, choices: [.convert],
                    says: "The tier starts elsewhere: every member's tier is worked out again from their days.")
            }
            let higher = now.at > tier.at
            return LiveChange(
                thing: "tier", id: tier.id, choices: higher ? [.keep, .convert] : [.convert],
                says: higher
                    ? "The tier starts at \(now.at), not \(tier.at): members in between keep it, or fall."
                    : "The tier starts at \(now.at), not \(tier.at): members in between rise.")
        }
    }

    private static func limits(_ old: Programme, _ new: Programme) -> [LiveChange] {
        old.rules.compactMap { before in
            guard let after = new.rules.first(where: { $0.id == before.id }),
                before.limits != after.limits || before.cooldown != after.cooldown
            else { return nil }
            return LiveChange(
                thing: "rule", id: before.id, choices: [.keep],
                says: "Its limits change: what was given stays; the next award is worked out under the new ones.")
        }
    }

    private static func units(_ old: Programme, _ new: Programme) -> [LiveChange] {
        old.units.compactMap { before in
            guard let after = new.units.first(where: { $0.id == before.id }) else {
                return LiveChange(
                    thing: "unit", id: before.id, choices: [.keep],
                    says: "The unit goes: balances stay in the ledger, but nobody can earn or spend them.")
            }
            guard before.expires != after.expires || before.pending != after.pending else { return nil }
            return LiveChange(
                thing: "unit", id: before.id, choices: [.keep],
                says:
                    "Expiry or pending time changes for what is earned from now on; what members have keeps its terms.")
        }
    }

    private static func rewards(_ old: Programme, _ new: Programme) -> [LiveChange] {
        old.rewards.compactMap { before in
            guard let after = new.rewards.first(where: { $0.id == before.id }) else {
                return LiveChange(
                    thing: "reward", id: before.id, choices: [.keep],
                    says: "The reward goes: redemptions that are held can still be confirmed or cancelled.")
            }
            guard before.prices != after.prices else { return nil }
            return LiveChange(
                thing: "reward", id: before.id, choices: [.keep],
                says: "The price changes: redemptions that are held keep the old one.")
        }
    }
}

extension Challenge {
    /// What decides on progress and completions.
    fileprivate var terms: Challenge {
        var terms = self
        terms.name = LocalizedText([:])
        terms.why = LocalizedText([:])
        terms.reward = []
        terms.starts = []
        terms.team = team.map { TeamTerms(wallet: $0.wallet) }
        terms.stages = stages.map { Stage(id: $0.id, at: $0.at) }
        if case .steps(let steps, let inOrder) = measure {
            terms.measure = .steps(
                steps.map { Step(event: $0.event, condition: $0.condition, count: $0.count) }, inOrder: inOrder)
        }
        return terms
    }
}

extension Challenge.Measure {
    /// Measures whose marks mean the same have the same kind.
    fileprivate var kind: Int {
        switch self {
        case .events: 0
        case .sum: 1
        case .distinct: 2
        case .steps: 3
        }
    }
}

extension LiveChange: CustomStringConvertible {
    /// `challenge five: The target is nearer: … (convert or restart)`
    public var description: String {
        let name = id.isEmpty ? "\(thing)s" : "\(thing) \(id)"
        return "\(name): \(says) (\(choices.map(\.rawValue).joined(separator: " or ")))"
    }
}
