import Primitives
import Storage

extension Verifier {
    /// Checks every finished period: ranks are those of the scores, prizes those that the ranks give, and whoever was
    /// given one has it on record.
    func checkBoards(_ database: any Database, _ report: inout VerificationReport) async throws {
        guard let compiled else { return }
        let store = LoyaltyStore(programme: programme)
        for board in compiled.programme.leaderboards {
            let periods = try await database.read { try store.boardPeriods(of: board.id, $0) }
            for period in periods {
                let places = try await database.read { connection in
                    try store.boardPlaces(
                        of: board.id, first: period.days.lowerBound, cell: period.cell, limit: .max, connection)
                }
                check(places.map(\.place), of: board.id, participants: period.participants, &report)
                try await checkPaid(places.filter { $0.isPaid && $0.place.prize != nil }, database, &report)
            }
        }
    }

    private func check(
        _ places: [FinalPlace], of board: String, participants: Int64, _ report: inout VerificationReport
    ) {
        func differ(_ stored: Int64, _ recomputed: Int64) {
            report.add(
                Difference(kind: .leaderboard, member: nil, subject: board, stored: stored, recomputed: recomputed))
        }
        // Erased and merged members are gone: those who are left keep their ranks, so ranks may have gaps.
        if Int64(places.count) > participants { differ(Int64(places.count), participants) }
        let ordered = places.sorted { $0.score != $1.score ? $0.score > $1.score : $0.rank < $1.rank }
        var better = 0
        for (index, place) in ordered.enumerated() {
            if index > 0, ordered[index - 1].score != place.score { better = index }
            let isTied = index > 0 && ordered[index - 1].score == place.score
            if place.rank <= better { differ(Int64(place.rank), Int64(better + 1)) }
            if isTied, ordered[index - 1].rank != place.rank {
                differ(Int64(place.rank), Int64(ordered[index - 1].rank))
            }
        }
    }

    private func checkPaid(
        _ places: [StoredPlace], _ database: any Database, _ report: inout VerificationReport
    ) async throws {
        let store = LoyaltyStore(programme: programme)
        var start = 0
        while start < places.count {
            let page = Array(places[start..<min(start + Self.pageSize, places.count)])
            start += page.count
            let states = try await database.read { try store.load(page.map(\.place.member), joinedDay: 0, $0) }
            for place in page {
                guard let state = states[place.place.member], state.profile.mergedInto == nil else { continue }
                let marks = state.counters[MemberState.prizes(of: place.board)]?.marks ?? []
                guard !marks.contains(where: { $0.day == place.first }) else { continue }
                report.add(
                    Difference(
                        kind: .leaderboard, member: place.place.member, subject: place.board, stored: 1, recomputed: 0))
            }
        }
    }
}
