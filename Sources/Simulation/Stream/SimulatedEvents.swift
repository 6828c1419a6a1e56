import Primitives

/// The events of a population from one time to another, made while they are asked for.
public struct SimulatedEvents: Sequence, Sendable {
    let population: Population
    let from: Instant
    let to: Instant
    let delivery: Delivery

    public func makeIterator() -> Iterator { Iterator(self) }

    public struct Iterator: IteratorProtocol, Sendable {
        private let stream: SimulatedEvents
        private let writer: EventWriter
        private let lastDay: Int
        private var day: Int
        /// Ordered by arrival; those before `position` are out.
        private var planned: [PlannedEvent] = []
        private var position = 0
        /// Planned events before this place arrive before anything of the days to come.
        private var ready = 0

        init(_ stream: SimulatedEvents) {
            self.stream = stream
            writer = EventWriter(stream.population)
            // A visit may run on past midnight.
            day = Population.day(of: stream.from) - 1
            lastDay = stream.from < stream.to ? Population.day(of: stream.to.adding(milliseconds: -1)) : day - 1
        }

        public mutating func next() -> SimulatedEvent? {
            while true {
                while position == ready {
                    guard planNextDay() else { return nil }
                }
                position += 1
                if let event = writer.event(planned[position - 1]) { return event }
            }
        }

        /// `false` when there is nothing more.
        private mutating func planNextDay() -> Bool {
            guard day <= lastDay else {
                ready = planned.count
                return position < ready
            }
            planned.removeSubrange(..<position)
            position = 0
            let old = planned.count
            let planner = DayPlanner(population: stream.population, day: day)
            var fresh: [PlannedEvent] = []
            for index in 0..<stream.population.size {
                planner.plan(stream.population.member(index), into: &fresh)
            }
            for event in fresh
            where event.time >= stream.from.milliseconds && event.time < stream.to.milliseconds { deliver(event) }
            if planned.count > old { planned.sort(by: PlannedEvent.arrivesBefore) }
            day += 1
            let horizon = Int64(day) * 86_400_000
            ready = day > lastDay ? planned.count : planned.partitioningIndex { $0.arrival >= horizon }
            return true
        }

        private mutating func deliver(_ event: PlannedEvent) {
            let delivery = stream.delivery
            guard delivery.resentShare > 0 || delivery.lateShare > 0 else {
                planned.append(event)
                return
            }
            var random = SplitMix64(seed: event.id ^ 0x6C61_7465)
            var event = event
            if random.chance(delivery.lateShare) {
                event.arrival += Int64(random.uniform() * delivery.lateHours * 3_600_000)
            }
            planned.append(event)
            if random.chance(delivery.resentShare) {
                event.arrival += 1_000 + Int64(random.uniform() * 6 * 3_600_000)
                planned.append(event)
            }
        }
    }
}

extension Array {
    /// The first position from which the predicate holds; it must hold for all that follow.
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
