import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// The seed of persona mode: with retention zero and fixed seeds, who of two members did which of two items of equal
/// class on the same day leaves no trace.
@Suite struct NonInterferenceTests {
    private func dump(_ kind: Storage.Engine, swapped: Bool) async throws -> [String] {
        var lines: [String] = []
        try await TestEngine.with(kind, SampleProgramme.programme, seed: 42) { test in
            let items = ["article-1", "article-2", "article-3", "article-4"]
            for (index, item) in items.enumerated() {
                let partner = items[index ^ 1]
                for (user, own) in [("a", swapped ? partner : item), ("b", swapped ? item : partner)] {
                    _ = try await test.engine.take(
                        [
                            test.event(
                                "\(user)-\(index)", user: user,
                                fields: ["item": .string(own), "share": .double(0.9), "seconds": .integer(60)]),
                            // And one that belongs in quarantine: its content is sealed with the same length.
                            test.event("\(user)-bad-\(index)", user: user, type: "nope", fields: ["x": .integer(1)]),
                        ], in: test.programme)
                }
            }
            lines = try await test.database.read { try LogicalDump.lines($0) }
        }
        return lines
    }

    @Test(arguments: [Storage.Engine.sqlite, .postgres])
    func swappingTwoMembersItemsChangesNoByte(kind: Storage.Engine) async throws {
        guard TestDatabases.engines.contains(kind) else { return }
        let first = try await dump(kind, swapped: false)
        let second = try await dump(kind, swapped: true)
        #expect(first == second)
        #expect(first.count > 20)
        // The attack bites: without the declaration that items are not kept, the dump would differ.
        #expect(try await dump(kind, swapped: false) == first)
    }

    /// What two members at the level `personal` read, and when on which day, is gone once they have left it.
    private func dumpAfterLeaving(_ kind: Storage.Engine, swapped: Bool, leave: Bool = true) async throws -> [String] {
        var lines: [String] = []
        try await TestEngine.with(kind, SampleProgramme.programme, seed: 42) { test in
            func choose(_ level: PrivacyLevel) async throws {
                for user in ["a", "b"] {
                    _ = try await test.engine.perform(
                        .profile(ProfileChange(level: level)), member: test.member(user), in: test.programme)
                }
            }
            try await choose(.personal)
            for (index, item) in ["article-1", "article-2", "article-3", "article-4"].enumerated() {
                let partner = "article-\((index ^ 1) + 1)"
                for (user, isFirst) in [("a", !swapped), ("b", swapped)] {
                    let at = TestEngine.start.adding(milliseconds: isFirst ? -1_000 : -7_200_000)
                    _ = try await test.engine.take(
                        [
                            test.event(
                                "\(user)-\(index)", user: user, at: at,
                                fields: [
                                    "item": .string(isFirst ? item : partner), "share": .double(isFirst ? 0.8 : 0.9),
                                    "seconds": .integer(60),
                                ])
                        ], in: test.programme)
                }
            }
            if leave { try await choose(.session) }
            lines = try await test.database.read { try LogicalDump.lines($0) }
        }
        return lines
    }

    @Test(arguments: TestDatabases.engines)
    func whoLeavesTheLevelPersonalLeavesNoTraceOfWhatTheyRead(kind: Storage.Engine) async throws {
        let first = try await dumpAfterLeaving(kind, swapped: false)
        #expect(try await dumpAfterLeaving(kind, swapped: true) == first)
        #expect(first.count > 20)
        // The attack bites: as long as they are at it, the dumps tell.
        let during = try await dumpAfterLeaving(kind, swapped: false, leave: false)
        #expect(try await dumpAfterLeaving(kind, swapped: true, leave: false) != during)
    }

    /// A record at the level `personal` that turns out to be somebody who chose less is theirs at what they chose.
    @Test(arguments: TestDatabases.engines)
    func whoChoseLessKeepsNothingOfARecordThatChoseMore(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let device = try #require(ExternalIdentity(.anonymous, "device"))
            _ = try await test.engine.take([test.event("a", user: "ann")], in: test.programme)
            _ = try await test.engine.take([test.event("d0", anonymous: "device")], in: test.programme)
            let visitor = try #require(
                try await test.engine.identities.resolve([device], programme: test.programme, now: test.clock.now())
                    .first)
            _ = try await test.engine.perform(
                .profile(ProfileChange(level: .personal)), member: visitor, in: test.programme)
            _ = try await test.engine.take([test.event("d1", anonymous: "device")], in: test.programme)
            func rows(_ sql: String) async throws -> Int64? {
                try await test.database.read { try $0.first(sql)?.int(0) }
            }
            #expect(try await rows("SELECT count(*) FROM event") == 1)
            let exact = "SELECT count(*) FROM explanation WHERE at = \(TestEngine.start.milliseconds)"
            #expect(try await rows(exact) ?? 0 > 0)
            _ = try await test.engine.identify(
                user: try #require(ExternalIdentity(.user, "ann")), previous: device, in: test.programme)
            #expect(try await rows("SELECT count(*) FROM event") == 0)
            #expect(try await rows(exact) == 0)
            #expect(try await rows("SELECT count(*) FROM member WHERE level = 3") == 0)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
        }
    }
}
