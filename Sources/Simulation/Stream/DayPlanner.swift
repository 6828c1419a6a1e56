import Loyalty
import Primitives

/// Plans what everyone does on one day (in UTC). A person's day depends on the person's and the day's number only.
struct DayPlanner {
    private let population: Population
    private let habits: Habits
    let day: Int
    let start: Int64
    let shelf: ItemShelf
    private let offsets: [Int]
    private let isWeekend: Bool
    let facts: GroundFacts
    private let maker: FieldMaker
    private let fields: [EventForm]

    /// What the planner must know of an event's fields.
    private struct EventForm {
        var share: (finished: Behaviour.Span, otherwise: Behaviour.Span)?
        var pace: Behaviour.Span?
        var hasTaste = false

        init(_ event: Behaviour.Event) {
            func look(_ draw: Behaviour.Draw) {
                switch draw {
                case .finished(let done, let other): share = (done, other)
                case .length(let span): pace = span
                case .taste: hasTaste = true
                case .list(let one): look(one)
                case .by(_, let cases, let otherwise):
                    for one in cases { look(one.draw) }
                    if let otherwise { look(otherwise) }
                case .value, .oneOf, .span, .moment: break
                }
            }
            for field in event.fields { look(field.draw) }
        }
    }

    init(population: Population, day: Int) {
        self.population = population
        self.day = day
        habits = population.habits
        facts = population.facts
        start = Int64(day) * 86_400_000
        shelf = ItemShelf(facts: population.facts, day: day)
        offsets = population.behaviour.places.map { $0.zone.offset(onDay: day) }
        isWeekend = CivilDate(daysSinceEpoch: day).weekday > 5
        maker = FieldMaker(behaviour: population.behaviour)
        fields = population.behaviour.events.map { EventForm($0) }
    }

