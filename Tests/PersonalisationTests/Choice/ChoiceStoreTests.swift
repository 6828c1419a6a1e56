import Crypto
import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Personalisation

@Suite struct ChoiceStoreTests {
    private static let cells: [ChoiceCell: ChoiceCount] = [
        ChoiceCell(day: 20_000, arm: ChoiceArm(kind: "ticket"), isHeldOut: false, bucket: 3):
            ChoiceCount(shown: 4, taken: 1, inverseShown: 22.5, inverseTaken: 5.25),
        ChoiceCell(day: 20_001, arm: ChoiceArm(persona: "water", kind: "ticket"), isHeldOut: true, bucket: 6):
            ChoiceCount(shown: 2, inverseShown: 6),
    ]

    @Test(arguments: TestDatabases.engines)
    func countsAddUpByDay(kind: Storage.Engine) async throws {
        let store = ChoiceStore(programme: try #require(ProgrammeID("post")))
        let other = ChoiceStore(programme: try #require(ProgrammeID("radio")))
        try await TestDatabases.with(kind, [ChoiceSchema.schema]) { database in
            try await database.write { connection in
                try store.add(Self.cells, connection)
                try store.add(Self.cells, connection)
            }
            try await database.read { connection in
                let all = try store.tallies(since: 0, connection)
                let later = try store.tallies(since: 20_001, connection)
                let others = try other.tallies(since: 0, connection)
                let isOff = try store.isOff(connection)
                #expect(all == Self.cells.mapValues { $0 + $0 })
                #expect(later.count == 1)
                #expect(others.isEmpty, "a programme is a partition")
                #expect(!isOff)
            }
            try await database.write { connection in
                #expect(try store.prune(before: 20_001, connection) == 1)
                #expect(try store.tallies(since: 0, connection).count == 1)
                try store.set(isOff: true, connection)
                try store.set(isOff: true, connection)
                #expect(try store.isOff(connection))
                #expect(try !other.isOff(connection))
                try store.set(isOff: false, connection)
                #expect(try !store.isOff(connection))
            }
        }
    }

    @Test func aSealIsWorthSomethingToOneMemberForOneRewardForAFewDays() throws {
        let seal = ChoiceSeal(
            keys: KeyedHash(root: SymmetricKey(data: [UInt8](repeating: 3, count: 32)), use: "choice"))
        let programme = try #require(ProgrammeID("post"))
        let other = try #require(ProgrammeID("radio"))
        let (ann, bob) = (MemberID(ID128(high: 1, low: 1)), MemberID(ID128(high: 1, low: 2)))
        for cell in Self.cells.keys {
            let content = ChoiceSeal.Content(
                cell: cell, propensity: (Double(cell.bucket) + 0.5) / 20, slot: 1)
            let text = try seal.seal(content, programme: programme, member: ann, reward: "tote")
            func open(
                _ text: String, _ programme: ProgrammeID, _ member: MemberID, _ reward: String, after days: Int32
            ) -> ChoiceSeal.Content? {
                seal.open(text, programme: programme, member: member, reward: reward, day: cell.day + days)
            }
            for days in [-1, 0, ChoiceSeal.windowDays] as [Int32] {
                #expect(open(text, programme, ann, "tote", after: days) == content)
            }
            for days in [-2, ChoiceSeal.windowDays + 1] as [Int32] {
                #expect(open(text, programme, ann, "tote", after: days) == nil)
            }
            #expect(open(text, other, ann, "tote", after: 0) == nil)
            #expect(open(text, programme, bob, "tote", after: 0) == nil)
            #expect(open(text, programme, ann, "mug", after: 0) == nil)
            #expect(try seal.seal(content, programme: programme, member: ann, reward: "tote") != text)
            // Nothing of it can be read, and every digit counts.
            #expect(!text.contains("water".utf8.map { String($0, radix: 16) }.joined()))
            var digits = Array(text)
            for place in digits.indices {
                let kept = digits[place]
                digits[place] = kept == "0" ? "1" : "0"
                #expect(open(String(digits), programme, ann, "tote", after: 0) == nil)
                digits[place] = kept
            }
        }
        for text in ["", "0", "zz", String(repeating: "0", count: 100), String(repeating: "0", count: 2_000)] {
            #expect(seal.open(text, programme: programme, member: ann, reward: "tote", day: 20_000) == nil)
        }
    }
}
