import Primitives
import Storage

extension Verifier {
    /// Checks every finished period: ranks are those of the scores, scores those of the counters less what changed after
    /// the end, and whoever was given a prize has it on record.
    func checkBoards(_ database: any Database, _ report: inout VerificationReport) async throws {
        guard let compiled else { return }
        let store = LoyaltyStore(programme: programme)
        for board in compiled.programme.leaderboards {
            let periods = try await database.read { try store.boardPeriods(of: board.id, $0) }
            for period in periods where period.participants > 0 {
                try await check(period, of: board.id, compiled.leaderboards[board.id], database, &report)
            }
        }
    }

    private func check(
        _ period: BoardPeriod, of board: String, _ scored: CompiledLeaderboard?, _ database: any Database,
        _ report: inout VerificationReport
    ) async throws {
        let store = LoyaltyStore(programme: programme)
        var order = PlaceOrder()
        while true {
            let last = order.last
            // Places and counters of one moment.
            let (isThere, isFollowed, places, states) = try await database.read { connection in
                let now = try store.boardPeriods(of: board, connection).first {
                    $0.days == period.days && $0.cell == period.cell
                }
                let places = try store.boardPlaces(
                    of: board, first: period.days.lowerBound, cell: period.cell, after: last, limit: Self.pageSize,
                    connection)
                let states = try store.load(places.map(\.place.member), joinedDay: 0, connection)
                return (now != nil, now?.isFollowed ?? false, places, states)
            }
            // It may have become too old to be kept.
            guard isThere, !places.isEmpty else { break }
            for place in places {
                func differ(_ stored: Int64, _ recomputed: Int64) {
                    report.add(
                        Difference(
                            kind: .leaderboard, member: place.place.member, subject: board, stored: stored,
                            recomputed: recomputed))
                }
                if let (stored, recomputed) = order.problem(with: place.place) { differ(stored, recomputed) }
                order.add(place.place)
                guard let state = states[place.place.member] else { continue }
                if isFollowed, let scored {
                    let score =
                        state.score(on: scored, days: period.days) - state.drift(of: board, first: place.first)
                    if score != place.place.score { differ(place.place.score, score) }
                }
                if place.isPaid, place.place.prize != nil {
                    let marks = state.counters[MemberState.prizes(of: board)]?.marks ?? []
                    if !marks.contains(where: { $0.day == place.first }) { differ(1, 0) }
                }
            }
        }
        // Erased and merged members are gone: those who are left keep their ranks, so ranks may have gaps.
        if order.count > period.participants {
            report.add(
                Difference(
                    kind: .leaderboard, member: nil, subject: board, stored: order.count,
                    recomputed: period.participants))
        }
    }
}

/// Whether places, from the best to the last, have the ranks that their scores give, and like ranks like prizes.
private struct PlaceOrder {
    private(set) var last: FinalPlace?
    private(set) var count: Int64 = 0

    /// What a place has, and what it must have; `nil` if it is right.
    func problem(with place: FinalPlace) -> (stored: Int64, recomputed: Int64)? {
        guard let last else { return place.rank < 1 ? (Int64(place.rank), 1) : nil }
        if place.score == last.score {
            if place.rank != last.rank { return (Int64(place.rank), Int64(last.rank)) }
            return place.prize == last.prize && place.amount == last.amount ? nil : (place.amount, last.amount)
        }
        if place.score > last.score { return (place.score, last.score) }
        return place.rank <= count ? (Int64(place.rank), count + 1) : nil
    }

    mutating func add(_ place: FinalPlace) {
        last = place
        count += 1
    }
}
