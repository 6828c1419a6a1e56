import Assignment
import Loyalty
import Primitives
import Simulation
import Testing

@testable import Runtime

/// The simulator as a product: what a programme would do to people of whom everything is known.
@Suite struct ForecastTests {
    private static let zones = SystemZones()
    private static let start = Instant(milliseconds: Int64(CivilDate("2026-01-05")?.daysSinceEpoch ?? 0) * 86_400_000)

    /// The readers of De Avondpost.
    private static let readers: Behaviour? = try? DemoProgrammes.document("avondpost")?.programme().behaviour

    private static func settings(_ members: Int, _ days: Int, seed: UInt64 = 7) throws -> Forecast.Settings {
        Forecast.Settings(
            members: members, days: days, seed: seed, start: start,
            holdOut: try #require(BasisPoints(fraction: 0.2)))
    }

    /// Reading gives points; there may be something to have for them.
    private static func programme(
        amount: String = "10", price: Int64? = nil, badge: Bool = false
    ) throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("forecast")), name: LocalizedText([.en: "Forecast"]), languages: [.en],
            timeZone: "Europe/Amsterdam",
            units: [Unit(id: "ink", name: LocalizedText([.en: "ink"]), expires: .days(20))])
        programme.events = [
            EventType(
                id: "article.read",
                fields: [
                    EventType.Field(id: "item", type: .item), EventType.Field(id: "share", type: .fraction),
                    EventType.Field(id: "seconds", type: .duration, unit: "s"),
                ])
        ]
        var read = Rule(id: "read", trigger: "article.read", condition: "event.share >= 0.7")
        read.effects = [.award(amount: amount, unit: "ink")] + (badge ? [.badge("reader")] : [])
        read.limits = [Limit(kind: .amount(30), period: .day)]
        var never = Rule(id: "never", trigger: "article.read", condition: "event.share > 1.5")
        never.effects = [.award(amount: "1", unit: "ink")]
        programme.rules = [read, never]
        if badge { programme.badges = [Badge(id: "reader", name: LocalizedText([.en: "Reader"]))] }
        if let price {
            programme.rewards = [
                Reward(
                    id: "book", kind: .digital, name: LocalizedText([.en: "Book"]),
                    text: LocalizedText([.en: "A book."]), unit: "ink", price: price, stock: 25)
            ]
        }
        return programme
    }

    private static func report(_ programme: Programme, _ settings: Forecast.Settings) throws -> ForecastReport {
        try Forecast(
            CompiledProgramme(programme, version: 1, zones: zones), settings: settings,
            behaviour: try #require(readers), zones: zones
        ).run()
    }

    @Test func theSameArgumentsGiveTheSameBytesAndAnotherSeedOthers() throws {
        let programme = try Self.programme(price: 40)
        let one = try Self.report(programme, Self.settings(40, 14)).json.bytes()
        #expect(try Self.report(programme, Self.settings(40, 14)).json.bytes() == one)
        #expect(try Self.report(programme, Self.settings(40, 14, seed: 8)).json.bytes() != one)
    }

    @Test func whatIsOwedIsWhatLiesInTheWallets() throws {
        let programme = try Self.programme(price: 40)
        let compiled = try CompiledProgramme(programme, version: 1, zones: Self.zones)
        var life = ForecastLife(compiled, try Self.settings(60, 30), try #require(Self.readers), Self.zones)
        for day in 0..<30 { try life.live(day) }
        let report = life.report
        let unit = try #require(report.units.first)
        let held = life.participants.values.reduce(Int64(0)) { sum, participant in
            sum
                + participant.state.wallet.accounts.filter { $0.kind.isMembers && $0.unit == "ink" }
                .reduce(0) { $0 + $1.balance }
        }
        #expect(unit.outstanding == held)
        #expect(unit.movements.issued > 0 && unit.movements.redeemed < 0 && unit.movements.expired < 0)
        #expect(unit.weeks.last?.outstanding == unit.outstanding)
        // What rules gave is what was issued.
        #expect(report.rules.reduce(Int64(0)) { $0 + ($1.points["ink"] ?? 0) } == unit.movements.issued)
        // Stock holds, and each redemption cost its price.
        let book = try #require(report.rewards.first)
        #expect(book.times > 0 && book.times <= 25 && book.left == 25 - book.times)
        #expect(-unit.movements.redeemed == 40 * book.times)
        #expect(report.reached > 0 && report.reached + report.neverReached == report.participants)
    }

    @Test func whatNeverHappensIsNamed() throws {
        let report = try Self.report(Self.programme(price: 1_000_000), Self.settings(30, 7))
        #expect(report.silentRules == ["never"])
        #expect(report.silentRewards == ["book"])
        #expect(report.rewards.first?.affordable == 0 && report.rewards.first?.allowed ?? 0 > 0)
        #expect(report.undeclared["video.watched"] ?? 0 > 0)
        #expect(report.text.contains("rules that never fire: never"))
        #expect(report.text.contains("rewards nobody takes: book"))
    }

    @Test func pointsAloneMoveNobody() throws {
        let report = try Self.report(Self.programme(), Self.settings(400, 40))
        #expect(report.churn.cancelWith == report.churn.cancelWithout)
        #expect(report.churn.visitsWith == report.churn.visitsWithout)
        #expect(report.responses.allSatisfy { $0.felt == 0 })
    }

    @Test func whatCanBeFeltMovesPeopleAsTheTruthSays() throws {
        // A badge for the first article: nearly everyone feels something at once.
        let report = try Self.report(Self.programme(badge: true), Self.settings(1_200, 45))
        var seen = 0
        for row in report.responses {
            #expect(row.felt > row.members / 3, "\(row)")
            switch row.response {
            case "persuadable", "sure-thing": #expect(row.cancelWith <= row.cancelWithout, "\(row)")
            case "lost-cause": #expect(row.cancelWith == row.cancelWithout, "\(row)")
            default: #expect(row.cancelWith >= row.cancelWithout, "\(row)")
            }
            seen += row.members
        }
        #expect(seen == 1_200)
        #expect(report.responses.contains { $0.cancelWith < $0.cancelWithout })
        #expect(report.churn.visitsWith > report.churn.visitsWithout)
        let test = report.churn.experiment
        #expect(test.treated + test.heldOut == report.churn.subscribers)
        #expect(test.heldOut > 100 && test.treated > 3 * test.heldOut)
    }

    @Test func theTruthSaysOfEveryoneWhatTheProgrammeDidToThem() throws {
        let programme = try Self.programme(badge: true)
        var lines: [JSONValue] = []
        let report = try Forecast(
            CompiledProgramme(programme, version: 1, zones: Self.zones), settings: Self.settings(50, 14),
            behaviour: try #require(Self.readers), zones: Self.zones
        ).run(truth: { lines.append($0) })
        #expect(lines.count == 51)
        let people = lines.dropFirst()
        let felt = people.count { $0["programme"]?["feels_from"] != .null }
        #expect(felt == report.responses.reduce(0) { $0 + $1.felt })
        #expect(people.allSatisfy { $0["appetite"]?.doubleValue ?? 0 >= 0.02 })
        // Who feels nothing is who they would be without the programme.
        for person in people where person["programme"]?["feels_from"] == .null {
            #expect(person["programme"]?["visits"]?["with"] == person["programme"]?["visits"]?["without"])
        }
        let cancelled = people.count { ($0["programme"]?["cancels"]?["with"] ?? .null) != .null }
        #expect(cancelled == report.churn.cancelWith)
    }

    /// What a programme that comes with Stamgast cannot do, nobody would do: everything of theirs happens.
    @Test(arguments: [("avondpost", 200, 60), ("mobility", 150, 60), ("employees", 150, 60)])
    func everythingInAProgrammeThatComesWithUsHappens(_ name: String, _ members: Int, _ days: Int) throws {
        let programme = try #require(try DemoProgrammes.document(name)?.programme(zones: Self.zones))
        let report = try Forecast(
            CompiledProgramme(programme, version: 1, zones: Self.zones), settings: Self.settings(members, days),
            zones: Self.zones
        ).run()
        #expect(report.silentRules == [], "\(name)")
        #expect(report.refused.isEmpty, "\(report.refused)")
        #expect(!report.isDerived && report.hasTies)
        // Teams are not simulated, and a hundred stories take longer.
        #expect(Set(report.silentChallenges).isSubset(of: ["club-week", "hundred-stories", "three-courses"]))
    }

    @Test func whatNobodyWroteIsSaidToBeSupposed() throws {
        let programme = try Self.programme()
        let report = try Forecast(
            CompiledProgramme(programme, version: 1, zones: Self.zones), settings: Self.settings(40, 10),
            zones: Self.zones
        ).run()
        #expect(report.isDerived && report.json["simulation"]?["derived"] == true)
        #expect(report.text.contains("does not say how its people behave"))
        #expect(report.rules.first { $0.rule == "read" }?.times ?? 0 > 0)
    }

    @Test func aProgrammeDiffersFromAnotherButNotFromItself() throws {
        let settings = try Self.settings(40, 14)
        let one = try Self.report(Self.programme(), settings)
        #expect(ForecastComparison(one, one).text == "No difference.\n")
        let other = try Self.report(Self.programme(amount: "20", price: 40), settings)
        let rows = ForecastComparison(one, other).rows
        let issued = try #require(rows.first { $0.name == "unit.ink.issued" })
        #expect(issued.difference > 0 && issued.one == Double(one.units[0].movements.issued))
        #expect(rows.contains { $0.name == "reward.book.times" && $0.one == 0 && $0.other > 0 })
    }
}

