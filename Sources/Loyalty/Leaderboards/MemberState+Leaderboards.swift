import Primitives

/// What a member can ask of a leaderboard.
public enum BoardRequest: Sendable, Hashable {
    case join, leave
    /// Another name on it.
    case rename
}

extension MemberState {
    /// Whether the member asked to be on a leaderboard.
    public func isOn(_ board: String) -> Bool {
        profile.mergedInto == nil && !(counters[CompiledLeaderboard.counter(of: board)]?.marks.isEmpty ?? true)
    }

    /// Joins, leaves or draws another name. Asking twice for the same changes nothing, but for another name.
    public mutating func ask(
        _ request: BoardRequest, of board: String, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let declared = context.programme.leaderboards[board], declared.board.teams == shared?.kind else {
            throw .unknownLeaderboard
        }
        let name = CompiledLeaderboard.counter(of: board)
        var counter = counters[name] ?? .empty
        switch request {
        case .join:
            guard counter.marks.isEmpty else { return }
            counter.add(CounterMark(day: context.calendar.day(of: context.now), wanted: 1))
        case .leave:
            guard !counter.marks.isEmpty else { return }
            // How many names were drawn stays, so that who comes back under the last one can be seen by nobody else.
            counter = Counter(refused: counter.refused)
        case .rename:
            guard !counter.marks.isEmpty else { return }
            counter.refused += 1
        }
        counters[name] = counter
        changes.counters.insert(name)
    }

    /// What the member reached on the days `days`: a pure function of the counters' marks, so that the order in which
    /// events came cannot matter and what was reversed is gone.
    public func score(on board: CompiledLeaderboard, days: Range<Int32>) -> Int64 {
        switch board.board.measure {
        case .progress(let id):
            guard let challenge = board.challenge, let counter = counters[CompiledChallenge.counter(of: id)] else {
                return 0
            }
            return ChallengeEvaluation(challenge, counter).value(in: days)
        case .points:
            var total: Int64 = 0
            for source in board.sources {
                guard let counter = counters[source.counter], !counter.marks.isEmpty else { continue }
                let given = Allocation.compute(
                    marks: counter.marks, limits: source.limits, oncePerSlot: source.oncePerSlot,
                    calendar: DayPeriods())
                let unfunded = counters[MemberState.unfunded(source.counter)] ?? .empty
                for (day, amount) in given.days where days.contains(day) {
                    total += max(0, amount - unfunded.amount(on: day))
                }
            }
            return total
        }
    }

    /// How often the member drew another name for a leaderboard.
    public func draws(for board: String) -> Int64 {
        counters[CompiledLeaderboard.counter(of: board)]?.refused ?? 0
    }
}

// MARK: What budgets refused

extension MemberState {
    /// The name of the counter of what budgets refused of an award, by day: limits had allowed it, and nobody has it.
    static func unfunded(_ counter: String) -> String { "unfunded/" + counter }

    mutating func noteUnfunded(_ amount: Int64, of counter: String, on day: Int32, into changes: inout Changes) {
        let name = Self.unfunded(counter)
        counters[name, default: .empty].add(CounterMark(day: day, wanted: amount))
        changes.counters.insert(name)
    }
}

extension Counter {
    /// The sum of the sizes of a day's marks.
    func amount(on day: Int32) -> Int64 {
        marks.reduce(0) { $1.day == day ? $0 + $1.wanted * $1.count : $0 }
    }
}
