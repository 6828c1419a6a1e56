import Primitives

/// Plans what everyone does on one day (in UTC). A person's day depends on the person's and the day's number only.
struct DayPlanner {
    private static let day: Int64 = 86_400_000

    private let population: Population
    private let day: Int
    private let start: Int64
    private let shelf: ItemShelf
    private let offsets: [Int]
    private let isWeekend: Bool
    private let facts: GroundFacts

    init(population: Population, day: Int) {
        self.population = population
        self.day = day
        facts = population.facts
        start = Int64(day) * Self.day
        shelf = ItemShelf(house: population.house, day: day)
        offsets = SimulatedZone.allCases.map { $0.offset(onDay: day) }
        isWeekend = CivilDate(daysSinceEpoch: day).weekday > 5
    }

    /// Adds the events of one person's day.
    func plan(_ member: SimulatedMember, into events: inout [PlannedEvent]) {
        guard member.joinedDay <= day else { return }
        var writer = Writer(
            member: member, day: day, populationSeed: population.seed, identified: population.identification(member))
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 2, UInt64(bitPattern: Int64(day))))
        let rewarded = population.rewarded(member)

        // More visits than there are, thinned by the day's factor: most people need no look at their subscription.
        let mean = member.sessionsPerDay * Population.largestActivity * (isWeekend ? 0.85 : 1)
        let visits = random.poisson(mean: mean)
        if visits > 0 {
            let keep = population.activity(member, onDay: day, rewarded: rewarded) / Population.largestActivity
            let favourites = facts.favourites(of: member)
            for _ in 0..<visits where random.chance(keep) {
                visit(member, favourites, &random, &writer, &events)
            }
        }
        subscription(member, rewarded: rewarded, &writer, &events)
        for evening in shelf.evenings { attend(member, evening, &writer, &events) }
        if let identified = writer.identified, Population.day(of: Instant(milliseconds: identified)) == day {
            writer.add(.memberIdentified, at: identified, channel: .web, to: &events)
        }
    }

    // MARK: Visits

    private func visit(
        _ member: SimulatedMember, _ favourites: (Int, Int), _ random: inout SplitMix64, _ writer: inout Writer,
        _ events: inout [PlannedEvent]
    ) {
        var time = moment(member, &random)
        switch facts.channel(of: member, using: &random) {
        case .web: browse(member, favourites, .web, videoShare: 0.13, &time, &random, &writer, &events)
        case .app: browse(member, favourites, .app, videoShare: 0.2, &time, &random, &writer, &events)
        case .podcast: listen(member, favourites, .podcast, &time, &random, &writer, &events)
        case .newsletter:
            guard let letter = random.pick(shelf.letters) else { return }
            writer.add(.newsletterOpened, at: time, channel: .newsletter, item: letter, to: &events)
            if random.chance(0.5) {
                time += Int64(20 + random.index(below: 60)) * 1_000
                browse(member, favourites, .web, videoShare: 0.05, &time, &random, &writer, &events)
            }
        case .counter:
            let cents = random.pick([495, 795, 1_250, 1_495, 1_995, 2_450, 3_500]) ?? 495
            writer.add(.purchaseMade, at: time, channel: .counter, amount: Int32(cents), to: &events)
        }
    }

    /// One to eight things after one another.
    private func browse(
        _ member: SimulatedMember, _ favourites: (Int, Int), _ channel: Channel, videoShare: Double,
        _ time: inout Int64,
        _ random: inout SplitMix64, _ writer: inout Writer, _ events: inout [PlannedEvent]
    ) {
        var count = 1
        while count < 8, random.chance(0.45) { count += 1 }
        var seen = (Int16(-1), Int16(-1))
        for _ in 0..<count {
            let isVideo = random.chance(videoShare)
            guard let choice = choose(member, favourites, row: isVideo ? 1 : 0, at: time, &random),
                choice.item != seen.0, choice.item != seen.1
            else { continue }
            seen = (seen.1, choice.item)
            // Liked topics and makers are read to the end more often.
            let deep = min(0.95, 0.35 + 0.12 * choice.tilt + (choice.isFavourite ? 0.15 : 0))
            let isDeep = random.chance(deep)
            let draw = random.uniform()
            let share = isDeep ? 0.7 + 0.3 * draw : 0.03 + 0.5 * draw * draw
            let length = Double(facts.seconds[Int(choice.item)])
            let pace = isVideo ? 1 : 0.75 + 0.6 * random.uniform()
            let seconds = max(2, Int32(length * share * pace))
            time += Int64(seconds) * 1_000
            writer.add(
                isVideo ? .videoWatched : .articleRead, at: time, channel: channel, item: choice.item, amount: seconds,
                share: share, to: &events)
            if isDeep, member.commentRate > 0, random.chance(member.commentRate) {
                time += Int64(20 + random.index(below: 180)) * 1_000
                let words = 4 + Int32(random.index(below: 16) * (1 + random.index(below: 6)))
                writer.add(.commentPosted, at: time, channel: channel, item: choice.item, amount: words, to: &events)
            }
            time += Int64(3 + random.index(below: 40)) * 1_000
        }
    }

    private func listen(
        _ member: SimulatedMember, _ favourites: (Int, Int), _ channel: Channel, _ time: inout Int64,
        _ random: inout SplitMix64, _ writer: inout Writer, _ events: inout [PlannedEvent]
    ) {
        let count = random.chance(0.25) ? 2 : 1
        for _ in 0..<count {
            guard let choice = choose(member, favourites, row: 2, at: time, &random) else { return }
            let finishes = random.chance(min(0.95, 0.45 + 0.12 * choice.tilt + (choice.isFavourite ? 0.15 : 0)))
            guard finishes else { return }
            let seconds = Int32(Double(facts.seconds[Int(choice.item)]) * (0.9 + 0.1 * random.uniform()))
            time += Int64(seconds) * 1_000
            writer.add(.episodeFinished, at: time, channel: channel, item: choice.item, amount: seconds, to: &events)
        }
    }

    /// An item by the member's tastes: topic first, then a recent and good item of it, the makers it likes preferred.
    /// The same item is offered to the same person on one day in five only, so that few things are read twice.
    private func choose(
        _ member: SimulatedMember, _ favourites: (Int, Int), row: Int, at time: Int64, _ random: inout SplitMix64
    ) -> (item: Int16, tilt: Double, isFavourite: Bool)? {
        // Not every topic has every kind.
        for _ in 0..<12 {
            let topic = facts.topic(of: member, using: &random)
            var last: (Int16, Double, Bool)?
            for _ in 0..<12 {
                guard let item = shelf.pick(row: row, topic: topic, using: &random) else { break }
                guard facts.published[Int(item)] <= time else { continue }
                let maker = facts.makers[Int(item)]
                let isFavourite = maker == favourites.0 || maker == favourites.1
                last = (item, SimulatedMember.tilt(member.tilts, topic), isFavourite)
                let turn = SplitMix64.mix(member.seed ^ UInt64(UInt16(bitPattern: item)) &* 0x9E37_79B9_7F4A_7C15)
                guard (turn &+ UInt64(bitPattern: Int64(day))) % 5 == 0 else { continue }
                if isFavourite || random.chance(0.55) { return last }
            }
            if let last { return last }
        }
        return nil
    }

    /// A moment of the day by the member's rhythm.
    private func moment(_ member: SimulatedMember, _ random: inout SplitMix64) -> Int64 {
        let hours = Rhythm.hours[member.rhythm.rawValue][isWeekend ? 1 : 0]
        let draw = random.uniform()
        var hour = 0
        while hour < 23, hours[hour] < draw { hour += 1 }
        let local = hour * 3_600_000 + random.index(below: 3_600_000)
        // The clock of the member's zone, wrapped into this day of UTC.
        let utc = (local - offsets[member.zone.rawValue] * 1_000 + 2 * 86_400_000) % 86_400_000
        return start + Int64(utc)
    }

    // MARK: Once in a while

    private func subscription(
        _ member: SimulatedMember, rewarded: Int?, _ writer: inout Writer, _ events: inout [PlannedEvent]
    ) {
        guard let first = member.subscribedDay, first <= day else { return }
        let elapsed = day - first
        guard elapsed % member.plan.cycleDays == 0 else { return }
        let renewal = elapsed / member.plan.cycleDays
        // Payments are processed in the early morning.
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 3, UInt64(renewal)))
        let time = start + 3 * 3_600_000 + Int64(random.index(below: 3_600_000))
        if renewal == 0 {
            writer.add(.subscriptionStarted, at: time, channel: .web, to: &events)
            return
        }
        guard day >= population.startDay else { return }
        switch population.cancelDay(member, rewarded: rewarded, through: day) {
        case nil: writer.add(.subscriptionRenewed, at: time, channel: .web, amount: Int32(renewal), to: &events)
        case day: writer.add(.subscriptionCancelled, at: time, channel: .web, amount: Int32(renewal), to: &events)
        default: break
        }
    }

    private func attend(
        _ member: SimulatedMember, _ evening: Int16, _ writer: inout Writer, _ events: inout [PlannedEvent]
    ) {
        guard member.zone == .amsterdam || member.zone == .brussels else { return }
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 5, UInt64(UInt16(bitPattern: evening))))
        let topic = facts.topics[Int(evening)]
        let liking = member.group.topicWeights[topic] * SimulatedMember.tilt(member.tilts, topic)
        guard random.chance(min(0.2, 0.04 * liking * member.tilt(.counter))) else { return }
        let begin = population.house.items[Int(evening)].takesPlaceAt?.milliseconds ?? start
        let time = begin - 1_800_000 + Int64(random.index(below: 2_400_000))
        writer.add(.eventAttended, at: time, channel: .counter, item: evening, to: &events)
    }

    /// Gives events their ids and notes who was known when.
    struct Writer {
        private let index: Int32
        private let base: UInt64
        private let scramble: UInt64
        private var count: UInt64 = 0
        let identified: Int64?

        init(member: SimulatedMember, day: Int, populationSeed: UInt64, identified: Int64?) {
            index = Int32(member.index)
            base = UInt64(member.index) << 32 | UInt64(UInt16(truncatingIfNeeded: day)) << 16
            scramble = SplitMix64.mix(populationSeed)
            self.identified = identified
        }

        mutating func add(
            _ kind: PlannedEvent.Kind, at time: Int64, channel: Channel, item: Int16 = -1, amount: Int32 = 0,
            share: Double = 0, to events: inout [PlannedEvent]
        ) {
            // A bijection of person, day and count: ids never repeat within a population.
            let id = SplitMix64.mix((base | count) ^ scramble)
            count += 1
            events.append(
                PlannedEvent(
                    arrival: time, time: time, id: id, member: index, amount: amount, item: item, kind: kind,
                    channel: UInt8(channel.rawValue), share: UInt8(min(100, max(0, share * 100))),
                    isAnonymous: identified.map { time < $0 } ?? false))
        }
    }
}
