/// What of all that urges is said on a day: a pure function of what holds, what was said, the programme's terms and the
/// member's choice.
public struct PressureBudget: Sendable {
    /// Days on end in which the budget of a week counts.
    public static let week: Int32 = 7

    /// Why something is not said, or not yet.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The day has its share.
        case day
        /// The last seven days have theirs.
        case week
        /// The member wants less.
        case less
        /// The member wants none.
        case off
        /// The member's day is over, and it cannot wait.
        case quiet

        /// For developers.
        public var sentence: String {
            switch self {
            case .day: "the day had its share"
            case .week: "seven days had their share"
            case .less: "the member wants less, and had one in seven days"
            case .off: "the member wants none"
            case .quiet: "it came up in the member's quiet hours, and could not wait"
            }
        }
    }

    public var terms: PressureTerms
    public var choice: UrgingChoice
    /// How much was said of what counts, by local day.
    public var said: [Int32: Int64]

    public init(terms: PressureTerms, choice: UrgingChoice, said: [Int32: Int64]) {
        self.terms = terms
        self.choice = choice
        self.said = said
    }

    /// What may be said at most on a day and in seven days on end; `nil` for no end.
    public var most: (day: Int64, week: Int64)? {
        switch choice {
        case .off: (0, 0)
        case .less: terms.isUnbounded ? (1, 1) : (min(1, terms.perDay), min(1, terms.perWeek))
        case .normal: terms.isUnbounded ? nil : (terms.perDay, terms.perWeek)
        }
    }

    /// How much was said on a day or later: a day can come twice to whoever travels west.
    public func since(_ first: Int32) -> Int64 { said.reduce(0) { $1.key >= first ? $0 + $1.value : $0 } }

    /// How much may still be said on a day, and what bounds it.
    public func room(on day: Int32) -> (left: Int64, bound: Reason) {
        guard let most else { return (.max, .day) }
        let today = max(0, most.day - since(day))
        let week = max(0, most.week - since(day - Self.week + 1))
        let bound: Reason = choice == .off ? .off : week > today ? .day : choice == .less ? .less : .week
        return (min(today, week), bound)
    }

    /// Whether it draws on the budget. For who wants less everything does.
    public func counts(_ urging: Urging) -> Bool { choice == .less || terms.counts.contains(urging.kind) }

    /// The first day from `day` on on which something that counts may be said; `nil` for never.
    public func firstDay(from day: Int32) -> Int32? {
        (day...day + Self.week).first { room(on: $0).left > 0 }
    }

    /// The most useful first: kinds in the order of the terms, of one kind what ends first, then the larger.
    public func inOrder(_ urgings: [Urging]) -> [Urging] {
        func place(_ urging: Urging) -> Int { terms.counts.firstIndex(of: urging.kind) ?? -1 }
        return urgings.sorted { left, right in
            let (first, second) = (place(left), place(right))
            if first != second { return first < second }
            let (end, other) = (left.until ?? .max, right.until ?? .max)
            if end != other { return end < other }
            if left.amount != right.amount { return left.amount > right.amount }
            return (left.kind.slot, left.subject, left.key) < (right.kind.slot, right.subject, right.key)
        }
    }

    /// What is said on a day, and what is not and why.
    public func decide(
        _ urgings: [Urging], on day: Int32
    ) -> (said: [Urging], withheld: [(urging: Urging, reason: Reason)]) {
        var (left, bound) = room(on: day)
        var said: [Urging] = []
        var withheld: [(urging: Urging, reason: Reason)] = []
        for urging in inOrder(urgings.filter { $0.holds(on: day) }) {
            if choice == .off {
                withheld.append((urging, .off))
            } else if !counts(urging) {
                said.append(urging)
            } else if left > 0 {
                left -= 1
                said.append(urging)
                // What is left for the rest of the day decides what the next one meets.
                bound = PressureBudget(terms: terms, choice: choice, said: plus(said, on: day)).room(on: day).bound
            } else {
                withheld.append((urging, bound))
            }
        }
        return (said, withheld)
    }

    private func plus(_ more: [Urging], on day: Int32) -> [Int32: Int64] {
        var all = self.said
        all[day, default: 0] += Int64(more.count(where: counts))
        return all
    }
}
