import Access
import Loyalty
import Primitives
import Runtime
import Storage
import Testing
import Vault

/// A programme may urge a member only so often: what is over budget waits, and is said only if it still holds.
@Suite struct PressureTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.units[0] = Unit(
            id: "ink", expires: .days(30), notify: UnitNotices(expiring: .days(7), webhook: "crm"))
        programme.webhooks = [Webhook(id: "crm", url: "https://crm.example/h")]
        programme.nudges = [Nudge(id: "walk", webhook: "crm"), Nudge(id: "bike")]
        programme.rules += [
            Rule(
                id: "car", trigger: "visit", condition: "event.points == 0",
                effects: [.nudge("walk"), .award(amount: "1", unit: "later")]),
            Rule(id: "bus", trigger: "visit", condition: "event.points == 1", effects: [.nudge("bike")]),
        ]
        return programme
    }()

    private static func day(_ text: String) -> Int32 {
        CivilDate(text).map { Int32($0.daysSinceEpoch) } ?? 0
    }

    private func told(_ test: TestEngine, _ user: String, _ kind: AppliedEffect.Kind = .notice) async throws -> [String]
    {
        try await test.engine.history(of: test.member(user), in: test.programme, limit: 100)
            .filter { $0.kind == kind }
            .map { "\(CivilDate(daysSinceEpoch: Int($0.day))) \($0.source) \($0.refusal?.text ?? $0.subject)" }
            .sorted()
    }

    private func go(_ test: TestEngine, to text: String, settles: Bool = true) async throws {
        test.clock.set(try #require(RFC3339.parse(text)))
        guard settles else { return }
        for _ in 0..<2 { try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) }
    }

    private func visit(_ test: TestEngine, _ user: String, _ id: String, _ points: Int64) async throws {
        let event = test.event("\(user) \(id)", user: user, type: "visit", fields: ["points": .integer(points)])
        let results = try await test.engine.take([event], in: test.programme)
        #expect(results.allSatisfy { $0.status != .quarantined })
    }

    private func messages(_ test: TestEngine) async throws -> Int64 {
        try await test.database.read { try $0.first("SELECT count(*) FROM outbox WHERE kind = 'webhook/crm'")?.int(0) }
            ?? 0
    }

    @Test func whatIsOverBudgetWaitsForTheNextDay() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await visit(test, "é", "1", 20)
            try await go(test, to: "2026-12-12T12:00:00Z")
            try await visit(test, "é", "2", 0)
            // Points of 20 November are to be told on 13 December, and so is the nudge of the 12th: not at night.
            try await go(test, to: "2026-12-13T07:59:59Z")
            #expect(try await told(test, "é") == [])
            try await go(test, to: "2026-12-13T08:00:00Z")
            #expect(try await told(test, "é") == ["2026-12-13 ink expiring-soon"])
            #expect(try await told(test, "é", .withheld) == ["2026-12-13 nudge/walk pressure:day"])
            #expect(try await messages(test) == 1)
            try await go(test, to: "2026-12-13T19:00:00Z")
            #expect(try await told(test, "é").count == 1)
            try await go(test, to: "2026-12-14T08:00:00Z")
            #expect(
                try await told(test, "é") == ["2026-12-13 ink expiring-soon", "2026-12-14 nudge/walk nudge"])
            #expect(try await told(test, "é", .withheld).count == 1)
            #expect(try await messages(test) == 2)
            let standing = try #require(try await test.engine.pressure(of: test.member("é"), in: test.programme))
            #expect(standing.today == 1 && standing.week == 2 && standing.withheld == 1)
            #expect(try await test.verify().differenceCount == 0)
            // What counts as said and was not is found.
            _ = try await test.database.write { connection in
                try connection.execute("DELETE FROM explanation WHERE kind = 'notice' AND subject = 'nudge'", [])
            }
            #expect(try await test.verify().differences.map(\.kind) == [.urging])
        }
    }

    @Test func whatDoesNotHoldAnyMoreIsNotSaid() async throws {
        var programme = Self.programme
        programme.pressure.counts = [.nudge, .expiry]
        try await TestEngine.each(programme) { test in
            try await visit(test, "é", "1", 20)
            try await go(test, to: "2026-12-12T12:00:00Z")
            try await visit(test, "é", "2", 0)
            try await go(test, to: "2026-12-13T12:00:00Z")
            #expect(try await told(test, "é") == ["2026-12-13 nudge/walk nudge"])
            #expect(try await told(test, "é", .withheld) == ["2026-12-13 ink pressure:day"])
            let member = try await test.member("é")
            let hold = test.engine.holdID(programme: test.programme, member: member, key: "1")
            _ = try await test.engine.perform(
                .redeem(reward: "preview", hold: hold), member: member, in: test.programme)
            _ = try await test.engine.perform(.confirm(hold: hold), member: member, in: test.programme)
            for day in 14...19 { try await go(test, to: "2026-12-\(day)T12:00:00Z") }
            #expect(try await told(test, "é").count == 1)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func daysOfOneUnitAreOneWord() async throws {
        var programme = Self.programme
        programme.pressure = PressureTerms(perDay: 1, perWeek: 1, quiet: nil, counts: Urging.Kind.allCases)
        try await TestEngine.each(programme) { test in
            for (index, day) in ["20", "21", "22"].enumerated() {
                try await go(test, to: "2026-11-\(day)T12:00:00Z")
                try await visit(test, "é", "\(index)", 10)
            }
            for day in 13...21 { try await go(test, to: "2026-12-\(day)T12:00:00Z") }
            let notices = try await test.engine.history(of: test.member("é"), in: test.programme, limit: 100)
                .filter { $0.subject == "expiring-soon" && $0.kind == .notice }.sorted { $0.day < $1.day }
            // The first day alone, a week later what is left in one.
            #expect(notices.map(\.day) == [Self.day("2026-12-13"), Self.day("2026-12-20")])
            #expect(notices.map(\.amount) == [10, 20])
            let facts = try JSONValue(parsing: try #require(notices.last?.proof))
            #expect(facts == ["expires": "2026-12-21", "through": "2026-12-22"])
        }
    }

    @Test func whoWantsLessGetsLessAndTheSamePoints() async throws {
        var programme = Self.programme
        programme.nudges[0].rest = 1
        try await TestEngine.each(programme) { test in
            let users: [(String, UrgingChoice)] = [("é", .normal), ("ü", .less), ("å", .off)]
            for (user, choice) in users {
                _ = try await test.engine.perform(
                    .pressure(choice), member: test.member(user), in: test.programme)
            }
            for day in 1...15 {
                try await go(test, to: "2026-12-\(day < 10 ? "0" : "")\(day)T12:00:00Z")
                for (user, _) in users { try await visit(test, user, "\(day)", 0) }
            }
            let days = try await users.asyncMap { user, _ in try await told(test, user).map { $0.prefix(10).suffix(2) }
            }
            #expect(days == [["02", "03", "04", "09", "10", "11"], ["02", "09"], []])
            for (user, choice) in users {
                let summary = try #require(try await test.engine.summary(of: test.member(user), in: test.programme))
                let later = try #require(summary.balances.first { $0.unit == "later" })
                #expect(later.spendable + later.pending == 15)
                let reasons = Set(try await told(test, user, .withheld).map { $0.suffix(4) })
                #expect(reasons == (choice == .off ? [":off"] : choice == .less ? ["less"] : ["week"]))
            }
            // The word of the member holds from the next decision on.
            for (user, choice) in zip(["é", "å"], [UrgingChoice.off, .normal]) {
                _ = try await test.engine.perform(.pressure(choice), member: test.member(user), in: test.programme)
            }
            try await go(test, to: "2026-12-16T12:00:00Z")
            #expect(try await told(test, "é").count == 6)
            #expect(try await told(test, "å") == ["2026-12-16 nudge/walk nudge"])
            #expect(try await test.engine.withheld(in: test.programme)?.sources["nudge/walk"] != nil)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: [21, 22, 23, 24] as [UInt64])
    func theOrderOfDeliverySaysNothing(seed: UInt64) async throws {
        func outcome(_ test: TestEngine) async throws -> [String] {
            let prefixes = ["pressure/", "nudge/", "urged/", "wish/", "told/"]
            return try await test.database.read { connection in
                var lines: [String] = []
                for row in try connection.query("SELECT name, marks, granted, refused FROM counter ORDER BY name", []) {
                    let (name, marks) = (try row.text(0), try row.blob(1))
                    let (granted, refused) = (try row.int(2), try row.int(3))
                    guard prefixes.contains(where: { name.hasPrefix($0) }) else { continue }
                    lines.append("\(name) \(marks) \(granted) \(refused)")
                }
                for row in try connection.query(
                    "SELECT effect_id, kind FROM explanation WHERE kind IN ('notice', 'withheld')", [])
                {
                    let (id, kind) = (try row.id(0), try row.text(1))
                    lines.append("\(id) \(kind)")
                }
                return lines
            }
        }
        var random = SplitMix64(seed: seed)
        let sent = (0..<14).map { index in
            (
                "e\(index)",
                TestEngine.start.adding(milliseconds: -Int64.random(in: 0...(60 * 3_600_000), using: &random)),
                ([0, 1, 20] as [Int64]).randomElement(using: &random) ?? 0
            )
        }
        func deliver(_ test: TestEngine, _ events: [(String, Instant, Int64)], settles: Bool) async throws {
            let member = try await test.member("é")
            _ = try await test.engine.perform(
                .wish(reward: "preview", isWished: true), member: member, in: test.programme)
            for (id, at, points) in events {
                let event = test.event(id, user: "é", type: "visit", at: at, fields: ["points": .integer(points)])
                _ = try await test.engine.take([event], in: test.programme)
                if settles { try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) }
            }
            for day in 21...25 { try await go(test, to: "2026-11-\(day)T12:00:00Z") }
        }
        var orderly: [String] = []
        try await TestEngine.with(.sqlite, Self.programme) { test in
            try await deliver(test, sent.sorted { $0.1 < $1.1 }, settles: false)
            orderly = try await outcome(test)
            #expect(try await told(test, "é").isEmpty == false)
        }
        try await TestEngine.each(Self.programme) { test in
            try await deliver(test, (sent + sent.prefix(5)).shuffled(using: &random), settles: true)
            let differing = Set(try await outcome(test)).symmetricDifference(orderly)
            #expect(differing.isEmpty, "seed \(seed): \(differing)")
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func twoRecordsOfOnePersonHaveOneBudget() async throws {
        var programme = Self.programme
        programme.nudges[1].rest = 1
        try await TestEngine.each(programme) { test in
            let device = try #require(ExternalIdentity(.anonymous, "device-é"))
            let user = try #require(ExternalIdentity(.user, "é"))
            try await visit(test, "é", "1", 0)
            let other = test.event("a", anonymous: "device-é", type: "visit", fields: ["points": .integer(1)])
            _ = try await test.engine.take([other], in: test.programme)
            let visitor = try #require(
                try await test.engine.identities.resolve([device], programme: test.programme, now: test.clock.now())
                    .first)
            _ = try await test.engine.perform(.pressure(.less), member: visitor, in: test.programme)
            try await go(test, to: "2026-11-21T12:00:00Z")
            _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
            let standing = try #require(try await test.engine.pressure(of: test.member("é"), in: test.programme))
            #expect(standing.choice == .less)
            #expect(standing.week == 2)
            #expect(try await test.verify().differenceCount == 0)
            // Both were said today: nothing more for a week.
            try await go(test, to: "2026-11-24T12:00:00Z")
            try await visit(test, "é", "2", 1)
            for day in 25...27 { try await go(test, to: "2026-11-\(day)T12:00:00Z") }
            #expect(try await told(test, "é").filter { $0 >= "2026-11-22" } == [])
            let member = try await test.member("é")
            try await test.erasure.erase(member, in: test.programme, by: .server)
            let left = try await test.database.read {
                try $0.first("SELECT count(*) FROM counter WHERE member_id = ?", [.id(member.value)])?.int(0)
            }
            #expect(left == 0)
        }
    }

    @Test func whatDidNotHappenNudgesNobody() async throws {
        try await TestEngine.each(Self.programme) { test in
            let event = test.event("1", user: "é", type: "visit", fields: ["points": .integer(0)])
            _ = try await test.engine.take([event], in: test.programme)
            let member = try await test.member("é")
            let claim = test.engine.claim(programme: test.programme, source: "test", id: "1")
            _ = try await test.engine.perform(
                .amend(Amendment(original: event.event, claim: claim, corrected: nil)), member: member,
                in: test.programme)
            for day in 21...23 { try await go(test, to: "2026-11-\(day)T12:00:00Z") }
            #expect(try await told(test, "é").filter { $0.contains("nudge") } == [])
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var all: [T] = []
        for element in self { all.append(try await transform(element)) }
        return all
    }
}
