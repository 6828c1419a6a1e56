public import Primitives

extension MemberState {
    /// The name of the counter that remembers that a badge was taken away.
    static func revocations(of badge: String) -> String { "revoked/" + badge }

    /// Whether a badge was taken away and not earned again.
    func isRevoked(_ badge: String) -> Bool { counters[Self.revocations(of: badge)]?.granted ?? 0 > 0 }

    /// Takes a badge away. What it was given for counts no second time; earned anew, it comes back.
    public mutating func revoke(
        badge: String, id: ID128, reason: String, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard !reason.isEmpty else { throw .reasonMissing }
        guard badges.removeValue(forKey: badge) != nil else { throw .unknownBadge }
        changes.badges.insert(badge)
        let name = Self.revocations(of: badge)
        counters[name] = Counter(granted: 1)
        changes.counters.insert(name)
        let day = context.calendar.day(of: context.now)
        changes.effects.append(
            AppliedEffect(
                id: id, kind: .notice, source: "staff", version: context.programme.version,
                subject: "badge-revoked:" + badge, at: stamp(context.now, day: day, context), day: day))
    }

    /// Remembers that a badge is there again.
    mutating func forgetRevocation(of badge: String, into changes: inout Changes) {
        guard isRevoked(badge) else { return }
        let name = Self.revocations(of: badge)
        counters[name] = .empty
        changes.counters.insert(name)
    }
}
