import Assignment
import Catalogue
import Loyalty
import Primitives
import Simulation

/// A population and its programme, day after day.
struct ForecastLife {
    /// One person in the programme, from their first event on.
    struct Participant {
        var state: MemberState
        /// Whether the programme ever did anything for them.
        var isReached = false
    }

    let programme: CompiledProgramme
    let settings: Forecast.Settings
    let population: Population
    /// The first day, in days since 1970-01-01.
    let firstDay: Int
    private let sender: SimulatedSender
    private let reader: EventReader
    private var calendars: CalendarCache
    var participants: [Int: Participant] = [:]
    /// From which day people respond to what they got.
    var felt: [Int: Int] = [:]
    private var budgets = BudgetBook()
    private var book: RewardBook
    private var codes: UInt64 = 0
    private var number: UInt64 = 0
    var tally = ForecastTally()

    init(
        _ programme: CompiledProgramme, _ settings: Forecast.Settings, _ behaviour: Behaviour, _ zones: any ZoneOffsets
    ) {
        self.programme = programme
        self.settings = settings
        firstDay = Int(settings.start.milliseconds / 86_400_000)
        let end = settings.start.adding(milliseconds: Int64(settings.days) * 86_400_000)
        population = Population(
            behaviour, seed: settings.seed, size: settings.members, start: settings.start, until: end)
        sender = SimulatedSender(compiled: programme)
        let items = Self.items(population.items)
        reader = EventReader(programme) { items[$0] ?? .stub($0) }
        calendars = CalendarCache(offsets: zones)
        // Whoever launches has codes for as many as want one.
        let withCodes = programme.programme.rewards.filter { $0.codes != nil }.map { ($0.id, Int64.max / 2) }
        book = RewardBook(freeCodes: Dictionary(uniqueKeysWithValues: withCodes))
    }

    private static func items(_ shelf: [ShelfItem]) -> [ItemID: Item] {
        var items: [ItemID: Item] = [:]
        for made in shelf {
            guard let id = ItemID(made.id) else { continue }
            var content = ItemContent()
            content.kind = ItemKind(rawValue: made.kind) ?? .other
            content.topics = made.topics
            content.makers = made.makers.compactMap { MakerID($0) }
            content.series = made.series.flatMap { SeriesID($0) }
            content.language = LanguageTag(made.language)
            content.publishedAt = made.publishedAt
            content.durationSeconds = made.seconds
            items[id] = Item(id: id, state: .live, content: content, revision: 1)
        }
        return items
    }

    // MARK: A day

    /// - Parameter offset: of the day, from 0.
    mutating func live(_ offset: Int) throws {
        let day = firstDay + offset
        var visitors: Set<Int> = []
        for simulated in population.treated(.since(felt)).events(onDay: day) {
            guard let member = population.member(key: simulated.person) else { continue }
            guard let incoming = sender.event(simulated) else {
                if simulated.type != "member.identified" { tally.undeclared[simulated.type, default: 0] += 1 }
                continue
            }
            visitors.insert(member.index)
            try take(incoming, of: member)
        }
        let evening = Instant(milliseconds: Int64(day + 1) * 86_400_000 - 1)
        for index in participants.keys.sorted() {
            try act(index, at: evening) { state, context, changes in try state.settle(context, into: &changes) }
        }
        for index in visitors.sorted() { try shop(population.member(index), day: day, at: evening) }
        for index in participants.keys where felt[index] == nil && isRaised(index, at: evening) {
            felt[index] = day + 1
        }
        budgets.commit()
        book.commit()
        tally.end(day: day, isLast: offset == settings.days - 1)
    }

    private mutating func take(_ incoming: IncomingEvent, of member: SimulatedMember) throws {
        let now = incoming.time
        if participants[member.index] == nil {
            var state = MemberState(
                programme: programme.id, id: MemberID(member.unit), profile: MemberProfile(joinedDay: 0))
            let choices = member.choices
            state.profile.level = choices.level ?? state.profile.level
            state.profile.timeZone = choices.timeZone
            state.profile.language = choices.language
            let declared = Set(programme.programme.traits.map(\.id))
            state.traits = choices.traits.filter { declared.contains($0.key) }
            state.profile.joinedDay = context(state, now).calendar.day(of: now)
            participants[member.index] = Participant(state: state)
            try join(member, at: now)
        }
        number += 1
        let claim = ID128(high: settings.seed, low: number)
        let event: Event
        do {
            event = try reader.read(incoming, claim: claim, now: now)
        } catch {
            tally.refused[incoming.type, default: 0] += 1
            return
        }
        tally.events += 1
        // Moved, not copied.
        var budgets = BudgetBook()
        swap(&budgets, &self.budgets)
        try act(member.index, at: now) { state, context, changes in
            try state.decide(event, context, budgets: &budgets, into: &changes)
        }
        swap(&budgets, &self.budgets)
    }

    /// What a person joins on the first day, with the goal it sets itself. What the programme does not let it join, it does not.
    private mutating func join(_ member: SimulatedMember, at now: Instant) throws {
        for join in member.joins where programme.challenges[join.challenge] != nil {
            number += 1
            let id = ID128(high: settings.seed, low: number).asUUID(version: 8)
            var budgets = BudgetBook()
            swap(&budgets, &self.budgets)
            try act(member.index, at: now) { state, context, changes in
                do throws(CommandProblem) {
                    try state.join(join.challenge, id: id, context, into: &changes)
                    guard let goal = join.goal else { return }
                    try state.setGoal(
                        join.challenge, to: goal, id: id.asUUID(version: 8), context, budgets: &budgets, into: &changes)
                } catch {
                    return
                }
            }
            swap(&budgets, &self.budgets)
        }
    }