@Suite struct ChurnExperimentTests {
    /// Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
    @Test(arguments: [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090)])
    func theIntervalIsThePublishedOne(
        one: Int, of first: Int, other: Int, of second: Int, low: Double, high: Double
    ) throws {
        let test = ChurnExperiment(treated: first, treatedCancel: one, heldOut: second, heldOutCancel: other)
        let interval = try #require(test.interval)
        #expect(abs(interval.lowerBound - low) < 0.00005)
        #expect(abs(interval.upperBound - high) < 0.00005)
    }

    @Test func nothingIsSaidWithoutAHoldOut() {
        let test = ChurnExperiment(treated: 10, treatedCancel: 1, heldOut: 0, heldOutCancel: 0)
        #expect(test.estimate == nil && test.interval == nil)
    }

    /// Over many populations the interval of the hold-out covers the effect that is known to be true.
    @Test func theIntervalCoversTheTruth() throws {
        let start = Instant(milliseconds: Int64(CivilDate("2026-01-05")?.daysSinceEpoch ?? 0) * 86_400_000)
        let last = Int(start.milliseconds / 86_400_000) + 120
        let holdOut = HoldOut(name: "coverage", share: try #require(BasisPoints(fraction: 0.4)))
        let behaviour = try #require(try DemoProgrammes.document("avondpost")?.programme().behaviour)
        let until = start.adding(milliseconds: 86_400_000)
        var covered = 0
        let seeds = 200
        for seed in 1...UInt64(seeds) {
            let people = Population(
                behaviour, seed: seed, size: 400, start: start, until: until, treatment: .everyone(from: start))
            var test = ChurnExperiment(treated: 0, treatedCancel: 0, heldOut: 0, heldOutCancel: 0)
            var (subscribers, difference) = (0, 0)
            for index in 0..<people.size {
                let member = people.member(index)
                guard let cancels = people.cancellation(member, through: last) else { continue }
                let (with, without) = (cancels.withRewards == nil ? 0 : 1, cancels.without == nil ? 0 : 1)
                subscribers += 1
                difference += with - without
                if holdOut.contains(member.unit) {
                    test.heldOut += 1
                    test.heldOutCancel += without
                } else {
                    test.treated += 1
                    test.treatedCancel += with
                }
            }
            let truth = Double(difference) / Double(subscribers)
            if try #require(test.interval).contains(truth) { covered += 1 }
        }
        // 95 % of 200, less four standard errors.
        #expect(covered >= 178, "\(covered) of \(seeds), seeds 1 to \(seeds)")
    }
}
