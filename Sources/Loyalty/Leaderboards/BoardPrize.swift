public import Primitives

/// What the best of a finished period get.
public struct BoardPrize: Sendable, Hashable {
    /// How far down it reaches.
    public enum Reach: Sendable, Hashable {
        /// The first so many places.
        case places(Int64)
        /// The first part of those who take part, in basis points; at least one place.
        case share(Int)

        func places(of count: Int) -> Int {
            switch self {
            case .places(let most): Int(clamping: most)
            case .share(let basisPoints): max(1, count * basisPoints / 10_000)
            }
        }
    }

    public var reach: Reach
    /// At most one award.
    public var reward: [Effect]

    public init(reach: Reach, reward: [Effect]) {
        self.reach = reach
        self.reward = reward
    }

    /// What its award gives; 0 without one.
    public var amount: Int64 {
        for case .award(let text, _) in reward { return Int64(text) ?? 0 }
        return 0
    }
}

/// What those get who share a rank.
public enum BoardTies: String, Sendable, Hashable, CaseIterable {
    /// Each the prize of their rank.
    case each
    /// Together what the places give that they take up, in equal parts, rounded down.
    case split
}

/// One place of a finished period.
public struct FinalPlace: Sendable, Hashable {
    public var member: MemberID
    public var rank: Int
    public var score: Int64
    /// Which of the board's prizes, from 0; `nil` for none.
    public var prize: Int?
    /// What its award gives after ties and budget.
    public var amount: Int64 = 0

    public init(member: MemberID, rank: Int, score: Int64, prize: Int? = nil, amount: Int64 = 0) {
        self.member = member
        self.rank = rank
        self.score = score
        self.prize = prize
        self.amount = amount
    }
}

extension Leaderboard {
    /// When the standings of a period are fixed: so long after it ended in the latest time zone (UTC−12), under the
    /// programme's start of the day. `nil` for a board without periods.
    public func finish(of days: Range<Int32>, dayStartMinutes: Int) -> Instant? {
        guard every != .ever, case .milliseconds(let after) = finishAfter else { return nil }
        let end = Int64(days.upperBound) * 86_400_000 + Int64(dayStartMinutes) * 60_000
        return Instant(milliseconds: end + 12 * 3_600_000 + after)
    }

    /// The last period that is to be fixed by `now`.
    public func lastFinished(at now: Instant, dayStartMinutes: Int) -> Range<Int32>? {
        guard every != .ever else { return nil }
        let calendar = DayPeriods()
        var day = Int32(clamping: now.milliseconds / 86_400_000 + 1)
        for _ in 0..<Self.mostSteps {
            let days = calendar.days(of: every, containing: day)
            if let finish = finish(of: days, dayStartMinutes: dayStartMinutes), finish <= now { return days }
            day = days.lowerBound - 1
        }
        return nil
    }

    /// Enough for the longest `finish-after` of a board by day.
    private static let mostSteps = 40
}
