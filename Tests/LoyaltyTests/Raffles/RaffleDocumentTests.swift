import Foundation
import Primitives
import Testing

@testable import Loyalty

@Suite struct RaffleDocumentTests {
    static let whole = """
        raffle: premiere
        name: Premiere
        from: 2026-11-01
        until: 2026-11-30
        grace: 2 days
        tickets:
          free: 1
          price: { amount: 20, unit: ink }
          most: 5
        when: "member.balance.ink >= 0"
        prizes:
          seats:
            name: Two seats
            count: 2
            gives:
              - entitlement: premiere
          book:
            name: A book
            gives:
              - award: { amount: 5, unit: ink }
        several: true
        reserves: 3
        take: 14 days
        beacon: The draw of the state lottery of 5 December.
        why: You took part.

        """

    private func document(_ raffle: String) throws -> ProgrammeDocument {
        let root = "programme: small\nname: Small\nlanguages: [en]\nunits: { ink: { name: ink } }\n"
        let rule = """
            rule: read
            trigger: read
            then: [{ tickets: { raffle: premiere, count: 2 } }, { tickets: premiere }, { award: { amount: 1, unit: ink } }]
            why: You read.

            """
        return try ProgrammeDocument(bundle: [
            "programme.yaml": .string(root), "events/read.yaml": .string("event: read\nfields: {}\n"),
            "rules/read.yaml": .string(rule), "raffles/premiere.yaml": .string(raffle),
        ])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let programme = try document(Self.whole).programme()
        let raffle = try #require(programme.raffles.first)
        #expect(raffle.prizes.map(\.id) == ["seats", "book"])
        #expect(raffle.prizeList == ["seats", "seats", "book"])
        #expect(raffle.places == 6)
        #expect(raffle.price == Reward.UnitAmount(unit: "ink", amount: 20))
        #expect(raffle.take == 14)
        #expect(
            programme.rules[0].effects.prefix(2) == [
                .tickets(raffle: "premiere", count: 2), .tickets(raffle: "premiere", count: 1),
            ])
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var changed = programme
        changed.raffles[0].reserves = 4
        #expect(
            ProgrammeDiff(from: programme, to: changed).changes.map(\.description) == [
                "~ raffle premiere: reserves: 3 -> 4"
            ])
    }

    @Test func whatIsPaidForIsPointedOut() throws {
        let warnings = try document(Self.whole).check().warnings
        #expect(warnings.contains { $0.message.contains("can be regulated") }, "\(warnings)")
    }

    @Test(arguments: [
        ("unit: ink }", "unit: inkt }", "no unit 'inkt'"), ("until: 2026-11-30", "until: 2026-10-30", "end before"),
        ("take: 14 days", "take: 2 months", "in days"), ("most: 5", "most: 0", "0"),
        ("free: 1", "free: 6", "only 5 count"), ("reserves: 3", "reserves: 999", "at most 1000 places"),
        ("raffle: premiere\n", "raffle: other\n", "no raffle 'premiere'"), ("several: true", "server: true", "server"),
        ("amount: 5,", "amount: event.count,", "is a number"),
    ]) func mistakesHaveAPlace(old: String, new: String, says: String) throws {
        let text = Self.whole.replacingOccurrences(of: old, with: new)
        let errors = try document(text).check().errors
        #expect(errors.contains { $0.message.contains(says) && $0.line > 0 }, "\(errors)")
    }
}
