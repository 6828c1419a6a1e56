import Catalogue
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Letters tell nothing of what a member reads below the level `personal`, and come out the same whatever comes late.
@Suite struct LetterPrivacyTests {
    private static let programme: Programme = {
        var programme = LetterTests.programme
        programme.occasions += [
            Occasion(
                id: "reads", moment: .count(.init(event: "article.read", at: [2, 4])), signers: ["anna"],
                message: Loyalty.LocalizedText([.en: "{count} stories."])),
            Occasion(
                id: "mine", moment: .count(.init(event: "article.read", at: [1], isPerMaker: true)),
                signers: ["anna"], message: Loyalty.LocalizedText([.en: "{count} of mine."])),
        ]
        return programme
    }()

    private static func dump(_ kind: Storage.Engine, swapped: Bool) async throws -> [String] {
        var lines: [String] = []
        try await TestEngine.with(kind, programme, seed: 42) { test in
            try await test.catalogue.load(test.programme, now: test.clock.now())
            _ = try await test.catalogue.store.putMakers(
                test.programme, [.init(id: "anna", name: "Anna"), .init(id: "ben", name: "Ben")])
            let drafts = (1...4).map { index in
                var draft = ItemDraft(id: "article-\(index)", kind: "article", title: ["en": "A story"])
                draft.makers = [index % 2 == 0 ? "anna" : "ben"]
                return draft
            }
            _ = try await test.catalogue.store.putItems(test.programme, drafts, now: test.clock.now())
            for index in 0..<4 {
                let (item, partner) = ("article-\(index + 1)", "article-\((index ^ 1) + 1)")
                for (user, own) in [("a", swapped ? partner : item), ("b", swapped ? item : partner)] {
                    _ = try await test.engine.take(
                        [
                            test.event(
                                "\(user)-\(index)", user: user,
                                fields: ["item": .string(own), "share": .double(0.9), "seconds": .integer(60)])
                        ], in: test.programme)
                }
            }
            lines = try await test.database.read { try LogicalDump.lines($0) }
            let letters = try await test.engine.letters(to: try await test.member("a"), in: test.programme, limit: 9)
            #expect(letters.map(\.text).sorted() == ["2 stories.", "4 stories."])
        }
        return lines
    }

    @Test(arguments: [Storage.Engine.sqlite, .postgres])
    func swappingTwoMembersItemsOfOtherMakersChangesNoByte(kind: Storage.Engine) async throws {
        guard TestDatabases.engines.contains(kind) else { return }
        #expect(try await Self.dump(kind, swapped: false) == Self.dump(kind, swapped: true))
    }

    /// What was counted, and which letters there are, after events in an order of their own.
    private static func result(_ days: [Int64], _ kind: Storage.Engine) async throws -> ([String], [String]) {
        var found: ([String], [String]) = ([], [])
        try await TestEngine.with(kind, programme) { test in
            // All of it lies within the lateness of 72 hours, a month after a first visit.
            let first = TestEngine.start.adding(milliseconds: -30 * 86_400_000)
            test.clock.set(first)
            _ = try await test.engine.take(
                [test.event("first", user: "ann", type: "visit", at: first, fields: ["points": .integer(1)])],
                in: test.programme)
            test.clock.set(TestEngine.start)
            for hours in days {
                let at = TestEngine.start.adding(milliseconds: -hours * 3_600_000)
                let event = test.event(
                    "v\(hours)", user: "ann", type: "visit", at: at, fields: ["points": .integer(1)])
                // Each twice: a repeated delivery changes nothing.
                _ = try await test.engine.take([event, event], in: test.programme)
            }
            let member = try await test.member("ann")
            let letters = try await test.engine.letters(to: member, in: test.programme, limit: 50)
            let counters = try await test.database.read { connection in
                try connection.query(
                    "SELECT name, marks FROM counter WHERE member_id = ? AND name LIKE 'recognition/%' ORDER BY name",
                    [.id(member.value)]
                ).map { "\(try $0.text(0)) \(try $0.blob(1))" }
            }
            // When a letter was sent is a question of the moment; which there are is not.
            found = (letters.map(\.text).sorted(), counters.filter { !$0.hasPrefix("recognition/told/regular") })
        }
        return found
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func lateAndRepeatedDeliveryLeadsToTheSameLetters(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let hours = Array(Set((0..<7).map { _ in Int64.random(in: 0...70, using: &random) })).sorted(by: >)
        let orderly = try await Self.result(hours, .sqlite)
        let shuffled = try await Self.result(hours.shuffled(using: &random), .sqlite)
        #expect(orderly.0 == shuffled.0, "seed \(seed)")
        #expect(orderly.1 == shuffled.1, "seed \(seed)")
        #expect(orderly.0.contains("Good to see you."))
    }
}
