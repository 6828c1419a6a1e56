/// Where a member stands on a ladder with periods: a pure function of the credits of each day, the first day,
/// invitations and today.
///
/// - **Counting.** What counts on a day is the sum of its period up to and including it; with rolling periods that of the
///   last months; with tiers by balance what the member has at the end of the day.
/// - **Reaching.** On each day on which that changes (and, by balance, on the first day of each period) every tier up to
///   what counts is reached, and lasts as ``TierCycle/lasts`` says. A tier applies at once.
/// - **Ending.** A tier stays until it has lasted and the grace after it is over. Then the member goes one tier down for the
///   rest of the running period, or to the best tier that still lasts (its own grace included), or nowhere. They never go
///   below what counts at that moment.
/// - **Invitations** give their tier besides, if it is the higher one.
/// - **Projection.** The credits of the running period are carried forward at their pace (`credits × days of the period /
///   days so far`, rounded down), and the tier of the first day after the period is worked out from that. With rolling
///   periods it is what the member would have if all earlier tiers had ended: the tier of what counts now.
public struct TierCalculator: Sendable {
    private let ladder: TierLadder
    /// The places on the ladder that credits reach.
    private let earned: [Int]

    public init(_ ladder: TierLadder) {
        self.ladder = ladder
        earned = ladder.tiers.indices.filter { !ladder.tiers[$0].isInvited }
    }

    public func status(_ history: TierHistory, today: Int32) -> TierStatus {
        var walk = walk(history, to: today)
        var status = TierStatus()
        status.credits = counted(history, on: today)
        let place = max(walk.place, invited(history, on: today) ?? -1)
        status.tier = id(place)
        if place == walk.place, let end = walk.end {
            status.lastsUntil = end
            status.endsOn = afterGrace(end)
        } else if place != walk.place {
            status.lastsUntil = history.invitations.first { $0.tier == status.tier }?.until.map { $0 + 1 }
            status.endsOn = status.lastsUntil
        }
        status.next = earned.first { $0 > place && ladder.tiers[$0].at > status.credits }.map {
            (ladder.tiers[$0].id, ladder.tiers[$0].at - status.credits)
        }
        status.moves = moves(history, walk, to: today)
        walk.moves = []
        if let cycle = ladder.cycle {
            status.period = cycle.days(containing: today, joined: history.joined)
            status.projected = projected(history, cycle, today, status)
        }
        return status
    }

    /// What happens to the tier if nothing more is earned, up to and including a day far ahead.
    func eventual(_ history: TierHistory, after day: Int32) -> [TierStatus.Move] {
        let last = max(day, history.days.keys.max() ?? day)
        let ends = history.invitations.compactMap(\.until).max() ?? last
        let end = max(last, ends) + Self.horizon
        return moves(history, walk(history, to: end), to: end)
    }

    /// All moves that the member notices, in order: what is below a tier they were invited to is none.
    private func moves(_ history: TierHistory, _ walk: Walk, to day: Int32) -> [TierStatus.Move] {
        func place(_ id: String) -> Int { ladder.tiers.firstIndex { $0.id == id } ?? -1 }
        let noticed = walk.moves.filter { move in
            move.day <= day && max(place(move.from), place(move.to)) > (invited(history, on: move.day) ?? -1)
        }
        return (noticed + invitationMoves(history, walk, to: day)).sorted { $0.key < $1.key }
    }

    /// Some years: a ladder has gone down by then, or will tell again after the next step.
    private static let horizon: Int32 = 1_500

    // MARK: Counting

    /// What counts on a day.
    public func counted(_ history: TierHistory, on day: Int32) -> Int64 {
        counted(Sums(history.days), on: day, joined: history.joined)
    }

    private func counted(_ sums: Sums, on day: Int32, joined: Int32) -> Int64 {
        guard ladder.counts == .credits, let cycle = ladder.cycle else { return sums.total(before: day + 1) }
        return sums.total(before: day + 1) - sums.total(before: cycle.days(containing: day, joined: joined).lowerBound)
    }

    /// Running totals, so that the sum of any days is two look-ups.
    private struct Sums {
        private var days: [Int32]
        private var totals: [Int64] = [0]

