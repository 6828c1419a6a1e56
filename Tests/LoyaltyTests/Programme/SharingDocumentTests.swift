import Loyalty
import Primitives
import Testing

/// `transfers` and `value` of units, and `wallets`: read, written back, compared.
@Suite struct SharingDocumentTests {
    private func document(_ units: String, _ wallets: String = "") throws -> ProgrammeDocument {
        try ProgrammeDocument(bundle: [
            "programme.yaml": "programme: small\nname: Small\nlanguages: [en]\nunits:\n\(units)\n\(wallets)"
        ])
    }

    private let full = """
          ink:
            name: ink
            transfers: { allowed: gift, min: 10, max: 500, per: week, fee: 5, deadline: 10 days }
            value: { amount: 0.0125, currency: EUR }
        """
    private let wallets = """
        wallets:
          household: { name: Household, max-members: 4, pools: [ink], spend: owner }
        """

    @Test func whatIsWrittenReadsBack() throws {
        let programme = try document(full, wallets).programme()
        let unit = try #require(programme.units.first)
        #expect(
            unit.transfers
                == TransferTerms(
                    allowed: .gift, minimum: 10, maximum: 500, per: .week, fee: 5, deadline: .days(10)))
        #expect(unit.value == UnitValue(micros: 12_500, currency: "EUR"))
        #expect(unit.value?.decimal == "0.0125")
        #expect(programme.walletKinds.first?.maximumMembers == 4 && programme.walletKinds.first?.spend == .owner)
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var other = programme
        other.walletKinds[0].maximumMembers = 5
        other.units[0].transfers?.fee = 6
        let changes = ProgrammeDiff(from: programme, to: other).changes
        #expect(changes.map { "\($0.thing) \($0.field)" } == ["unit transfers.fee", "wallet max-members"])
        #expect(ProgrammeDiff(from: programme, to: programme).isEmpty)
    }

    @Test(arguments: [
        ("  ink: { name: i, transfers: { allowed: sometimes } }", "", "'sometimes' is not gift, any or none."),
        (
            "  ink: { name: i, transfers: { allowed: any, min: 5, max: 4 } }", "",
            "The most (4) is less than the least (5)."
        ),
        ("  ink: { name: i, value: { amount: 0.01, currency: euro } }", "", "The text has more than 3 characters."),
        (
            "  ink: { name: i, kind: status, transfers: { allowed: any } }", "",
            "'ink' is a status: it cannot be given to others."
        ),
        ("  ink: { name: i }", "wallets:\n  team: { name: T, pools: [inc] }", "There is no unit 'inc'."),
        (
            "  ink: { name: i, kind: status }", "wallets:\n  team: { name: T, pools: [ink] }",
            "'ink' is a status: it belongs to a member."
        ),
    ])
    func mistakesAreNamed(units: String, wallets: String, message: String) throws {
        let problems = try document(units, wallets).check().problems
        #expect(problems.contains { $0.message == message }, "\(problems.map(\.message))")
    }
}
