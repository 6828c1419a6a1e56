public import Loyalty
public import Primitives

/// People who read, watch, listen, come by and pay, with everything that moves them known.
///
/// Nothing is stored: each person and each person's day follow from the seed, so a million people need no more memory
/// than one day of their events. The same arguments give the same events, byte for byte, on the same platform.
public struct Population: Sendable {
    public let seed: UInt64
    public let size: Int
    /// Events happen from here on; who was there before has been for a while.
    public let start: Instant
    public let behaviour: Behaviour
    /// The media house that the behaviour names, with all that stands about its items; `nil` for one without.
    public let house: MediaHouse?
    public internal(set) var treatment: Treatment
    /// Share of people who are known by a device only until they identify themselves, in their first two weeks.
    public let anonymousShare: Double
    let startDay: Int
    let facts: GroundFacts
    let habits: Habits

    /// The day of `start`, in days since 1970-01-01.
    public var firstDay: Int { startDay }

    /// What people can read, watch and attend.
    public var items: [ShelfItem] { facts.items }

    /// - Parameters:
    ///   - size: people, at most 2,147,483,647.
    ///   - until: up to when things are published.
    ///   - house: what De Avondpost publishes, for a behaviour that names it; `nil` makes it from the seed.
    ///   - treatment: who gets rewards.
    ///   - anonymousShare: 0 to 1.
    public init(
        _ behaviour: Behaviour, seed: UInt64, size: Int, start: Instant, until: Instant, house: MediaHouse? = nil,
        treatment: Treatment = .none, anonymousShare: Double = 0
    ) {
        self.behaviour = behaviour
        self.seed = seed
        self.size = min(max(size, 0), Int(Int32.max))
        self.start = start
        self.treatment = treatment
        self.anonymousShare = anonymousShare
        startDay = Self.day(of: start)
        let before = start.adding(milliseconds: -28 * 86_400_000)
        let items: [ShelfItem]
        switch behaviour.house {
        case .avondpost:
            let published = house ?? MediaHouse.avondpost(publishing: before, until: until, seed: seed)
            self.house = published
            items = published.items.map { ShelfItem($0) }
        case nil:
            self.house = nil
            var kinds: [String] = []
            for event in behaviour.events { if let kind = event.item, !kinds.contains(kind) { kinds.append(kind) } }
            items = ShelfItem.made(
                kinds: kinds, subjects: behaviour.subjects,
                language: behaviour.places.first?.language.rawValue ?? "en", from: before, until: until, seed: seed)
        }
        facts = GroundFacts(behaviour, items: items, makers: self.house?.makers ?? [])
        habits = Habits(behaviour)
    }

    /// The person with a number from 0 to `size`, not included.
    public func member(_ index: Int) -> SimulatedMember {
        SimulatedMember(index: index, populationSeed: seed, startDay: startDay, habits: habits)
    }

    /// The person behind a key in an event; `nil` for a device and for a key that is not of this population.
    public func member(key: String) -> SimulatedMember? {
        guard key.utf8.count == 9, key.hasPrefix("p"), let number = PersonKeys.number(key.dropFirst()) else {
            return nil
        }
        let index = PersonKeys.unscramble(number)
        return index < UInt64(size) ? member(Int(index)) : nil
    }

    /// What happens from one time to another, in the order of arrival.
    ///
    /// Joining two neighbouring stretches gives the same events as one stretch over both.
    ///
    /// - Parameter delivery: duplicates and delays. What happened before `to` and arrives after it still comes, at the
    /// end.
    /// - Complexity: people × days; memory for one day of events, and for those that are late.
    public func events(from: Instant, to: Instant, delivery: Delivery = .orderly) -> SimulatedEvents {
        SimulatedEvents(population: self, from: max(from, start), to: to, delivery: delivery)
    }

    static func day(of instant: Instant) -> Int {
        let milliseconds = instant.milliseconds
        return Int((milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000)
    }

    /// The day from which a member gets rewards, if it does.
    func rewarded(_ member: SimulatedMember) -> Int? { treatment.day(member) }

    // MARK: Subscriptions

    /// Probability that a member cancels at its renewal of that number, given it is still there.
    ///
    /// - Parameter rewarded: the day from which the member gets rewards, if it does.
    func hazard(_ member: SimulatedMember, renewal: Int, onDay day: Int, rewarded: Int?) -> Double {
        guard let plan = member.plan else { return 0 }
        let plain: Double
        switch plan.hazard {
        case .usual:
            let factors = habits.tenureFactors[member.planIndex]
            plain = min(0.6, member.baseHazard * factors[min(max(0, renewal), factors.count - 1)])
        case .beta: plain = member.baseHazard
        }
        guard let rewarded, rewarded <= day else { return plain }
        return min(0.95, plain * member.response.hazard)
    }

    /// The day a member cancels, if it does so up to a day. The chance draws are the same with and without rewards, so
    /// the difference is the rewards' doing.
    func cancelDay(_ member: SimulatedMember, rewarded: Int?, through last: Int) -> Int? {
        guard let first = member.subscribedDay, let cycle = member.plan?.everyDays else { return nil }
        var renewal = firstRenewal(member)
        var day = first + renewal * cycle
        while day <= last {
            let draw = Double(SplitMix64.mix(member.seed &+ UInt64(renewal) &* 0xD1B5_4A32_D192_ED03) >> 11) * 0x1p-53
            if draw < hazard(member, renewal: renewal, onDay: day, rewarded: rewarded) { return day }
            renewal += 1
            day += cycle
        }
        return nil
    }

    /// The first renewal at which a member may cancel: who is there at the start has renewed until then.
    func firstRenewal(_ member: SimulatedMember) -> Int {
        guard let first = member.subscribedDay, let cycle = member.plan?.everyDays else { return 1 }
        return max(1, (startDay - first + cycle - 1) / cycle)
    }

    /// Factor on the number of sessions on a day: few without a subscription, fading before it is cancelled.
    func activity(_ member: SimulatedMember, onDay day: Int, rewarded: Int?) -> Double {
        var factor = rewarded.map { $0 <= day } == true ? member.response.visits : 1
        guard let terms = behaviour.subscription else { return factor }
        guard let subscribed = member.subscribedDay, subscribed <= day else { return factor * terms.without }
        if let cancelled = cancelDay(member, rewarded: rewarded, through: day + terms.fadingDays) {
            let rest = cancelled - day
            factor *=
                rest <= 0
                ? terms.afterwards
                : terms.fadesTo + (1 - terms.fadesTo) * Double(rest) / Double(terms.fadingDays)
        }
        return factor
    }

    /// When a member whose device was seen first identifies itself; `nil` when it was known from the start.
    func identification(_ member: SimulatedMember) -> Int64? {
        guard anonymousShare > 0 else { return nil }
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 4))
        guard random.chance(anonymousShare) else { return nil }
        let day = max(startDay, member.joinedDay) + random.index(below: 14)
        return Int64(day) * 86_400_000 + Int64(random.index(below: 86_400)) * 1_000
    }
}
