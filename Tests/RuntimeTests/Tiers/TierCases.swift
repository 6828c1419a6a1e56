import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Histories of tiers in the form of `vectors/loyalty/tiers.json`, carried out by the engine: one programme per ladder, one
/// member per case.
struct TierCases {
    let ladders: [(id: String, definition: JSONValue)]
    let cases: [JSONValue]

    init(_ json: JSONValue) throws {
        ladders = try #require(json["ladders"]?.objectValue).members.map { ($0.key, $0.value) }
        cases = try #require(json["cases"]?.arrayValue)
    }

    static func programme(_ definition: JSONValue) throws -> Programme {
        let isBalance = definition["counts"] == "balance"
        var yaml = "programme: tiers\nname: Tiers\nlanguages: [en]\ntimezone: UTC\nlateness: 30 days\n"
        yaml += "units:\n  credits: { name: Credits\(isBalance ? "" : ", kind: status") }\ntiers:\n  unit: credits\n"
        for key in ["counts", "cycle", "lasts", "downgrade", "grace", "notice"] {
            guard let value = definition[key] else { continue }
            // JSON is YAML, but for words that must not be quoted.
            yaml += "  \(key): \(value.stringValue ?? value.text())\n"
        }
        yaml += "  levels:\n"
        for level in definition["levels"]?.arrayValue ?? [] {
            let terms = level["at"].map { "at: \($0.text())" } ?? "invited: true"
            let gives = level["gives"].map { ", gives: \($0.text())" } ?? ""
            yaml += "    \(level["id"]?.stringValue ?? ""): { \(terms)\(gives) }\n"
        }
        let document = try ProgrammeDocument([
            "programme.yaml": yaml,
            "events/earned.yaml": "event: earned\nfields:\n  amount: { type: integer, min: 1, max: 1000000 }\n",
            "rules/earned.yaml":
                "rule: earned\ntrigger: earned\nthen:\n  - award: { amount: event.amount, unit: credits }\n",
        ])
        return try document.programme()
    }

    /// - Returns: what differs, and how many expectations there were.
    func run(_ kind: Storage.Engine) async throws -> (failures: [String], expectations: Int) {
        var failures: [String] = []
        var expectations = 0
        for (id, definition) in ladders {
            let own = cases.filter { $0["ladder"]?.stringValue == id }
            guard !own.isEmpty else { continue }
            try await TestEngine.with(kind, try Self.programme(definition)) { test in
                let (found, count) = try await Self.run(own, on: test)
                failures += found.map { "\(id): \($0)" }
                expectations += count
                let report = try await test.verify()
                if report.differenceCount > 0 { failures.append("\(id): verify: \(report.differences.prefix(3))") }
            }
        }
        return (failures, expectations)
    }