        init(_ amounts: [Int32: Int64]) {
            days = amounts.keys.sorted()
            for day in days { totals.append((totals.last ?? 0) &+ (amounts[day] ?? 0)) }
        }

        func total(before day: Int32) -> Int64 {
            var (low, high) = (0, days.count)
            while low < high {
                let middle = (low + high) / 2
                if days[middle] < day { low = middle + 1 } else { high = middle }
            }
            return totals[low]
        }
    }

    /// The highest place that so many credits reach; -1 for none.
    private func place(_ credits: Int64) -> Int { earned.last { ladder.tiers[$0].at <= credits } ?? -1 }

    private func id(_ place: Int) -> String { ladder.tiers.indices.contains(place) ? ladder.tiers[place].id : "" }

    private func afterGrace(_ end: Int32) -> Int32 { TierCycle.adding(ladder.cycle?.grace, to: end) }

    // MARK: Walking

    private struct Walk {
        var place = -1
        let sums: Sums
        /// The first day on which `place` does not last any more; `nil` while it needs nothing to last.
        var end: Int32?
        /// The day from which on ``end`` is known.
        var since: Int32 = .min
        /// When each place lasts to, from the times it was reached.
        var lasts: [Int: Int32] = [:]
        var moves: [TierStatus.Move] = []

        init(_ sums: Sums) { self.sums = sums }
    }

    private func walk(_ history: TierHistory, to today: Int32) -> Walk {
        var walk = Walk(Sums(history.days))
        walk.place = place(0)
        guard let cycle = ladder.cycle else {
            walk.place = place(counted(walk.sums, on: today, joined: history.joined))
            return walk
        }
        for day in days(history, cycle, to: today) {
            // What ends on a day on which it is reached again has not ended.
            settle(&walk, history, cycle, to: day - 1)
            reach(&walk, history, cycle, on: day)
        }
        settle(&walk, history, cycle, to: today)
        return walk
    }

    /// The days on which what counts can rise, in order.
    private func days(_ history: TierHistory, _ cycle: TierCycle, to today: Int32) -> [Int32] {
        var days = Set(history.days.keys.filter { $0 <= today })
        if ladder.counts == .balance, let first = days.min() {
            var day = first
            while true {
                if case .rolling(let months) = cycle.period {
                    day = DayPeriods().adding(months: months, to: day)
                } else {
                    day = cycle.days(containing: day, joined: history.joined).upperBound
                }
                guard day <= today else { break }
                days.insert(day)
            }
        }
        return days.sorted()
    }

    private func reach(_ walk: inout Walk, _ history: TierHistory, _ cycle: TierCycle, on day: Int32) {
        let credits = counted(walk.sums, on: day, joined: history.joined)
        let reached = place(credits)
        guard reached >= 0 else { return }
        let end = cycle.end(reached: day, joined: history.joined)
        for place in earned where place <= reached { walk.lasts[place] = max(walk.lasts[place] ?? end, end) }
        if reached > walk.place {
            walk.moves.append(move(.up, day, from: walk.place, to: reached, credits, about: reached))
            walk.place = reached
            walk.end = end
            walk.since = day
        } else if reached == walk.place, let present = walk.end, end > present {
            walk.end = end
            walk.since = day
        }
    }

