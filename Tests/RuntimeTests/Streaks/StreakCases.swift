import Foundation
import Loyalty
import Primitives
import Runtime
import Storage
import Testing

/// Histories of streaks in the form of `vectors/loyalty/streaks.json`, carried out by the engine: one member per case.
struct StreakCases {
    struct Case {
        var name: String
        var streak: String
        var zone: String
        var dayStart: String
        var steps: [JSONValue]
    }

    let streaks: [(id: String, definition: JSONValue)]
    let cases: [Case]

    init(_ json: JSONValue) throws {
        streaks = try #require(json["streaks"]?.objectValue).members.map { ($0.key, $0.value) }
        cases = try #require(json["cases"]?.arrayValue).map { entry in
            Case(
                name: try #require(entry["name"]?.stringValue), streak: try #require(entry["streak"]?.stringValue),
                zone: entry["zone"]?.stringValue ?? "UTC", dayStart: entry["day_start"]?.stringValue ?? "00:00",
                steps: try #require(entry["steps"]?.arrayValue))
        }
    }

    /// A programme with all the streaks; a milestone of m gives m points.
    func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("streaks")), name: LocalizedText([.en: "Streaks"]), lateness: .days(30),
            units: [Unit(id: "points")])
        for (id, definition) in streaks {
            programme.events.append(
                EventType(
                    id: id,
                    fields: [
                        .init(id: "measure", type: .text),
                        .init(id: "amount", type: .integer, minimum: 0, maximum: 1_000),
                    ]))
            programme.streaks.append(try Self.streak(id, definition))
        }
        return programme
    }

    static func streak(_ id: String, _ json: JSONValue) throws -> Streak {
        var streak = Streak(id: id, every: try #require(PeriodUnit(rawValue: json["every"]?.stringValue ?? "")))
        let single: [(String, JSONValue)] = [("count", ["needs": json["needs"] ?? 1])]
        streak.measures = (json["measures"]?.objectValue?.members.map { ($0.key, $0.value) } ?? single).map {
            Streak.Measure(
                id: $0.0, event: id, condition: "event.measure == '\($0.0)'", sum: "event.amount",
                needs: $0.1["needs"]?.intValue ?? 1)
        }
        streak.needsAll = !(json["any"]?.boolValue ?? false)
        if let days = json["days"]?.intValue {
            streak.days = Streak.Days(usual: Int(days))
        } else if let days = json["days"], let usual = days["usual"]?.intValue {
            streak.days = Streak.Days(
                usual: Int(usual), least: Int(days["from"]?.intValue ?? usual), most: Int(days["to"]?.intValue ?? usual)
            )
        }
        if let freezes = json["freezes"] {
            streak.freezes = Streak.Freezes(
                initial: Int(freezes["initial"]?.intValue ?? 0),
                earnedEvery: freezes["earned_every"]?.intValue.map { Int($0) },
                maximum: Int(freezes["maximum"]?.intValue ?? 0))
        }
        streak.milestones = (json["milestones"]?.arrayValue ?? []).compactMap(\.intValue).map {
            Streak.Milestone(at: $0, effects: [.award(amount: String($0), unit: "points")])
        }
        streak.repairs = try (json["repairs"]?.arrayValue ?? []).map { try span($0) }
        return streak
    }

    static func span(_ json: JSONValue) throws -> DaySpan {
        func day(_ name: String) throws -> Int32 {
            Int32(try #require(CivilDate(json[name]?.stringValue ?? "")).daysSinceEpoch)
        }
        return DaySpan(first: try day("from"), last: try day("to"))
    }

    /// Carries all cases out side by side and compares what they expect.
    ///
    /// - Returns: what differs, and how many expectations there were.
    func run(on test: TestEngine) async throws -> (failures: [String], expectations: Int) {
        var failures: [String] = []
        var expectations = 0
        let members = cases.indices.map { MemberID(ID128(high: 0x5372_6561_6B73, low: UInt64($0 + 1))) }
        func submit(_ commands: [Command]) async throws {
            for answer in try await test.engine.submit(commands) { _ = try answer.get() }
        }
        func command(_ index: Int, _ action: Command.Action, _ at: Instant) -> Command {
            Command(programme: test.programme, member: members[index], action: action, now: at)
        }
        try await submit(
            try cases.indices.map { index in
                let first = try #require(RFC3339.parse(cases[index].steps.first?["at"]?.stringValue ?? ""))
                let parts = cases[index].dayStart.split(separator: ":").compactMap { Int($0) }
                return command(
                    index,
                    .profile(ProfileChange(timeZone: cases[index].zone, dayStartMinutes: parts[0] * 60 + parts[1])),
                    // Long before, so that the choice is no journey of this history.
                    first.adding(milliseconds: -40 * 86_400_000))
            })
        var sent = [[(event: IncomingEvent, claim: ID128)]](repeating: [], count: cases.count)
        for round in 0..<(cases.map(\.steps.count).max() ?? 0) {
            var commands: [Command] = []
            var expected: [(index: Int, at: Instant, json: JSONValue)] = []
            for (index, one) in cases.enumerated() where round < one.steps.count {
                let step = one.steps[round]
                let at = try #require(RFC3339.parse(step["at"]?.stringValue ?? ""))
                if let event = step["event"] {
                    let time = try #require(RFC3339.parse(event["time"]?.stringValue ?? step["at"]?.stringValue ?? ""))
                    let incoming = IncomingEvent(
                        source: "test", id: "\(index)-\(round)", type: one.streak, time: time,
                        fields: [
                            "measure": event["measure"] ?? "count", "amount": event["amount"] ?? 1,
                        ])
                    let claim = test.engine.claim(programme: test.programme, source: "test", id: incoming.id)
                    commands.append(command(index, .event(incoming, claim: claim), at))
                    sent[index].append((incoming, claim))
                } else if let place = step["cancel"]?.intValue {
                    let (event, claim) = sent[index][Int(place)]
                    commands.append(
                        command(index, .amend(Amendment(original: event, claim: claim, corrected: nil)), at))
                } else if let zone = step["zone"]?.stringValue {
                    commands.append(command(index, .profile(ProfileChange(timeZone: zone)), at))
                } else if let text = step["day_start"]?.stringValue {
                    let parts = text.split(separator: ":").compactMap { Int($0) }
                    commands.append(
                        command(index, .profile(ProfileChange(dayStartMinutes: parts[0] * 60 + parts[1])), at))
                } else if let pause = step["pause"] {
                    commands.append(
                        command(index, .streaks(.pause(pause == .null ? nil : try Self.span(pause))), at))
                } else if let days = step["goal"]?.intValue {
                    commands.append(command(index, .streaks(.goal(streak: one.streak, days: Int(days))), at))
                } else if let days = step["repair"] {
                    try await submit(commands)
                    commands = []
                    test.clock.set(at)
                    try await test.engine.repair(one.streak, days: try Self.span(days), in: test.programme)
                } else if let json = step["expect"] {
                    expected.append((index, at, json))
                }
            }
            try await submit(commands)
            try await check(expected, members, test, &failures)
            expectations += expected.count
        }
        return (failures, expectations)
    }

    private func check(
        _ expected: [(index: Int, at: Instant, json: JSONValue)], _ members: [MemberID], _ test: TestEngine,
        _ failures: inout [String]
    ) async throws {
        guard !expected.isEmpty, let compiled = test.engine.host[test.programme] else { return }
        let store = LoyaltyStore(programme: test.programme)
        let wanted = expected.map { members[$0.index] }
        let states = try await test.database.read { try store.load(wanted, joinedDay: 0, $0) }
        for (index, at, json) in expected {
            let state = try #require(states[members[index]])
            let summary = MemberSummary(state, programme: compiled, offsets: test.engine.zones, now: at)
            let streak = try #require(summary.streaks.first { $0.streak == cases[index].streak })
            let found: JSONObject = [
                "current": .integer(streak.current), "longest": .integer(streak.longest),
                "freezes": .integer(Int64(streak.freezes)), "active": .bool(streak.isActive),
                "points": .integer(summary.balances.first?.spendable ?? 0),
            ]
            for entry in try #require(json.objectValue).members where found[entry.key] != entry.value {
                failures.append(
                    "\(cases[index].name) at \(at): \(entry.key) is \(found[entry.key] ?? .null), not \(entry.value)")
            }
        }
    }
}

/// The repository's own files, as the tests see them.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: root + "/" + path))))
    }

    /// What a program of `checks/` that needs Python alone prints; `nil` where there is no Python.
    static func run(_ check: String, _ arguments: [String]) throws -> JSONValue? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", root + "/checks/" + check] + arguments
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return try JSONValue(parsing: bytes)
    }
}