    private static func run(
        _ cases: [JSONValue], on test: TestEngine
    ) async throws -> (failures: [String], expectations: Int) {
        var failures: [String] = []
        var expectations = 0
        let members = cases.indices.map { MemberID(ID128(high: 0x5469_6572, low: UInt64($0 + 1))) }
        func instant(_ json: JSONValue?) throws -> Instant { try #require(RFC3339.parse(json?.stringValue ?? "")) }
        func day(_ json: JSONValue?) -> Int32? {
            json?.stringValue.flatMap { CivilDate($0) }.map { Int32($0.daysSinceEpoch) }
        }
        func submit(_ commands: [Command]) async throws -> [Answer] {
            try await test.engine.submit(commands).map { try $0.get() }
        }
        func command(_ index: Int, _ action: Command.Action, _ at: Instant) -> Command {
            Command(programme: test.programme, member: members[index], action: action, now: at)
        }
        // A batch of its own for each first day: whoever is new in a batch joins on its day.
        for (joined, indices) in Dictionary(grouping: cases.indices, by: { cases[$0]["joined"]?.stringValue ?? "" }) {
            let at = try #require(RFC3339.parse(joined + "T00:00:00Z"))
            _ = try await submit(
                indices.map { index in
                    command(index, .profile(ProfileChange(timeZone: cases[index]["zone"]?.stringValue)), at)
                })
        }
        var given = [[ID128]](repeating: [], count: cases.count)
        for round in 0..<(cases.map { $0["steps"]?.arrayValue?.count ?? 0 }.max() ?? 0) {
            var commands: [(index: Int, isCredit: Bool, command: Command)] = []
            var expected: [(index: Int, at: Instant, json: JSONValue)] = []
            for (index, one) in cases.enumerated() {
                guard let steps = one["steps"]?.arrayValue, round < steps.count else { continue }
                let step = steps[round]
                let at = try instant(step["at"])
                func add(_ action: Command.Action, isCredit: Bool = false) {
                    commands.append((index, isCredit, command(index, action, at)))
                }
                if let credits = step["credits"] {
                    let incoming = IncomingEvent(
                        source: "test", id: "\(index)-\(round)", type: "earned",
                        time: try instant(credits["time"] ?? step["at"]), fields: ["amount": credits["amount"] ?? 1])
                    let claim = test.engine.claim(programme: test.programme, source: "test", id: incoming.id)
                    add(.event(incoming, claim: claim), isCredit: true)
                } else if let place = step["reverse"]?.intValue {
                    add(.reverse(effect: given[index][Int(place)]))
                } else if let amount = step["spend"]?.intValue {
                    add(
                        .adjust(
                            unit: "credits", amount: -amount,
                            id: ID128(high: UInt64(index + 1), low: UInt64(round + 1)),
                            reason: "spent"))
                } else if let invite = step["invite"] {
                    add(.tiers(.invite(tier: invite["tier"]?.stringValue ?? "", until: day(invite["until"]))))
                } else if let tier = step["accept"]?.stringValue {
                    add(.tiers(.accept(tier: tier)))
                } else if let tier = step["decline"]?.stringValue {
                    add(.tiers(.decline(tier: tier)))
                } else if let json = step["expect"] {
                    expected.append((index, at, json))
                }
            }
            for (answer, sent) in zip(try await submit(commands.map(\.command)), commands) where sent.isCredit {
                let award = answer.effects.first { $0.kind == .award }
                if award == nil { failures.append("\(cases[sent.index]["name"]?.text() ?? ""): \(answer.status)") }
                given[sent.index].append(award?.id ?? ID128(high: 0, low: 0))
            }
            expectations += expected.count
            failures += try await Self.check(expected, cases, members, test)
        }
        return (failures, expectations)
    }

    private static func check(
        _ expected: [(index: Int, at: Instant, json: JSONValue)], _ cases: [JSONValue], _ members: [MemberID],
        _ test: TestEngine
    ) async throws -> [String] {
        guard !expected.isEmpty, let compiled = test.engine.host[test.programme] else { return [] }
        var failures: [String] = []
        let store = LoyaltyStore(programme: test.programme)
        let wanted = expected.map { members[$0.index] }
        let states = try await test.database.read { try store.load(wanted, joinedDay: 0, $0) }
        func day(_ day: Int32?) -> JSONValue {
            day.map { .string(CivilDate(daysSinceEpoch: Int($0)).description) } ?? .null
        }
        func text(_ text: String?) -> JSONValue { text.map { $0.isEmpty ? .null : .string($0) } ?? .null }
        for (index, at, json) in expected {
            let state = try #require(states[members[index]])
            let summary = MemberSummary(state, programme: compiled, offsets: test.engine.zones, now: at)
            let status = try #require(summary.tierStatus)
            let found: JSONObject = [
                "tier": text(status.tier), "credits": .integer(status.credits), "lasts_until": day(status.lastsUntil),
                "ends_on": day(status.endsOn), "next": text(status.next?.id),
                "missing": status.next.map { .integer($0.missing) } ?? .null, "projected": text(status.projected),
                "gives": .array(summary.entitlements.keys.sorted().map { .string($0) }),
                "moves": .array(
                    status.moves.map { move in
                        .string(
                            "\(move.kind.rawValue) \(CivilDate(daysSinceEpoch: Int(move.day))) "
                                + (move.kind == .willEnd ? move.from : move.to))
                    }),
            ]
            for entry in try #require(json.objectValue).members where found[entry.key] != entry.value {
                failures.append(
                    "\(cases[index]["name"]?.text() ?? "") at \(at): \(entry.key) is "
                        + "\((found[entry.key] ?? .null).text()), not \(entry.value.text())")
            }
        }
        return failures
    }
}
