import Primitives

extension Verifier {
    /// The milestones that a member's days reach are those that were given.
    ///
    /// Today does not matter: a milestone is reached by an active period, and what comes after the last one reaches none.
    func checkStreaks(
        _ counters: [(name: String, counter: Counter)], _ member: MemberID, _ report: inout VerificationReport
    ) {
        guard let compiled, !compiled.streaks.isEmpty,
            counters.contains(where: { $0.name.hasPrefix(StreakCounters.prefix) })
        else { return }
        let known = Dictionary(counters.map { ($0.name, $0.counter) }, uniquingKeysWith: { first, _ in first })
        for streak in compiled.programme.streaks {
            let history = StreakCounters.history(of: streak, repairs: compiled.streakRepairs[streak.id]) { known[$0] }
            let lengths = Set(streak.milestones.map(\.at))
            let reached = StreakCalculator(streak).result(history, today: 0).reached
            let paid = StreakPayments(known[StreakCounters.paid(of: streak.id)] ?? .empty).net.filter { reach, _ in
                lengths.contains(reach.at) && history.base.map { reach.day >= $0.day } ?? true
            }
            let wanted = Dictionary(reached.map { ($0, Int64(1)) }, uniquingKeysWith: { first, _ in first })
            guard wanted != paid else { continue }
            report.add(
                Difference(
                    kind: .streakMilestones, member: member, subject: streak.id,
                    stored: paid.values.reduce(0, +), recomputed: Int64(reached.count)))
        }
    }
}
