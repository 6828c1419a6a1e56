/// A leaderboard as one would work it out on paper: sums by day, a plain sort, prizes by place. It shares nothing with the
/// product.
struct BoardModel {
    struct Deed {
        var member: Int
        /// The member's own day.
        var day: Int
        var points: Int
        /// Taken back before the period was over.
        var isReversed = false
    }

    struct Place: Equatable {
        var member: Int
        var rank: Int
        var score: Int
        var prize: Int
    }

    var deeds: [Deed] = []
    /// The most that counts of one member's day.
    var perDay = Int.max

    func score(of member: Int, in days: ClosedRange<Int>) -> Int {
        days.reduce(0) { sum, day in
            sum
                + min(
                    perDay,
                    deeds.filter { $0.member == member && $0.day == day && !$0.isReversed }.reduce(0) { $0 + $1.points }
                )
        }
    }

    /// - Parameters:
    ///   - prizes: how far down each reaches, and what it gives.
    ///   - isSplit: whether those who share a rank share what their places give.
    func places(
        of members: [Int], in days: ClosedRange<Int>, prizes: [(reach: Int, amount: Int)], isSplit: Bool, budget: Int
    ) -> [Place] {
        let scored = members.map { (member: $0, score: score(of: $0, in: days)) }.filter { $0.score > 0 }
            .sorted { $0.score > $1.score }
        func prize(at place: Int) -> Int { prizes.first { place <= $0.reach }?.amount ?? 0 }
        var left = budget
        var isOver = false
        var places: [Place] = []
        for one in scored {
            let rank = scored.count { $0.score > one.score } + 1
            if places.contains(where: { $0.rank == rank }) { continue }
            let tied = scored.filter { $0.score == one.score }
            var amount = prize(at: rank)
            if isSplit, amount > 0 { amount = (rank..<rank + tied.count).map(prize).reduce(0, +) / tied.count }
            if amount * tied.count > left { isOver = true }
            if isOver { amount = 0 }
            left -= amount * tied.count
            for member in tied {
                places.append(Place(member: member.member, rank: rank, score: member.score, prize: amount))
            }
        }
        return places
    }
}