    private mutating func context(_ state: MemberState, _ now: Instant) -> DecisionContext {
        var context = calendars.context(programme, state.profile, now)
        context.explains = false
        return context
    }

    /// Lets something happen to a participant and counts what it did.
    private mutating func act(
        _ index: Int, at now: Instant,
        _ body: (inout MemberState, DecisionContext, inout Changes) throws -> Void
    ) throws {
        guard var participant = participants.removeValue(forKey: index) else { return }
        defer { participants[index] = participant }
        var changes = Changes()
        try body(&participant.state, context(participant.state, now), &changes)
        guard !changes.isEmpty else { return }
        tally.see(changes, of: index)
        if changes.effects.contains(where: { Self.reaches($0) }) { participant.isReached = true }
        if felt[index] == nil, changes.effects.contains(where: { Self.canBeFelt($0) }) {
            felt[index] = Int(now.milliseconds / 86_400_000) + 1
        }
    }

    private static func reaches(_ effect: AppliedEffect) -> Bool {
        switch effect.kind {
        case .award: effect.amount > 0
        case .badge, .entitlement, .completed, .confirmation: true
        default: false
        }
    }

    private static func canBeFelt(_ effect: AppliedEffect) -> Bool {
        switch effect.kind {
        case .badge, .entitlement, .confirmation: true
        default: false
        }
    }

    /// Whether somebody is on more than the lowest tier.
    private mutating func isRaised(_ index: Int, at now: Instant) -> Bool {
        guard let lowest = programme.programme.tiers?.tiers.first, let state = participants[index]?.state else {
            return false
        }
        let tier = state.tier(in: programme, today: context(state, now).calendar.day(of: now))
        return !tier.isEmpty && tier != lowest.id
    }

    // MARK: Rewards

    /// A visitor looks for something to have, by appetite and taste, and takes it.
    private mutating func shop(_ member: SimulatedMember, day: Int, at now: Instant) throws {
        let draws = member.rewardDraws(onDay: day)
        guard draws.looks, let state = participants[member.index]?.state else { return }
        let context = context(state, now)
        var found: [(id: String, choice: RedemptionChoice, weight: Double)] = []
        for reward in programme.programme.rewards {
            guard let compiled = programme.rewards[reward.id] else { continue }
            if reward.codes != nil {
                codes += 1
                book.stock([ID128(high: 0xC0DE, low: codes)], of: reward.id)
            }
            let slots = reward.slots == nil ? [""] : reward.allSlots.map(\.id)
            for slot in slots {
                let choice = RedemptionChoice(quantity: reward.quantity.lowerBound, slot: slot)
                let shelf = book.shelf(reward, slot: slot, for: state.id, at: now)
                guard state.obstacles(compiled, choice, shelf: shelf, context).isEmpty else { continue }
                tally.allowed[reward.id, default: 0] += 1
                guard let price = state.price(of: reward, choice, context),
                    state.wallet.spendable(price.unit, at: now) >= price.amount
                else { break }
                tally.affordable[reward.id, default: 0] += 1
                found.append((reward.id, choice, member.wish(for: reward.topics)))
                break
            }
        }
        guard let (id, choice) = Self.pick(found, draws.choice) else { return }
        try redeem(id, choice, by: member.index, at: now)
    }

    private static func pick(
        _ found: [(id: String, choice: RedemptionChoice, weight: Double)], _ draw: Double
    ) -> (String, RedemptionChoice)? {
        var rest = draw * found.reduce(0) { $0 + $1.weight }
        for one in found {
            rest -= one.weight
            if rest < 0 { return (one.id, one.choice) }
        }
        return found.last.map { ($0.id, $0.choice) }
    }

    private mutating func redeem(_ id: String, _ choice: RedemptionChoice, by index: Int, at now: Instant) throws {
        guard let reward = programme.rewards[id]?.reward else { return }
        number += 1
        let hold = ID128(high: settings.seed, low: number).asUUID(version: 8)
        var book = RewardBook()
        swap(&book, &self.book)
        try act(index, at: now) { state, context, changes in
            let shelf = book.shelf(reward, slot: choice.slot, for: state.id, at: now)
            _ = try state.redeem(id, id: hold, choice, shelf: shelf, context, into: &changes)
            if let record = state.redemptions[hold] { book.take(record, of: reward, by: state.id, at: now) }
            let round = reward.kind == .donation ? book.round(of: id) : nil
            let isNewDonor = !state.redemptions.values.contains { $0.reward == id && $0.state == .confirmed }
            let spent = try state.confirm(hold: hold, round: round, context, into: &changes)
            if let record = state.redemptions[hold] {
                book.confirm(record, of: state.id)
                if reward.kind == .donation {
                    book.donate(spent.amount, quantity: record.quantity, to: id, isNewDonor: isNewDonor)
                }
            }
        }
        swap(&book, &self.book)
    }
}

extension ForecastLife {
    /// The calendar day of a participant at the end of everything.
    mutating func lastDay(_ state: MemberState) -> Int32 {
        let end = Instant(milliseconds: Int64(firstDay + settings.days) * 86_400_000 - 1)
        return calendars.context(programme, state.profile, end).calendar.day(of: end)
    }
}
