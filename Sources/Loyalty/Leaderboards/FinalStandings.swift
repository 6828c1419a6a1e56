import Primitives

/// The final standings of a period with its prizes, page by page: a function of who reached what, and of nothing else.
///
/// Prizes are given from the best rank down. Where the budget does not reach for everybody who shares a rank, nobody of them
/// gets points, nor anybody after them; badges and access cost nothing and stay.
public struct FinalStandings: Sendable {
    /// Those who share a rank.
    private struct Group {
        /// The place after theirs, from 0.
        var end: Int
        var rank: Int
        var prize: Int?
        var amount: Int64
    }

    private let board: Leaderboard
    private let list: RankedList
    /// To which place each prize reaches.
    private let reaches: [Int]
    private var isSpent = false
    private var group: Group?
    /// Where the next page begins, from 0.
    private var place = 0
    /// What is left of the budget after the pages so far; `nil` for no end.
    public private(set) var left: Int64?

    /// - Parameters:
    ///   - list: everybody with a score.
    ///   - left: what is left of the period's budget; `nil` for no end.
    public init(_ list: RankedList, of board: Leaderboard, budget left: Int64?) {
        self.board = board
        self.list = list
        self.left = left
        reaches = board.prizes.map { $0.reach.places(of: list.count) }
    }

    /// The next places, the best first; none at the end.
    ///
    /// - Complexity: O(m log n) for m places of n.
    public mutating func next(_ most: Int) -> [FinalPlace] {
        let end = min(list.count, place + max(1, most))
        var places: [FinalPlace] = []
        for entry in list.entries(in: place..<max(place, end)) {
            let group = self.group.flatMap { place < $0.end ? $0 : nil } ?? group(of: entry)
            self.group = group
            places.append(
                FinalPlace(
                    member: entry.member, rank: group.rank, score: entry.score, prize: group.prize,
                    amount: group.amount))
            place += 1
        }
        return places
    }

    /// Those who share the rank of the entry at ``place``, with what the budget leaves for them.
    private mutating func group(of entry: RankedList.Entry) -> Group {
        // Scores are whole and above zero: the place before the next lower score is the last of this one.
        let end = max(place + 1, list.rank(ofScore: entry.score - 1) - 1)
        let (rank, size) = (place + 1, Int64(end - place))
        let prize = reaches.firstIndex { rank <= $0 }
        var amount = prize.map { board.prizes[$0].amount } ?? 0
        if board.ties == .split, size > 1, prize != nil { amount = sum(of: rank...end) / size }
        if let open = left, amount > 0 {
            let (cost, overflow) = amount.multipliedReportingOverflow(by: size)
            if isSpent || overflow || cost > open {
                isSpent = true
                amount = 0
            } else {
                left = open - cost
            }
        }
        return Group(end: end, rank: rank, prize: prize, amount: amount)
    }

    /// What the prizes of some places come to; the most that there is where that is more.
    ///
    /// - Complexity: O(prizes).
    private func sum(of places: ClosedRange<Int>) -> Int64 {
        var (sum, before): (Int64, Int) = (0, 0)
        for (prize, reach) in zip(board.prizes, reaches) where reach > before {
            let count = min(reach, places.upperBound) - max(before + 1, places.lowerBound) + 1
            before = reach
            guard count > 0 else { continue }
            let (part, isTooMuch) = prize.amount.multipliedReportingOverflow(by: Int64(count))
            let (total, overflow) = sum.addingReportingOverflow(part)
            if isTooMuch || overflow { return .max }
            sum = total
        }
        return sum
    }
}