    /// Carries out what ends up to and including a day.
    private func settle(_ walk: inout Walk, _ history: TierHistory, _ cycle: TierCycle, to day: Int32) {
        while walk.place > place(0), let end = walk.end {
            let gone = afterGrace(end)
            if let lead = cycle.notice, cycle.downgrade != .never {
                // Not before it was reached, however short it lasts.
                let told = max(TierCycle.subtracting(lead, from: gone), walk.since)
                if told <= day, !walk.moves.contains(where: { $0.kind == .willEnd && $0.end == gone }) {
                    var notice = move(
                        .willEnd, told, from: walk.place, to: walk.place,
                        counted(walk.sums, on: told, joined: history.joined), about: walk.place)
                    notice.end = gone
                    walk.moves.append(notice)
                }
            }
            guard gone <= day, cycle.downgrade != .never else { return }
            let credits = counted(walk.sums, on: gone, joined: history.joined)
            let least = place(credits)
            let lasting = earned.last { place in
                place < walk.place && (walk.lasts[place].map { afterGrace($0) > gone } ?? false)
            }
            var next = max(least, lasting ?? -1, place(0))
            if cycle.downgrade == .oneLevel, let below = earned.last(where: { $0 < walk.place }) {
                next = max(next, below)
            }
            let rest = cycle.endOfPeriod(gone, joined: history.joined)
            guard next < walk.place else {
                // What counts deserves it still.
                walk.end = max(rest, gone + 1)
                walk.since = gone
                continue
            }
            walk.moves.append(move(.down, gone, from: walk.place, to: next, credits, about: walk.place))
            walk.place = next
            walk.since = gone
            let own = walk.lasts[next].flatMap { afterGrace($0) > gone ? $0 : nil }
            // The lowest tier needs nothing to last.
            walk.end =
                next <= place(0) ? nil : cycle.downgrade == .oneLevel ? max(own ?? .min, rest) : own ?? rest
        }
    }

    private func move(
        _ kind: TierStatus.Move.Kind, _ day: Int32, from: Int, to: Int, _ credits: Int64, about place: Int
    ) -> TierStatus.Move {
        TierStatus.Move(
            kind: kind, day: day, from: id(from), to: id(to), credits: credits,
            needed: ladder.tiers.indices.contains(place) ? ladder.tiers[place].at : 0, end: nil)
    }

    // MARK: Invitations

    private func invited(_ history: TierHistory, on day: Int32) -> Int? {
        ladder.tiers.indices.last { place in
            ladder.tiers[place].isInvited
                && history.invitations.contains { $0.tier == ladder.tiers[place].id && $0.holds(on: day) }
        }
    }

    /// Tiers that came and went by invitation, where they were above what was earned.
    private func invitationMoves(_ history: TierHistory, _ walk: Walk, to day: Int32) -> [TierStatus.Move] {
        var moves: [TierStatus.Move] = []
        for invitation in history.invitations where invitation.state == .accepted {
            guard let place = ladder.tiers.firstIndex(where: { $0.id == invitation.tier && $0.isInvited }) else {
                continue
            }
            func other(_ day: Int32) -> Int {
                let credits = walk.moves.last { $0.day <= day && $0.kind != .willEnd }.map { move in
                    ladder.tiers.firstIndex { $0.id == move.to } ?? -1
                }
                return credits ?? self.place(0)
            }
            if invitation.day <= day, other(invitation.day) < place {
                moves.append(move(.up, invitation.day, from: other(invitation.day), to: place, 0, about: place))
            }
            guard let until = invitation.until, until < day, other(until + 1) < place else { continue }
            moves.append(move(.down, until + 1, from: place, to: other(until + 1), 0, about: place))
        }
        return moves
    }

    // MARK: Projection

    private func projected(
        _ history: TierHistory, _ cycle: TierCycle, _ today: Int32, _ status: TierStatus
    ) -> String? {
        guard let period = status.period else { return nil }
        if case .rolling = cycle.period { return id(place(status.credits)) }
        var ahead = history
        if ladder.counts == .credits {
            let (done, whole) = (Int64(today - period.lowerBound) + 1, Int64(period.count))
            let (pace, overflow) = max(0, status.credits).multipliedReportingOverflow(by: whole)
            let total = overflow ? status.credits : pace / done
            ahead.days[period.upperBound - 1, default: 0] += max(0, total - status.credits)
        }
        let walk = walk(ahead, to: period.upperBound)
        return id(max(walk.place, invited(ahead, on: period.upperBound) ?? -1))
    }
}

extension TierStatus.Move {
    /// Where it stands among all moves of a member: by day; on one day what ends comes before what is reached, and lower
    /// tiers before higher ones.
    var key: Int64 {
        let order: Int64 =
            switch kind {
            case .down: 0
            case .willEnd: 1
            case .up: 2
            }
        return (Int64(day) << 32) | (order << 28) | min(max(0, needed), 0x0FFF_FFFF)
    }
}
