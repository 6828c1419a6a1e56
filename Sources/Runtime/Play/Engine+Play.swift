public import Loyalty
public import Primitives
import Storage

/// A quiz or contest as the programme's staff see it: how many, never who.
public struct QuizCounts: Sendable, Hashable {
    public var finished: Int64
    public var passed: Int64
    /// The mean of all scores; `nil` with fewer than ``AnswerShares/least`` attempts.
    public var meanScore: Double?

    init(_ totals: [PlayTally: Int64]) {
        func total(_ value: Int64) -> Int64 { totals.first { $0.key.value == value }?.value ?? 0 }
        finished = total(PlayTally.finished)
        passed = total(PlayTally.passed)
        meanScore = finished >= AnswerShares.least ? Double(total(PlayTally.score)) / Double(finished) : nil
    }
}

/// How a contest stands, for everybody.
public struct ContestCounts: Sendable, Hashable {
    public var phase: ContestStanding.Phase
    public var predictions: Int64
    public var outcome: ContestOutcome?
    /// How answers were shared out; `nil` before it has closed.
    public var shares: AnswerShares?
}

extension Engine {
    /// The counts of all quizzes of a programme.
    public func quizCounts(in programme: ProgrammeID) async throws -> [String: QuizCounts] {
        guard let compiled = host[programme] else { return [:] }
        let totals = try await playTotals(of: programme)
        return compiled.quizzes.keys.reduce(into: [:]) { counts, id in
            counts[id] = QuizCounts(totals["quiz/" + id] ?? [:])
        }
    }

    /// The counts of all contests of a programme.
    public func contestCounts(in programme: ProgrammeID) async throws -> [String: ContestCounts] {
        guard let compiled = host[programme] else { return [:] }
        let totals = try await playTotals(of: programme)
        let now = clock.now()
        return compiled.contests.reduce(into: [:]) { counts, entry in
            let outcome = compiled.contestOutcomes[entry.key]
            let phase = entry.value.phase(at: now, outcome)
            let own = totals["contest/" + entry.key] ?? [:]
            let answers = Dictionary(own.map { ($0.key.value, $0.value) }, uniquingKeysWith: +)
                .filter { entry.value.contest.isAnswer($0.key) }
            counts[entry.key] = ContestCounts(
                phase: phase, predictions: own.values.reduce(0, +), outcome: outcome,
                shares: phase == .announced || phase == .open ? nil : AnswerShares(answers))
        }
    }

    private func playTotals(of programme: ProgrammeID) async throws -> [String: [PlayTally: Int64]] {
        let store = LoyaltyStore(programme: programme)
        let all = try await database.read { try store.playTallies($0) }
        return all.reduce(into: [:]) { $0[$1.key.thing, default: [:]][$1.key] = $1.value }
    }

    // MARK: Outcomes

    /// Says what a contest came to, and gives everybody what that gives. The same outcome again changes nothing; another
    /// one takes back what the former gave.
    ///
    /// - Parameter answer: `nil` calls the contest off.
    /// - Returns: the outcome in force, and whether it is new.
    @discardableResult
    public func settle(
        contest id: String, as answer: PredictionAnswer?, in programme: ProgrammeID
    ) async throws -> (outcome: ContestOutcome, isNew: Bool) {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        guard let contest = compiled.contests[id]?.contest else { throw CommandProblem.play(.unknownContest) }
        var value: Int64?
        if let answer {
            guard let found = contest.value(of: answer) else { throw CommandProblem.play(.notAnAnswer) }
            value = found
            guard clock.now() >= contest.closes else { throw CommandProblem.play(.stillOpen(contest.closes)) }
        }
        let before = compiled.contestOutcomes[id]
        if before == nil || before?.value != value { try await put(contest, value, in: programme) }
        try await finishContests(of: programme)
        guard let outcome = host[programme]?.contestOutcomes[id] else { throw PipelineProblem.unprocessable }
        return (outcome, before?.revision != outcome.revision)
    }

    /// Settles with everybody whose contests are not finished: after an outcome, and after a crash in the middle of one.
    /// Page by page; doing it twice changes nothing.
    public func finishContests(of programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        for outcome in try await database.read({ try store.contestOutcomes($0) }) where outcome.isOpen {
            guard host[programme]?.contests[outcome.contest] != nil else { continue }
            var last: MemberID?
            while true {
                let start = last
                let members = try await database.read {
                    try store.members(
                        withCounter: "contest/" + outcome.contest, after: start, limit: Keeper.page, $0)
                }
                guard let end = members.last else { break }
                let now = clock.now()
                // Whoever cannot be settled with is found by `verify`; the others have theirs.
                try Keeper.refusal(
                    in: try await submit(
                        members.map {
                            Command(
                                programme: programme, member: $0, action: .play(.settleContest(outcome.contest)),
                                now: now)
                        }))
                last = end
            }
            try await write(in: programme) { try store.close(outcome, $0) }
        }
    }

    private func put(_ contest: Contest, _ value: Int64?, in programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        try await write(in: programme) { connection in
            let former = try store.contestOutcomes(connection).first { $0.contest == contest.id }
            // Said twice at the same time, or carried out before without an answer.
            if let former, former.value == value { return }
            let totals = try store.playTallies(of: "contest/" + contest.id, connection)
            try store.put(
                ContestScoring.outcome(
                    of: contest, value: value,
                    totals: Dictionary(totals.map { ($0.key.value, $0.value) }, uniquingKeysWith: +),
                    revision: (former?.revision ?? 0) + 1), connection)
        }
    }

    /// Work on the programme's outcomes, between two batches; what they are then is in force at once.
    private func write(
        in programme: ProgrammeID, _ work: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        let store = LoyaltyStore(programme: programme)
        let holder = ContestOutcomes()
        let (host, nobody) = (host, MemberID(ID128(high: 0, low: 0)))
        let alone = Alone { connection in
            try work(connection)
            holder.replace(try store.contestOutcomes(connection))
        } finish: {
            host[programme]?.contestOutcomes.replace(holder)
        }
        for answer in try await submit([
            Command(programme: programme, member: nobody, action: .alone(alone), now: clock.now())
        ]) {
            _ = try answer.get()
        }
    }
}
