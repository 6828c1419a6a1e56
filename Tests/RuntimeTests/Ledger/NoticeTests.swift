import Loyalty
import Primitives
import Runtime
import Storage
import Testing

/// Members are told once that points will expire, unless they spent them, and that points can be spent now.
@Suite struct NoticeTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.units[0] = Unit(id: "ink", expires: .days(30), notify: UnitNotices(expiring: .days(7)))
        programme.units[1] = Unit(id: "later", pending: .days(2), notify: UnitNotices(activated: true))
        return programme
    }()

    private func notices(_ test: TestEngine, _ user: String) async throws -> [String] {
        let member = try await test.member(user)
        return try await test.engine.history(of: member, in: test.programme, limit: 100)
            .filter { $0.kind == .notice }.map { "\($0.source) \($0.subject) \($0.amount) \($0.day)" }.sorted()
    }

    @Test func everyDayOfExpiryIsToldOnceAndNotWhatWasSpent() async throws {
        try await TestEngine.each(Self.programme) { test in
            func at(_ text: String) throws { test.clock.set(try #require(RFC3339.parse(text))) }
            try at("2026-11-20T12:00:00Z")
            _ = try await test.engine.take(
                ["told", "spent"].flatMap { user in
                    [Int64(20), 21].map { points in
                        test.event(
                            "\(user)-\(points)", user: user, type: "visit", fields: ["points": .integer(points)])
                    }
                }, in: test.programme)
            let spender = try await test.member("spent")
            for number in 0..<2 {
                let hold = test.engine.holdID(programme: test.programme, member: spender, key: "\(number)")
                _ = try await test.engine.perform(
                    .redeem(reward: "preview", hold: hold), member: spender, in: test.programme)
                _ = try await test.engine.perform(.confirm(hold: hold), member: spender, in: test.programme)
            }
            // Pending since the 20th, told when the 22nd begins: at four, Amsterdam.
            try at("2026-11-22T02:59:59Z")
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await notices(test, "told") == [])
            try at("2026-11-22T03:00:00Z")
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await notices(test, "told").count == 1)
            // Expires when 20 December begins, seven days before that is 13 December; nobody is woken for it.
            try at("2026-12-13T07:59:59Z")
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await notices(test, "told").count == 1)
            try at("2026-12-13T08:00:00Z")
            for _ in 0..<3 { try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) }
            let day = try #require(CivilDate("2026-12-13")).daysSinceEpoch
            #expect(try await notices(test, "told").contains("ink expiring-soon 41 \(day)"))
            #expect(try await notices(test, "told").count == 2)
            #expect(try await notices(test, "spent").contains("ink expiring-soon 1 \(day)"))
            // Days later, and when they are gone, nothing is told again.
            try at("2026-12-21T12:00:00Z")
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await notices(test, "told").count == 2)
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
