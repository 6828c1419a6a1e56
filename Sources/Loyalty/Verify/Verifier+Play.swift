import Primitives
import Storage

/// Totals of quizzes and contests, added up again from members' counters.
struct PlayVerification: Sendable {
    var totals: [PlayTally: Int64] = [:]
    /// Contest outcomes under which everybody has been told.
    var outcomes: [String: ContestOutcome] = [:]
}

extension Verifier {
    /// What a member's counters add to the totals; passes that were rewarded were passes, and what a contest gave was won.
    func notePlay(
        _ counters: [(name: String, counter: Counter)], _ member: MemberID, _ play: inout PlayVerification,
        _ report: inout VerificationReport
    ) {
        guard counters.contains(where: { $0.name.hasPrefix("quiz") || $0.name.hasPrefix("contest") }) else { return }
        for (name, counter) in counters {
            for (tally, amount) in PlayTally.of(name, counter) { play.totals[tally, default: 0] += amount }
        }
        guard let compiled else { return }
        let known = Dictionary(counters.map { ($0.name, $0.counter) }, uniquingKeysWith: { first, _ in first })
        for quiz in compiled.programme.quizzes {
            guard let paid = known[PlayCounters.paid(of: quiz.id)] else { continue }
            let results = known[PlayCounters.results(of: quiz.id)]?.marks ?? []
            let passed = Set(results.filter { $0.slot == PlayCounters.passedSlot }.map(\.day))
            let rewarded = paid.marks.filter { passed.contains($0.day) }.reduce(Int64(0)) { $0 + $1.count }
            guard rewarded != paid.count else { continue }
            report.add(
                Difference(
                    kind: .quizPasses, member: member, subject: quiz.id, stored: paid.count, recomputed: rewarded))
        }
        for contest in compiled.programme.contests {
            guard let outcome = play.outcomes[contest.id], !outcome.isOpen else { continue }
            let given =
                ContestAward.given(of: contest.id, known).values.reduce(0, +)
                + ContestAward.reversed(of: contest.id, known).values.reduce(0, +)
            let prediction = known[PlayCounters.prediction(of: contest.id)]?.marks.last?.wanted
            let due = prediction.map { ContestScoring.effects(of: $0, contest, outcome) } ?? []
            let count = Int64(due.filter(\.isAward).count)
            // How many effects there are may have changed since it was settled; whether there is anything may not.
            guard (given == 0) != (count == 0) else { continue }
            report.add(
                Difference(
                    kind: .contestAwards, member: member, subject: contest.id, stored: given, recomputed: count))
        }
    }

    func playOutcomes(_ database: any Database) async throws -> PlayVerification {
        let store = LoyaltyStore(programme: programme)
        let outcomes = try await database.read { try store.contestOutcomes($0) }
        return PlayVerification(
            outcomes: Dictionary(outcomes.map { ($0.contest, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    func checkPlay(
        _ database: any Database, _ play: PlayVerification, _ report: inout VerificationReport
    ) async throws {
        let store = LoyaltyStore(programme: programme)
        let stored = try await database.read { try store.playTallies($0) }
        for tally in Set(stored.keys).union(play.totals.keys).sorted() {
            let (kept, recomputed) = (stored[tally] ?? 0, play.totals[tally] ?? 0)
            guard kept != recomputed else { continue }
            report.add(
                Difference(
                    kind: .playTotal, member: nil, subject: tally.thing, stored: kept, recomputed: recomputed))
        }
    }
}
