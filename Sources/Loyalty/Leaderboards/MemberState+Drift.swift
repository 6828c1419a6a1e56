import Primitives

/// What changed after the end.
///
/// The standings of a finished period are fixed: an event that comes late, or is amended or reversed, changes counters and
/// neither places nor prizes. What it changed is kept beside them, so that the member reads why a place stays, and
/// `verify` can work out from the counters what was fixed.
extension MemberState {
    /// The subject of the notice about a finished period whose score would be another one now.
    public static let afterFinish = "after-finish"

    /// The name of the counter of what a board's finished periods would have, less what was fixed: a mark per period, its
    /// size the difference, its count how often that changed.
    public static func drifts(of board: String) -> String { "drift/" + board }

    /// How much more the counters say of a finished period than was fixed.
    public func drift(of board: String, first: Int32) -> Int64 {
        counters[Self.drifts(of: board)]?.marks.last { $0.day == first }?.wanted ?? 0
    }

    /// Holds what was fixed against the counters, and notes and tells what differs.
    ///
    /// It is a function of the counters and the places as they are, not of what just happened: doing it again changes
    /// nothing, and two records of one person need no rule of their own.
    ///
    /// - Parameters:
    ///   - places: all places of this record on the board in periods that are still followed.
    ///   - days: the days of each period, by its first.
    public mutating func noteDrift(
        _ places: [StoredPlace], _ days: [Int32: Range<Int32>], on board: CompiledLeaderboard,
        _ context: DecisionContext, into changes: inout Changes
    ) {
        let name = Self.drifts(of: board.board.id)
        let before = counters[name] ?? .empty
        var after = Counter.empty
        for place in places {
            guard let days = days[place.first] else { continue }
            let drift = score(on: board, days: days) - place.place.score
            let noted = before.marks.filter { $0.day == place.first }
            let times = noted.reduce(Int64(0)) { $0 + $1.count }
            let isNew = noted.count > 1 || drift != (noted.first?.wanted ?? 0)
            guard times > 0 || isNew else { continue }
            after.add(CounterMark(day: place.first, wanted: drift, count: isNew ? times + 1 : times))
            guard isNew else { continue }
            let source = CompiledLeaderboard.counter(of: board.board.id)
            let cause = ID128(high: 0x6472_6966_7400_0000, low: UInt64(UInt32(bitPattern: place.first)))
            let today = context.calendar.day(of: context.now)
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(
                        programme: programme, source: source, cause: cause, member: id, occurrence: times + 1),
                    kind: .notice, source: source, version: context.programme.version, subject: Self.afterFinish,
                    amount: drift, wanted: place.place.score, at: stamp(context.now, day: today, context), day: today))
        }
        guard after != before else { return }
        counters[name] = after
        changes.counters.insert(name)
    }
}

extension CompiledLeaderboard {
    /// The counters from which its scores are worked out.
    public var counters: Set<String> {
        var names = Set(sources.flatMap { [$0.counter, MemberState.unfunded($0.counter)] })
        if let challenge { names.insert(CompiledChallenge.counter(of: challenge.id)) }
        return names
    }

    /// Whether another version of it gives everybody the same score on the same days.
    public func scores(like other: CompiledLeaderboard) -> Bool {
        board.measure == other.board.measure && board.every == other.board.every && board.teams == other.board.teams
            && sources == other.sources && challenge == other.challenge
    }
}