    /// Adds the events of one person's day.
    func plan(_ member: SimulatedMember, into events: inout [PlannedEvent]) {
        guard member.joinedDay <= day else { return }
        var person = Person(
            member: member, rewarded: population.rewarded(member), day: day, populationSeed: population.seed,
            identified: population.identification(member))
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 2, UInt64(bitPattern: Int64(day))))
        let behaviour = population.behaviour

        // More visits than there are, thinned by the day's factor: most people need no look at their subscription.
        let ordinary = (isWeekend ? behaviour.visits.weekend : 1) * habits.largestActivity
        let visits = random.poisson(mean: member.sessionsPerDay * ordinary)
        if visits > 0 {
            let keep = population.activity(member, onDay: day, rewarded: person.rewarded) / habits.largestActivity
            person.favourites = facts.favourites(of: member)
            for _ in 0..<visits where random.chance(keep) {
                var time = moment(member, &random)
                visit(habits.channel(of: member, using: &random), 0, &time, &random, &person, &events)
            }
        }
        for place in behaviour.events.indices where behaviour.events[place].rate != nil {
            besides(place, ordinary, &person, &events)
        }
        subscription(&person, &events)
        for evening in shelf.evenings { attend(evening, &person, &events) }
        if let identified = person.identified, Population.day(of: Instant(milliseconds: identified)) == day {
            person.add(PlannedEvent.Special.identified, at: identified, channel: 0, to: &events)
        }
    }

    // MARK: Visits

    private func visit(
        _ channel: Int, _ depth: Int, _ time: inout Int64, _ random: inout SplitMix64, _ person: inout Person,
        _ events: inout [PlannedEvent]
    ) {
        let plan = population.behaviour.channels[channel]
        var count = 1
        while count < plan.most, random.chance(plan.again) { count += 1 }
        var seen = (Int16(-1), Int16(-1))
        for _ in 0..<count {
            guard let event = facts.does.place(in: channel, using: &random) else { continue }
            happen(event, channel, &seen, &time, &random, &person, &events)
        }
        // A visit goes on at three further channels at most.
        guard let then = plan.then, depth < 3, let next = facts.channelPlaces[then.channel], random.chance(then.chance)
        else { return }
        time += Int64(20 + random.index(below: 60)) * 1_000
        visit(next, depth + 1, &time, &random, &person, &events)
    }

    /// One thing happens, and what follows it.
    private func happen(
        _ event: Int, _ channel: Int, _ seen: inout (Int16, Int16), _ time: inout Int64, _ random: inout SplitMix64,
        _ person: inout Person, _ events: inout [PlannedEvent], _ depth: Int = 0
    ) {
        let plan = population.behaviour.events[event]
        let form = fields[event]
        var planned = PlannedEvent(arrival: 0, time: 0, id: 0, member: 0, event: Int16(event))
        planned.channel = Int16(channel)
        var (tilt, isFavourite) = (1.0, false)
        if facts.eventKind[event] >= 0 {
            guard let choice = choose(person, kind: facts.eventKind[event], at: time, &random),
                choice.item != seen.0, choice.item != seen.1
            else { return }
            seen = (seen.1, choice.item)
            planned.item = choice.item
            (tilt, isFavourite) = (choice.tilt, choice.isFavourite)
        }
        if form.hasTaste {
            let subject = habits.subject(of: person.member, isMoved: person.isMoved(day), using: &random)
            planned.subject = Int16(subject)
        }
        if let finishes = plan.finishes {
            // Liked subjects and makers are gone through with more often.
            let chance = finishes.usual + finishes.taste * tilt + (isFavourite ? finishes.maker : 0)
            planned.isFinished = random.chance(min(finishes.most, chance))
        }
        if plan.isSentFinishedOnly, !planned.isFinished { return }
        var share = 1.0
        if let spans = form.share {
            share = FieldMaker.number(planned.isFinished ? spans.finished : spans.otherwise, random.uniform())
            planned.share = UInt8(min(100, max(0, share * 100)))
        }
        if let pace = form.pace {
            let length = planned.item >= 0 ? Double(facts.seconds[Int(planned.item)]) : 60
            planned.amount = Int32(min(86_400, max(2, length * share * FieldMaker.number(pace, random.uniform()))))
            time += Int64(planned.amount) * 1_000
        }
        person.add(&planned, at: time, to: &events)
        if planned.isFinished, depth < 3 { follow(planned, channel, &time, &random, &person, &events, depth) }
        time += Int64(3 + random.index(below: 40)) * 1_000
    }

    private func follow(
        _ first: PlannedEvent, _ channel: Int, _ time: inout Int64, _ random: inout SplitMix64,
        _ person: inout Person, _ events: inout [PlannedEvent], _ depth: Int
    ) {
        for follower in facts.followers[Int(first.event)] {
            guard let after = population.behaviour.events[follower].after else { continue }
            let chance = person.member.chance(of: after, event: follower)
            guard chance > 0, random.chance(chance) else { continue }
            if let field = after.field {
                var given = JSONObject()
                maker.fields(of: first, into: &given)
                guard given[field]?.stringValue.map({ after.values.contains($0) }) == true else { continue }
            }
            time += Int64(20 + random.index(below: 180)) * 1_000
            guard facts.eventKind[follower] >= 0, first.item >= 0 else {
                var seen = (Int16(-1), Int16(-1))
                happen(follower, channel, &seen, &time, &random, &person, &events, depth + 1)
                continue
            }
            // About the same item.
            var planned = PlannedEvent(arrival: 0, time: 0, id: 0, member: 0, event: Int16(follower))
            planned.channel = Int16(channel)
            planned.item = first.item
            planned.subject = first.subject
            person.add(&planned, at: time, to: &events)
        }
    }

    /// An item by the member's tastes: subject first, then a recent and good item of it, the makers it likes preferred.
    /// The same item is offered to the same person on one day in five only, so that few things are read twice.
    private func choose(
        _ person: Person, kind: Int, at time: Int64, _ random: inout SplitMix64
    ) -> (item: Int16, tilt: Double, isFavourite: Bool)? {
        let member = person.member
        // Not every subject has every kind.
        for _ in 0..<12 {
            let subject = habits.subject(of: member, isMoved: person.isMoved(day), using: &random)
            var last: (Int16, Double, Bool)?
            for _ in 0..<12 {
                guard let item = shelf.pick(kind: kind, subject: subject, using: &random) else { break }
                guard facts.published[Int(item)] <= time else { continue }
                let maker = facts.makers[Int(item)]
                let isFavourite = maker >= 0 && (maker == person.favourites.0 || maker == person.favourites.1)
                last = (item, member.tilt(subject: subject), isFavourite)
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
        let draw = random.uniform()
        var hour = 0
        if habits.hours.indices.contains(member.rhythmIndex) {
            let hours = habits.hours[member.rhythmIndex][isWeekend ? 1 : 0]
            while hour < 23, hours[hour] < draw { hour += 1 }
        } else {
            hour = min(23, Int(draw * 24))
        }
        let local = hour * 3_600_000 + random.index(below: 3_600_000)
        // The clock of the member's zone, wrapped into this day of UTC.
        let utc = (local - offsets[member.placeIndex] * 1_000 + 2 * 86_400_000) % 86_400_000
        return start + Int64(utc)
    }

    // MARK: Once in a while

    /// What happens at a rate of its own.
    private func besides(
        _ event: Int, _ ordinary: Double, _ person: inout Person, _ events: inout [PlannedEvent]
    ) {
        guard let rate = population.behaviour.events[event].rate, let channel = facts.channelPlaces[rate.channel] else {
            return
        }
        let member = person.member
        var random = SplitMix64(
            seed: SplitMix64.seed(member.seed, 7, UInt64(bitPattern: Int64(day)), UInt64(event)))
        let own = member.group.visits > 0 ? member.sessionsPerDay / member.group.visits : 1
        let count = random.poisson(mean: min(100, rate.perDay * own * ordinary))
        guard count > 0 else { return }
        let keep = population.activity(member, onDay: day, rewarded: person.rewarded) / habits.largestActivity
        for _ in 0..<count where random.chance(keep) {
            var time = moment(member, &random)
            var seen = (Int16(-1), Int16(-1))
            happen(event, channel, &seen, &time, &random, &person, &events)
        }
    }

    private func subscription(_ person: inout Person, _ events: inout [PlannedEvent]) {
        let member = person.member
        guard let first = member.subscribedDay, first <= day, let plan = member.plan else { return }
        let elapsed = day - first
        guard elapsed % plan.everyDays == 0 else { return }
        let renewal = elapsed / plan.everyDays
        // Payments are processed in the early morning.
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 3, UInt64(renewal)))
        let time = start + 3 * 3_600_000 + Int64(random.index(below: 3_600_000))
        let special = PlannedEvent.Special.self
        if renewal == 0 { return person.add(special.started, at: time, channel: 0, to: &events) }
        guard day >= population.startDay else { return }
        switch population.cancelDay(member, rewarded: person.rewarded, through: day) {
        case nil: person.add(special.renewed, at: time, channel: 0, amount: Int32(renewal), to: &events)
        case day: person.add(special.cancelled, at: time, channel: 0, amount: Int32(renewal), to: &events)
        default: break
        }
    }

    private func attend(_ evening: Int16, _ person: inout Person, _ events: inout [PlannedEvent]) {
        let member = person.member
        let (behaviour, item) = (population.behaviour, facts.items[Int(evening)])
        for (place, event) in behaviour.events.enumerated() where event.item == item.kind {
            guard let terms = event.attends, let channel = facts.channelPlaces[terms.channel] else { continue }
            guard terms.zones.isEmpty || terms.zones.contains(member.zone) else { continue }
            var random = SplitMix64(seed: SplitMix64.seed(member.seed, 5, UInt64(UInt16(bitPattern: evening))))
            let subject = facts.subjects[Int(evening)].first ?? 0
            let liking =
                behaviour.subjects.isEmpty
                ? 1 : habits.tastes[member.groupIndex][subject] * member.tilt(subject: subject)
            guard random.chance(min(terms.most, terms.chance * liking * member.tilt(channel: channel))) else {
                continue
            }
            let begin = item.takesPlaceAt?.milliseconds ?? start
            var planned = PlannedEvent(arrival: 0, time: 0, id: 0, member: 0, event: Int16(place))
            planned.channel = Int16(channel)
            planned.item = evening
            person.add(&planned, at: begin - 1_800_000 + Int64(random.index(below: 2_400_000)), to: &events)
        }
    }
}
