import Loyalty
import Primitives
import Testing

@testable import Simulation

/// People who behave as a document says, whatever the programme is about.
@Suite struct BehaviourTests {
    private static func events(_ behaviour: Behaviour, people: Int, days: Int, seed: UInt64 = 5) -> [SimulatedEvent] {
        let population = Population(behaviour, seed: seed, size: people, start: World.start, until: World.day(days))
        return Array(population.events(from: World.start, to: World.day(days)))
    }

    /// The bytes of a stream, in one number (FNV-1a).
    private static func digest(_ events: [SimulatedEvent]) -> UInt64 {
        World.text(events).reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Written down once: on every machine the same. Logarithms and exponentials are our own for that.
    @Test(arguments: [("avondpost", golden.0), ("mobility", golden.1), ("employees", golden.2)])
    func theStreamIsTheSameOnEveryMachine(_ name: String, _ digest: UInt64) {
        let found = Self.digest(Self.events(World.behaviour(of: name), people: 60, days: 4))
        #expect(found == digest, "\(name): 0x\(String(found, radix: 16))")
    }

    private static let golden: (UInt64, UInt64, UInt64) = (
        0xDFEA_C219_32E2_7328, 0x7AA8_F886_BF7C_C5CE, 0x6702_FC62_8B6E_720B
    )

    @Test func travellersTravelByWhatTheyLikeAndFieldsAgreeWithEachOther() throws {
        let behaviour = World.behaviour(of: "mobility")
        let population = Population(behaviour, seed: 5, size: 400, start: World.start, until: World.day(20))
        var byGroup: [String: [String: Int]] = [:]
        var stops = 0
        for event in population.events(from: World.start, to: World.day(20)) {
            let member = try #require(population.member(key: event.person))
            switch event.type {
            case "trip.made":
                let mode = try #require(event.fields["mode"]?.stringValue)
                byGroup[member.group.id, default: [:]][mode, default: 0] += 1
                let minutes = try #require(event.fields["minutes"]?.intValue)
                if event.fields["distance"] == "under-2-km" { #expect((2...20).contains(minutes)) }
                if mode == "train" { #expect(event.fields["distance"] != "under-2-km") }
            case "check-in.made": stops += 1
            default: Issue.record("\(event.type) is no event of theirs")
            }
        }
        #expect(stops > 50)
        func share(_ group: String, _ mode: String) -> Double {
            let all = byGroup[group] ?? [:]
            return Double(all[mode] ?? 0) / Double(max(1, all.values.reduce(0, +)))
        }
        #expect(share("driver", "car") > 0.4 && share("cyclist", "bike") > 0.35)
        #expect(share("cyclist", "car") < share("driver", "car") / 2)
    }

    @Test func rewardsMoveTastesByTheFactorThatIsKnown() {
        let behaviour = World.behaviour(of: "mobility")
        let plain = Population(behaviour, seed: 9, size: 1_500, start: World.start, until: World.day(10))
        let moved = plain.treated(.everyone(from: World.start))
        func lighter(_ population: Population) -> (found: Double, expected: Double) {
            var (count, all, expected) = (0.0, 0.0, 0.0)
            for event in population.events(from: World.start, to: World.day(10)) where event.type == "trip.made" {
                guard let member = population.member(key: event.person) else { continue }
                all += 1
                if event.fields["mode"] != "car" { count += 1 }
                let car = member.tastes(isMoved: population.rewarded(member) != nil).first { $0.subject == "car" }
                expected += 1 - (car?.weight ?? 0)
            }
            return (count / all, expected / all)
        }
        let (before, after) = (lighter(plain), lighter(moved))
        #expect(abs(before.found - before.expected) < 0.015, "\(before)")
        #expect(abs(after.found - after.expected) < 0.015, "\(after)")
        #expect(after.found > before.found + 0.02)
        #expect(abs((after.found - before.found) - (after.expected - before.expected)) < 0.015)
    }

    /// Survivors of 1,000 under the shifted beta-geometric model: Fader, Hardie 2007, the High-End and Regular cases, which
    /// a plan with `hazard: { beta: … }` has to show.
    @Test(arguments: [
        (0.668088, 3.806094, [850.7, 746.9, 669.8, 609.9, 561.8, 522.2, 488.9]),
        (0.704077, 1.182043, [626.7, 473.8, 388.0, 332.1, 292.3, 262.5, 239.0]),
    ])
    func whoStaysIsAsPublished(_ alpha: Double, _ beta: Double, _ survivors: [Double]) {
        var behaviour = World.behaviour(of: "employees")
        behaviour.joining.new = 1
        behaviour.joining.newDays = 1
        behaviour.subscription = Behaviour.Subscription(plans: [
            Behaviour.Plan(id: "yearly", share: 1, everyDays: 365, months: 12, hazard: .beta(alpha, beta))
        ])
        let size = 40_000
        let population = Population(behaviour, seed: 2_007, size: size, start: World.start, until: World.day(1))
        var left = [Int](repeating: size, count: survivors.count)
        for index in 0..<size {
            let member = population.member(index)
            guard let first = member.subscribedDay else { continue }
            let last = first + 365 * survivors.count
            guard let day = population.cancelDay(member, rewarded: nil, through: last) else { continue }
            for year in ((day - first) / 365 - 1)..<survivors.count { left[year] -= 1 }
        }
        for (year, expected) in survivors.enumerated() {
            let share = expected / 1_000
            let error = (share * (1 - share) / Double(size)).squareRoot()
            let found = Double(left[year]) / Double(size)
            #expect(abs(found - share) < 4 * error, "year \(year + 1): \(found), published \(share)")
        }
    }

    @Test func aProgrammeThatSaysNothingHasPeopleAllTheSame() throws {
        var programme = Programme(
            id: try #require(ProgrammeID("shop")), name: LocalizedText([.en: "Shop"]), languages: [.en],
            timeZone: "Europe/London", units: [Unit(id: "stars", name: LocalizedText([.en: "stars"]))])
        programme.events = [
            EventType(
                id: "order.placed",
                fields: [
                    EventType.Field(id: "cents", type: .integer, minimum: 100, maximum: 9_000),
                    EventType.Field(id: "size", type: .text, oneOf: ["small", "large"]),
                    EventType.Field(id: "gift", type: .boolean),
                    EventType.Field(id: "waited", type: .duration, unit: "min"),
                    EventType.Field(id: "share", type: .fraction), EventType.Field(id: "topics", type: .list(.topic)),
                    EventType.Field(id: "at", type: .timestamp),
                ]), EventType(id: "page.seen", fields: [EventType.Field(id: "item", type: .item)]),
        ]
        let behaviour = programme.behaviour
        #expect(behaviour.isDerived)
        let events = Self.events(behaviour, people: 80, days: 10)
        #expect(Set(events.map(\.type)) == ["order.placed", "page.seen"])
        for event in events where event.type == "order.placed" {
            #expect((100...9_000).contains(event.fields["cents"]?.intValue ?? 0))
            #expect(["small", "large"].contains(event.fields["size"]?.stringValue ?? ""))
            #expect((0.5...30).contains(event.fields["waited"]?.doubleValue ?? 0))
            #expect((0...1).contains(event.fields["share"]?.doubleValue ?? 2))
            #expect(event.fields["topics"]?.arrayValue?.count == 1)
            #expect(event.fields["at"]?.stringValue.flatMap { RFC3339.parse($0) } == event.time)
        }
        #expect(events.contains { $0.type == "page.seen" && $0.fields["item"] != nil })
    }

    @Test func peopleJoinWithAGoalOfTheirOwnAndStateWhatTheyWant() {
        let population = Population(
            World.behaviour(of: "employees"), seed: 3, size: 2_000, start: World.start, until: World.day(1))
        let people = (0..<2_000).map { population.member($0) }
        let joins = people.compactMap { $0.joins.first }
        #expect(abs(joins.count - 800) < 100, "\(joins.count)")
        #expect(joins.allSatisfy { $0.challenge == "my-own-pace" && (2...6).contains($0.goal ?? 0) })
        #expect(Set(joins.map(\.goal)).count == 5)
        let stated = people.count { !$0.traits.isEmpty }
        #expect(abs(stated - 1_800) < 80, "\(stated)")
    }
}
