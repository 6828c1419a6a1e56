import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// What members earn together lies in a wallet with a ledger of its own.
@Suite struct SharedWalletTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.walletKinds = [
            WalletKind(id: "household", maximumMembers: 2, pools: ["ink", "later"]),
            WalletKind(id: "club", maximumMembers: 10, spend: .owner),
        ]
        return programme
    }()

    private let wallet = MemberID(ID128(high: 0xA1, low: 1).asUUID(version: 4))

    private func invitation(_ test: TestEngine, _ number: UInt64 = 1) -> ID128 {
        test.engine.invitationID(SharingCode(ID128(high: number, low: 9)), in: test.programme)
    }

    private func spendable(_ test: TestEngine, _ member: MemberID, _ unit: String = "ink") async throws -> Int64? {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == unit }?.spendable
    }

    @discardableResult
    private func act(_ test: TestEngine, _ member: MemberID, _ action: WalletAction, _ wallet: MemberID? = nil)
        async throws
        -> Answer
    {
        try await test.engine.perform(.wallet(wallet ?? self.wallet, action), member: member, in: test.programme)
    }

    @Test(arguments: TestDatabases.engines)
    func aHouseholdEarnsIntoItsWallet(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let (anna, bo, cas) = (
                try await test.member("anna"), try await test.member("bo"), try await test.member("cas")
            )
            try await act(test, anna, .open(kind: "household", invitation: invitation(test)))
            #expect(try await test.engine.wallet(invitation: invitation(test), in: test.programme) == wallet)
            await #expect(throws: PipelineProblem.command(.unknownWallet)) {
                try await act(test, bo, .join(invitation: invitation(test, 2)))
            }
            try await act(test, bo, .join(invitation: invitation(test)))
            await #expect(throws: PipelineProblem.command(.walletFull(2))) {
                try await act(test, cas, .join(invitation: invitation(test)))
            }
            try await test.engine.forget(test.programme)
            for (index, user) in ["anna", "anna", "bo", "anna", "anna"].enumerated() {
                _ = try await test.engine.take([test.event("e\(index)", user: user)], in: test.programme)
            }
            // Anna's own limit of 45 a day and her challenge of 4 a week are hers.
            #expect(try await spendable(test, wallet) == 45 + 25 + 15)
            #expect(try await spendable(test, anna) == 0)
            #expect(try await spendable(test, bo) == 0)
            let status = try await test.engine.summary(of: anna, in: test.programme)
            #expect(status?.balances.first { $0.unit == "loyalty" }?.spendable == 4)
            #expect(try await test.verify().differenceCount == 0)
            let members = try await test.engine.members(of: wallet, in: test.programme)
            let given = Dictionary(uniqueKeysWithValues: members.map { ($0.member, $0.membership.given) })
            #expect(given == [anna: ["ink": 70], bo: ["ink": 15]])

            try await act(test, bo, .draw(unit: "ink", amount: 20, id: ID128(high: 4, low: 1)))
            let hold = ID128(high: 4, low: 2)
            _ = try await test.engine.perform(.redeem(reward: "preview", hold: hold), member: bo, in: test.programme)
            _ = try await test.engine.perform(.confirm(hold: hold), member: bo, in: test.programme)
            await #expect(throws: PipelineProblem.command(.ownerStays)) {
                try await act(test, anna, .leave(id: ID128(high: 4, low: 3)))
            }
            try await act(test, bo, .leave(id: ID128(high: 4, low: 4)))
            _ = try await test.engine.take([test.event("after", user: "bo")], in: test.programme)
            #expect(try await spendable(test, bo) == 15)
            try await act(test, anna, .leave(id: ID128(high: 4, low: 5)))
            #expect(try await spendable(test, anna) == 65)
            #expect(try await spendable(test, wallet) == 0)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func onlyTheOwnerOfAClubSpends() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            try await act(test, anna, .open(kind: "club", invitation: invitation(test)))
            try await act(test, bo, .join(invitation: invitation(test)))
            _ = try await test.engine.take([test.event("1", user: "bo")], in: test.programme)
            #expect(try await spendable(test, bo) == 15, "a club pools nothing")
            try await act(test, bo, .donate(unit: "ink", amount: 10, id: ID128(high: 4, low: 1)))
            await #expect(throws: PipelineProblem.command(.notOwner)) {
                try await act(test, bo, .draw(unit: "ink", amount: 1, id: ID128(high: 4, low: 2)))
            }
            try await act(test, anna, .handOver(to: bo))
            try await act(test, bo, .draw(unit: "ink", amount: 4, id: ID128(high: 4, low: 3)))
            await #expect(throws: PipelineProblem.command(.notOwner)) {
                try await act(test, anna, .renew(invitation: invitation(test, 3)))
            }
            #expect(try await spendable(test, bo) == 9)
            #expect(try await spendable(test, wallet) == 6)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aReversalCallsBackWhatWasPooled() async throws {
        try await TestEngine.each(Self.programme) { test in
            let anna = try await test.member("anna")
            try await act(test, anna, .open(kind: "household", invitation: invitation(test)))
            let results = try await test.engine.take(
                [
                    test.event("1", user: "anna"),
                    test.event("2", user: "anna", type: "visit", fields: ["points": .integer(9)]),
                ], in: test.programme)
            let awards = results.flatMap(\.effects).filter { $0.kind == .award && $0.subject != "loyalty" }
            #expect(awards.count == 3)
            for award in awards {
                let answer = try await test.engine.perform(.reverse(effect: award.id), member: anna, in: test.programme)
                #expect(answer.effects.last?.amount == -award.amount, "\(award.subject)")
            }
            let summary = try #require(try await test.engine.summary(of: wallet, in: test.programme))
            #expect(summary.balances.allSatisfy { $0.spendable == 0 && $0.pending == 0 })
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    /// The best three of the week, at most 60 a day: whatever comes first, the wallet has as much in the end.
    @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]])
    func theOrderOfEventsDoesNotMatterInAWallet(order: [Int]) async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let anna = try await test.member("anna")
            try await act(test, anna, .open(kind: "household", invitation: invitation(test)))
            let yesterday = test.clock.now().adding(milliseconds: -86_400_000)
            let visits = [(30, yesterday), (30, yesterday), (60, test.clock.now()), (50, test.clock.now())]
            for index in order {
                let (points, at) = visits[index]
                _ = try await test.engine.take(
                    [
                        test.event(
                            "v\(index)", user: "anna", type: "visit", at: at,
                            fields: ["points": .integer(Int64(points))])
                    ], in: test.programme)
            }
            let (pooled, own) = (try await spendable(test, wallet), try await spendable(test, anna))
            #expect(pooled == 120)
            #expect(own == 0)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func mergingAndErasingKeepTheBooksRight() async throws {
        try await TestEngine.each(Self.programme) { test in
            let (anna, cas) = (try await test.member("anna"), try await test.member("cas"))
            let visitor = try #require(ExternalIdentity(.anonymous, "bo"))
            let bo = try #require(
                try await test.engine.identities.resolve(
                    [visitor], programme: test.programme, now: test.clock.now()
                ).first)
            try await act(test, anna, .open(kind: "household", invitation: invitation(test)))
            try await act(test, bo, .join(invitation: invitation(test)))
            _ = try await test.engine.take(
                [test.event("1", user: "anna"), test.event("2", anonymous: "bo")], in: test.programme)
            // Bo turns out to be Cas, who takes over Bo's place.
            _ = try await test.engine.identify(
                user: try #require(ExternalIdentity(.user, "cas")), previous: visitor, in: test.programme)
            _ = try await test.engine.take([test.event("3", user: "cas")], in: test.programme)
            #expect(try await spendable(test, wallet) == 45)
            // The owner goes: Cas owns it now.
            try await test.erasure.erase(anna, in: test.programme, by: .server)
            #expect(try await test.verify().differenceCount == 0)
            try await act(test, cas, .renew(invitation: invitation(test, 5)))
            #expect(try await spendable(test, wallet) == 45)
            try await act(test, cas, .draw(unit: "ink", amount: 5, id: ID128(high: 4, low: 3)))
            // The last one goes, and with them the wallet.
            try await test.erasure.erase(cas, in: test.programme, by: .server)
            let differences = try await test.verify().differences
            #expect(differences == [])
            let left = try await test.database.read {
                try $0.first("SELECT count(*) FROM member WHERE programme_id = ?", [.text(test.programme.name)])?.int(0)
            }
            #expect(left == 0)
        }
    }
}
