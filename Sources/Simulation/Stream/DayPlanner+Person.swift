import Loyalty
import Primitives

extension DayPlanner {
    /// One person on one day: gives events their ids and notes who was known when.
    struct Person {
        let member: SimulatedMember
        /// The day from which the member gets rewards, if it does.
        let rewarded: Int?
        let identified: Int64?
        var favourites = (-1, -1)
        private let base: UInt64
        private let scramble: UInt64
        private var count: UInt64 = 0

        init(member: SimulatedMember, rewarded: Int?, day: Int, populationSeed: UInt64, identified: Int64?) {
            self.member = member
            self.rewarded = rewarded
            self.identified = identified
            base = UInt64(member.index) << 32 | UInt64(UInt16(truncatingIfNeeded: day)) << 16
            scramble = SplitMix64.mix(populationSeed)
        }

        /// Whether rewards have moved the person's tastes by a day.
        func isMoved(_ day: Int) -> Bool { rewarded.map { $0 <= day } ?? false }

        mutating func add(_ planned: inout PlannedEvent, at time: Int64, to events: inout [PlannedEvent]) {
            // A bijection of person, day and count: ids never repeat within a population.
            planned.id = SplitMix64.mix((base | count) ^ scramble)
            count += 1
            planned.member = Int32(member.index)
            planned.arrival = time
            planned.time = time
            planned.isAnonymous = identified.map { time < $0 } ?? false
            events.append(planned)
        }

        mutating func add(
            _ event: Int16, at time: Int64, channel: Int16, amount: Int32 = 0, to events: inout [PlannedEvent]
        ) {
            var planned = PlannedEvent(arrival: 0, time: 0, id: 0, member: 0, amount: amount, event: event)
            planned.channel = channel
            add(&planned, at: time, to: &events)
        }
    }
}
