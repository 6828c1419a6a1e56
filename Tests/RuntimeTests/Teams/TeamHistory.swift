import Loyalty
import Primitives
import Runtime
import TestSupport

/// Two weeks of a few members in a few teams.
struct TeamHistory {
    static let users = 9
    static let teams = 3
    static let days = 14
    /// Monday 2026-11-23; the clock of tests starts on the Friday before.
    private static let monday = CivilDate(year: 2026, month: 11, day: 23)?.daysSinceEpoch ?? 0

    private enum Step {
        case join(user: Int, team: Int)
        case leave(user: Int, team: Int)
        case deed(user: Int, points: Int, number: Int)
    }

    private(set) var model = TeamModel()
    private var steps: [[Step]] = []

    var weeks: [ClosedRange<Int>] { [0...6, 7...13] }

    init(_ random: inout SeededRandom) {
        var at: [Int: Int] = [:]
        var number = 0
        // The first members own the teams, and owners do not leave.
        for team in 0..<Self.teams {
            at[team] = team
            model.stays.append(TeamModel.Stay(member: team, team: team, from: 0))
        }
        for day in 0..<Self.days {
            var today: [Step] = []
            for user in Self.teams..<Self.users where random.next() % 4 == 0 {
                if let team = at[user] {
                    today.append(.leave(user: user, team: team))
                    if let index = model.stays.lastIndex(where: { $0.member == user && $0.to == nil }) {
                        model.stays[index].to = day
                    }
                    at[user] = nil
                    if random.next() % 2 == 0 { continue }
                }
                let known = model.stays.filter { $0.member == user }.map(\.team)
                // Once each, so that the model needs no rule for coming back.
                let free = (0..<Self.teams).filter { !known.contains($0) }
                guard !free.isEmpty else { continue }
                let team = free[Int(random.next() % UInt64(free.count))]
                today.append(.join(user: user, team: team))
                at[user] = team
                model.stays.append(TeamModel.Stay(member: user, team: team, from: day))
            }
            for _ in 0..<Int(random.next() % 8) {
                let user = Int(random.next() % UInt64(Self.users))
                let points = Int(random.next() % 30) + 1
                today.append(.deed(user: user, points: points, number: number))
                model.deeds.append(TeamModel.Deed(member: user, day: day, points: points))
                number += 1
            }
            steps.append(today)
        }
    }

    private static func noon(_ day: Int) -> Instant {
        Instant(seconds: (Int64(monday + day) * 24 + 12) * 3_600)
    }

    /// - Parameter isLate: delivers events up to four days late, in any order and some twice, else before what else happens
    ///   on their day.
    func play(_ test: TestEngine, isLate: Bool, _ random: inout SeededRandom) async throws {
        test.clock.set(Self.noon(0))
        for team in 0..<Self.teams {
            try await TeamChallengeTests.act(
                test, "u\(team)", .open(kind: "club", invitation: TeamChallengeTests.invitation(test, team)), team)
        }
        var waiting: [(due: Int, event: EventEnvelope)] = []
        for day in 0..<Self.days + 5 {
            test.clock.set(Self.noon(day))
            var events: [EventEnvelope] = []
            for step in day < Self.days ? steps[day] : [] {
                guard case .deed(let user, let points, let number) = step else { continue }
                let event = TeamChallengeTests.visit(
                    test, "u\(user)", "e\(number)", points: Int64(points), at: Self.noon(day))
                if isLate {
                    waiting.append((day + Int(random.next() % 5), event))
                    if random.next() % 4 == 0 { waiting.append((day + 4, event)) }
                } else {
                    events.append(event)
                }
            }
            if !events.isEmpty { _ = try await test.engine.take(events, in: test.programme) }
            for step in day < Self.days ? steps[day] : [] {
                switch step {
                case .join(let user, let team):
                    try await TeamChallengeTests.act(
                        test, "u\(user)", .join(invitation: TeamChallengeTests.invitation(test, team)), team)
                case .leave(let user, let team):
                    try await TeamChallengeTests.act(
                        test, "u\(user)", .leave(id: ID128(high: UInt64(user + 1), low: UInt64(day + 1))), team)
                case .deed: break
                }
            }
            let due = waiting.filter { $0.due <= day }.map(\.event)
            waiting.removeAll { $0.due <= day }
            if !due.isEmpty { _ = try await test.engine.take(due.reversed(), in: test.programme) }
            if day == 6 { try await test.engine.forget(test.programme) }
        }
    }
}
