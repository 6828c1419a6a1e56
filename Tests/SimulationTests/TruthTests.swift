import Assignment
import Loyalty
import Primitives
import Testing

@testable import Simulation

/// What the events show must be what the truth says.
@Suite struct TruthTests {
    @Test func `tastes add up and show in what is read`() {
        let population = World.population(size: 1_500)
        var reads: [String: (all: Int, favourite: Int)] = [:]
        for event in population.events(from: World.day(0), to: World.day(10)) where event.type == "article.read" {
            guard let member = population.member(key: event.person),
                let best = member.tastes.max(by: { $0.weight < $1.weight }), best.weight > 0.5
            else { continue }
            let topics = event.fields["topics"]?.arrayValue?.compactMap(\.stringValue) ?? []
            let name = best.subject
            reads[name, default: (0, 0)].all += 1
            if topics.contains(name) { reads[name, default: (0, 0)].favourite += 1 }
        }
        #expect(reads.count > 6)
        for (topic, count) in reads where count.all > 300 {
            #expect(Double(count.favourite) / Double(count.all) > 0.5, "\(topic): \(count)")
        }
        for index in 0..<100 {
            let member = population.member(index)
            #expect(abs(member.tastes.map(\.weight).reduce(0, +) - 1) < 1e-9)
            #expect(abs(member.channels.map(\.share).reduce(0, +) - 1) < 1e-9)
        }
        for tastes in population.habits.tastes { #expect(abs(tastes.reduce(0, +) - 1) < 1e-9) }
        #expect(abs(population.habits.groupShares.reduce(0, +) - 1) < 1e-9)
    }

    /// Expected and actual cancellations over a year, member by member.
    static func cancellations(_ population: Population, rewarded: Int?) -> (
        expected: Double, variance: Double, actual: Int
    ) {
        var expected = 0.0
        var variance = 0.0
        var actual = 0
        for index in 0..<population.size {
            let member = population.member(index)
            guard let first = member.subscribedDay, let cycle = member.plan?.everyDays else { continue }
            var renewal = population.firstRenewal(member)
            var survival = 1.0
            while first + renewal * cycle <= population.startDay + 365 {
                let day = first + renewal * cycle
                survival *= 1 - population.hazard(member, renewal: renewal, onDay: day, rewarded: rewarded)
                renewal += 1
            }
            expected += 1 - survival
            variance += survival * (1 - survival)
            let last = population.startDay + 365
            if population.cancelDay(member, rewarded: rewarded, through: last) != nil { actual += 1 }
        }
        return (expected, variance, actual)
    }

    @Test(arguments: [false, true])
    func `as many cancel as their hazards say`(_ treated: Bool) {
        let population = World.population(size: 20_000, treatment: .everyone(from: World.start))
        let result = Self.cancellations(population, rewarded: treated ? population.startDay : nil)
        #expect(abs(Double(result.actual) - result.expected) < 4 * result.variance.squareRoot(), "\(result)")
    }

    @Test func `rewards keep some and lose others, as the truth says`() {
        let population = World.population(size: 20_000, treatment: .everyone(from: World.start))
        var counts: [String: (plain: Int, treated: Int)] = [:]
        for index in 0..<population.size {
            let member = population.member(index)
            let horizon = population.startDay + 365
            let plain = population.cancelDay(member, rewarded: nil, through: horizon)
            let treated = population.cancelDay(member, rewarded: population.startDay, through: horizon)
            if plain != nil { counts[member.response.id, default: (0, 0)].plain += 1 }
            if treated != nil { counts[member.response.id, default: (0, 0)].treated += 1 }
            // The same draws: who stays without a helpful reward stays with it.
            switch member.response.id {
            case "persuadable", "sure-thing": if plain == nil { #expect(treated == nil) }
            case "lost-cause": #expect(plain == treated)
            default: if treated == nil { #expect(plain == nil) }
            }
        }
        let persuadable = counts["persuadable"] ?? (0, 0)
        let sleeping = counts["sleeping-dog"] ?? (0, 0)
        #expect(Double(persuadable.treated) < 0.75 * Double(persuadable.plain))
        #expect(sleeping.treated > sleeping.plain)
    }

    @Test func `the stream contains exactly the cancellations of the truth`() {
        let population = World.population(size: 600)
        var cancelled: [String: Int] = [:]
        var after = 0
        for event in population.events(from: World.day(0), to: World.day(60)) {
            if event.type == "subscription.cancelled" {
                #expect(cancelled[event.person] == nil)
                cancelled[event.person] = Population.day(of: event.time)
            }
            if event.type == "subscription.renewed", cancelled[event.person] != nil { after += 1 }
        }
        #expect(after == 0)
        #expect(cancelled.count > 5)
        for index in 0..<population.size {
            let member = population.member(index)
            let truth = population.cancelDay(member, rewarded: nil, through: population.startDay + 59)
            #expect(cancelled[member.key] == truth)
        }
    }

    @Test func `rewards make the persuadable come more often`() {
        let treated = World.population(size: 2_000, treatment: .everyone(from: World.start))
        let plain = World.population(size: 2_000)
        var visits: [Behaviour.Response: (plain: Double, treated: Double)] = [:]
        for index in 0..<2_000 {
            let member = plain.member(index)
            for day in stride(from: 0, to: 20, by: 5) {
                visits[member.response, default: (0, 0)].plain += plain.activity(
                    member, onDay: plain.startDay + day, rewarded: nil)
                visits[member.response, default: (0, 0)].treated += treated.activity(
                    member, onDay: plain.startDay + day, rewarded: plain.startDay)
            }
        }
        for (response, count) in visits {
            // Those who stay longer add a little to the ratio itself.
            #expect(abs(count.treated / count.plain - response.visits) < 0.05, "\(response)")
        }
        let busy = Array(treated.events(from: World.day(0), to: World.day(4))).count
        let quiet = Array(plain.events(from: World.day(0), to: World.day(4))).count
        #expect(busy > quiet)
    }

    @Test func `a hold-out gets no rewards`() throws {
        let share = try #require(BasisPoints(2_000))
        let holdOut = HoldOut(name: "simulation", share: share)
        let population = World.population(
            size: 5_000, treatment: .randomised(holdOut: holdOut, from: World.start))
        let held = (0..<5_000).filter { !population.truth(of: population.member($0)).isTreated }
        #expect(abs(held.count - 1_000) < 120)
        #expect(held.allSatisfy { holdOut.contains(population.member($0).unit) })
    }

    @Test func `readers keep the hours of their rhythm in their own zone`() {
        let population = World.population(size: 1_500)
        var evening = (early: 0, late: 0)
        var tokyo = (night: 0, day: 0)
        for event in population.events(from: World.day(2), to: World.day(7)) where event.type == "article.read" {
            guard let member = population.member(key: event.person) else { continue }
            let local = event.time.seconds + Int64(member.zone.offset(onDay: Population.day(of: event.time)))
            let hour = Int((local % 86_400) / 3_600)
            if member.rhythm == "evening" {
                if (5..<12).contains(hour) { evening.early += 1 }
                if (18..<24).contains(hour) { evening.late += 1 }
            }
            if member.zone.name == "Asia/Tokyo", member.rhythm != "night" {
                if (1..<5).contains(hour) { tokyo.night += 1 }
                if (7..<11).contains(hour) { tokyo.day += 1 }
            }
        }
        #expect(evening.late > 2 * evening.early)
        #expect(tokyo.day > 4 * tokyo.night)
    }

    @Test func `devices become persons once`() {
        let population = World.population(size: 200, anonymousShare: 0.5)
        var identified: [String: Instant] = [:]
        var anonymousBefore = 0
        for event in population.events(from: World.day(0), to: World.day(20)) {
            if event.type == "member.identified" {
                #expect(event.device != nil && event.device != event.person)
                #expect(identified.updateValue(event.time, forKey: event.device ?? "") == nil)
            } else if event.isAnonymous {
                anonymousBefore += 1
                #expect(identified[event.person] == nil, "a device acts after it was identified")
            }
        }
        #expect((60...130).contains(identified.count))
        #expect(anonymousBefore > 100)
        let known = World.population(size: 50).events(from: World.day(0), to: World.day(20))
        #expect(!known.contains { $0.isAnonymous || $0.type == "member.identified" })
    }

    @Test func `the truth can be exported`() throws {
        let population = World.population(size: 3)
        let document = try JSONValue(parsing: population.truth.text(pretty: true))
        #expect(document["groups"]?.objectValue?.count == 8)
        #expect(document["appeal"]?.objectValue?.count == World.house.items.count)
        for index in 0..<3 {
            let truth = population.truth(of: population.member(index)).document
            #expect(try JSONValue(parsing: truth.text()) == truth)
            #expect(truth["tastes"]?.objectValue?.count == 12)
        }
    }

    @Test func `few things are read twice by the same person`() {
        var seen: Set<String> = []
        var again = 0
        var all = 0
        for event in World.population(size: 200).events(from: World.day(0), to: World.day(14))
        where event.type == "article.read" {
            all += 1
            if !seen.insert("\(event.person) \(event.fields["item"]?.stringValue ?? "")").inserted { again += 1 }
        }
        #expect(Double(again) < 0.25 * Double(all), "\(again) of \(all)")
    }
}
