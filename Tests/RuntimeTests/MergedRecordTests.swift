import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// A caller goes on naming a record that another one has taken over: what it asks is about the one that stays, and counts
/// once whichever of them it names.
@Suite struct MergedRecordTests {
    private static func visitor(_ name: String, _ test: TestEngine) async throws -> (ExternalIdentity, MemberID) {
        let identity = try #require(ExternalIdentity(.anonymous, name))
        let found = try await test.engine.identities.resolve(
            [identity], programme: test.programme, now: test.clock.now())
        return (identity, try #require(found.first))
    }

    private static func ink(_ test: TestEngine, _ member: MemberID) async throws -> Int64 {
        let summary = try #require(try await test.engine.summary(of: member, in: test.programme))
        return summary.balances.first { $0.unit == "ink" }?.spendable ?? 0
    }

    @Test(arguments: TestDatabases.engines)
    func anAwardIsTakenBackOnce(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let ann = try await test.member("ann")
            _ = try await test.engine.take(
                [test.event("a", user: "ann", type: "visit", fields: ["points": .integer(20)])], in: test.programme)
            let (device, visitor) = try await Self.visitor("device", test)
            let taken = try await test.engine.take(
                [test.event("d", anonymous: "device", type: "visit", fields: ["points": .integer(5)])],
                in: test.programme)
            let award = try #require(taken.first?.effects.first { $0.kind == .award && $0.subject == "ink" })
            _ = try await test.engine.identify(
                user: try #require(ExternalIdentity(.user, "ann")), previous: device, in: test.programme)
            #expect(try await Self.ink(test, ann) == 25)
            for _ in 0..<2 {
                _ = try await test.engine.perform(.reverse(effect: award.id), member: visitor, in: test.programme)
                #expect(try await Self.ink(test, ann) == 20)
            }
            #expect(try await Self.ink(test, visitor) == 20)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aLetterIsAnsweredUnderEitherName(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, LetterTests.programme) { test in
            let (device, visitor) = try await Self.visitor("device", test)
            let known = try await test.member("ann")
            _ = try await test.engine.take(
                [test.event("d", anonymous: "device", type: "visit", fields: ["points": .integer(1)])],
                in: test.programme)
            let letter = try #require(
                try await test.engine.letters(to: visitor, in: test.programme, limit: 9).first)
            let ann = try await test.engine.identify(
                user: try #require(ExternalIdentity(.user, "ann")), previous: device, in: test.programme)
            #expect(ann == known && ann != visitor)
            _ = try await test.engine.perform(
                .human(.reply(letter: letter.id, .heart)), member: visitor, in: test.programme)
            let read = try await test.engine.letter(letter.id, to: ann, in: test.programme)
            #expect(read?.letter.reply == .heart)
        }
    }
}
