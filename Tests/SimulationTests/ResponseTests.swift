import Loyalty
import Primitives
import Testing

@testable import Simulation

/// Whoever compares people with rewards to people without finds the parameters they were made with.
@Suite struct ResponseTests {
    /// The first renewal of each: nobody has left before, so nothing but the hazard is in it.
    @Test(arguments: World.behaviour.responses)
    func theRatioOfHazardsIsFoundAgain(_ response: Behaviour.Response) {
        let population = World.population(size: 60_000)
        var (plain, treated, members) = (0, 0, 0)
        for index in 0..<population.size {
            let member = population.member(index)
            guard member.response == response, let first = member.subscribedDay, let plan = member.plan else {
                continue
            }
            let renewal = first + population.firstRenewal(member) * plan.everyDays
            members += 1
            if population.cancelDay(member, rewarded: nil, through: renewal) != nil { plain += 1 }
            if population.cancelDay(member, rewarded: population.startDay, through: renewal) != nil { treated += 1 }
        }
        let ratio = Double(treated) / Double(plain)
        // The same draws in both arms: what differs between them is what one of both has alone.
        let apart = Double(abs(treated - plain))
        let error = max(1, apart).squareRoot() / Double(plain)
        #expect(
            abs(ratio - response.hazard) < 4 * error + 0.01,
            "\(response.id): \(ratio) of \(members) members, \(plain) and \(treated)")
    }

    @Test func visitsFollowTheRatioOfActivity() {
        let plain = World.population(size: 4_000)
        let treated = plain.treated(.everyone(from: World.start))
        var counts: [Behaviour.Response: (plain: Double, treated: Double)] = [:]
        for index in 0..<plain.size {
            let member = plain.member(index)
            // Without a subscription nothing fades.
            guard member.subscribedDay == nil else { continue }
            let (without, with) = (
                plain.expectedVisits(member, on: plain.startDay..<plain.startDay + 30),
                treated.expectedVisits(member, on: plain.startDay..<plain.startDay + 30)
            )
            #expect(without.withRewards == without.without && with.without == without.without)
            counts[member.response, default: (0, 0)].plain += without.withRewards
            counts[member.response, default: (0, 0)].treated += with.withRewards
        }
        for response in World.behaviour.responses {
            let count = counts[response] ?? (1, 0)
            #expect(abs(count.treated / count.plain - response.visits) < 1e-9)
        }
    }

    @Test func aDayAtATimeIsTheSameStream() {
        let population = World.population(size: 200)
        var days: [SimulatedEvent] = []
        for day in -1..<3 { days += population.events(onDay: population.startDay + day) }
        // What somebody begins before midnight may end after it: it belongs to the day on which it began.
        let end = World.day(3)
        let inOrder = days.filter { World.start <= $0.time && $0.time < end }
            .sorted { ($0.arrival, $0.id) < ($1.arrival, $1.id) }
        let stream = population.events(from: World.start, to: end)
            .sorted { ($0.arrival, $0.id) < ($1.arrival, $1.id) }
        #expect(inOrder.count > 300 && inOrder == stream)
        // Rewards from the second day on change nothing on the first.
        let felt = Dictionary(uniqueKeysWithValues: (0..<200).map { ($0, population.startDay + 1) })
        let rewarded = population.treated(.since(felt))
        #expect(rewarded.events(onDay: population.startDay) == population.events(onDay: population.startDay))
        #expect(rewarded.events(onDay: population.startDay + 1) != population.events(onDay: population.startDay + 1))
    }
}
