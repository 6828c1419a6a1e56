import Primitives

/// One day at a time, for whoever lets people react to what happened the day before.
extension Population {
    /// The same people with other rewards.
    public func treated(_ treatment: Treatment) -> Population {
        var other = self
        other.treatment = treatment
        return other
    }

    /// What happens on one day (in UTC), in its order; what begins before midnight may end after it.
    ///
    /// - Parameter day: in days since 1970-01-01.
    /// - Complexity: one look at each person.
    public func events(onDay day: Int) -> [SimulatedEvent] {
        let planner = DayPlanner(population: self, day: day)
        var planned: [PlannedEvent] = []
        for index in 0..<size { planner.plan(member(index), into: &planned) }
        planned.sort(by: PlannedEvent.arrivesBefore)
        let writer = EventWriter(self)
        return planned.compactMap { writer.event($0) }
    }

    /// Whether somebody cancels their subscription up to a day, and when: under this population's rewards, and without any.
    /// The draws are the same, so the difference is the rewards' doing.
    ///
    /// - Parameter last: in days since 1970-01-01.
    /// - Returns: `nil` for a member who has no subscription to cancel by then.
    public func cancellation(
        _ member: SimulatedMember, through last: Int
    ) -> (withRewards: Int?, without: Int?)? {
        guard let first = member.subscribedDay, first <= last else { return nil }
        return (
            cancelDay(member, rewarded: rewarded(member), through: last),
            cancelDay(member, rewarded: nil, through: last)
        )
    }

    /// Visits a day that a member's nature, subscription and rewards let expect, over some days.
    ///
    /// - Returns: under this population's rewards, and without any.
    public func expectedVisits(
        _ member: SimulatedMember, on days: Range<Int>
    ) -> (withRewards: Double, without: Double) {
        let rewarded = rewarded(member)
        var sums = (0.0, 0.0)
        for day in days where member.joinedDay <= day {
            sums.0 += activity(member, onDay: day, rewarded: rewarded)
            sums.1 += activity(member, onDay: day, rewarded: nil)
        }
        return (sums.0 * member.sessionsPerDay, sums.1 * member.sessionsPerDay)
    }
}
