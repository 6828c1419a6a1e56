import Foundation
import Primitives
import Testing

@testable import Loyalty

@Suite struct ReferralDocumentTests {
    static let whole = """
        referral: friends
        name: Friends
        link: https://post.example/welcome?friend={code}
        claim: 20 days
        qualifies: { event: paid, when: event.amount > 0 }
        within: 60 days
        hold: 10 days
        cancelled-by: { event: stopped }
        shares: means
        advocate: [{ award: { amount: 50, unit: ink } }]
        friend: [{ award: { amount: 20, unit: ink } }]
        limit: { period: month, times: 3 }
        ambassadors:
          voice: { name: Voice, at: 3, gives: [{ award: { amount: 5, unit: ink } }] }
          choir: { at: 10 }
        why: You brought somebody along.

        """

    private func document(_ referral: String) throws -> ProgrammeDocument {
        try ProgrammeDocument(bundle: [
            "programme.yaml": "programme: small\nname: Small\nlanguages: [en]\nunits: { ink: { name: ink } }\n",
            "events/paid.yaml": "event: paid\nfields: { amount: integer, means: text }\n",
            "events/stopped.yaml": "event: stopped\nfields: {}\n", "referrals/friends.yaml": .string(referral),
        ])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let programme = try document(Self.whole).programme()
        let referral = try #require(programme.referral)
        #expect(referral.hold == 10 && referral.within == 60 && referral.claim == 20)
        #expect(referral.ambassadors.map(\.id) == ["voice", "choir"])
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var changed = programme
        changed.referral?.hold = 12
        #expect(
            ProgrammeDiff(from: programme, to: changed).changes.map(\.description) == [
                "~ referral friends: hold: 10 days -> 12 days"
            ])
    }

    @Test(arguments: [
        ("unit: ink } }]\nlimit", "unit: inkt } }]\nlimit", "no unit 'inkt'"), ("event: paid", "event: payed", "payed"),
        ("hold: 10 days", "hold: 2 months", "number of days"), ("shares: means", "shares: device", "device"),
        ("{code}", "", "holds '{code}'"), ("event.amount > 0", "event.count > 0", "count"),
        ("amount: 50", "amount: event.amount", "is a number"), ("limit:", "limits:", "limits"),
    ]) func mistakesHaveAPlace(old: String, new: String, says: String) throws {
        let errors = try document(Self.whole.replacingOccurrences(of: old, with: new)).check().errors
        #expect(errors.contains { $0.message.contains(says) && $0.line > 0 }, "\(errors)")
    }

    @Test func aStandingIsAFunctionOfTheSetsOfDays() throws {
        let referral = try #require(try document(Self.whole).programme().referral)
        func status(_ today: Int32, _ qualified: [Int32] = [], _ cancelled: [Int32] = []) -> ReferralStatus {
            ReferralStatus.compute(
                referral, claimed: 100, qualified: qualified, cancelled: cancelled, grace: 2, today: today)
        }
        #expect(status(100) == .waiting(until: 160))
        #expect(status(162) == .waiting(until: 160))
        #expect(status(163) == .lapsed)
        #expect(status(163, [99, 161]) == .lapsed)
        #expect(status(110, [110, 120]) == .held(since: 110, ripe: 123))
        #expect(status(110, [120, 110]) == status(110, [110, 120]))
        #expect(status(122, [110]) == .held(since: 110, ripe: 123))
        #expect(status(123, [110]) == .ripe(since: 110))
        #expect(status(123, [110], [120]) == .cancelled(120))
        #expect(status(123, [110], [109, 121]) == .ripe(since: 110))
    }
}
