import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Points go from member to member with their dates; both statements have it, or neither.
@Suite struct TransferTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.units[0].transfers = TransferTerms(
            allowed: .any, minimum: 5, maximum: 100, per: .day, fee: 2, deadline: .days(3))
        programme.units[1].transfers = TransferTerms(allowed: .gift)
        return programme
    }()

    private func give(_ test: TestEngine, _ member: MemberID, _ amount: Int64, id: UInt64) async throws {
        _ = try await test.engine.perform(
            .adjust(unit: "ink", amount: amount, id: ID128(high: 77, low: id), reason: "test"), member: member,
            in: test.programme)
    }

    private func balance(
        _ test: TestEngine, _ member: MemberID, _ unit: String = "ink"
    ) async throws -> MemberSummary.Balance? {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == unit }
    }

    private func code(_ number: UInt64) -> SharingCode { SharingCode(ID128(high: number, low: ~number)) }

    @Test(arguments: TestDatabases.engines)
    func whatLeavesOneArrivesAtTheOtherWithItsDates(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let (anna, bo) = (try await test.member("anna-é"), try await test.member("bo"))
            try await give(test, anna, 30, id: 1)
            test.clock.advance(milliseconds: 40 * 86_400_000)
            try await give(test, anna, 30, id: 2)
            let expiry = try #require(try await balance(test, anna)?.nextExpiry)
            let id = ID128(high: 5, low: 5)
            let answer = try await test.engine.perform(
                .transfer(to: bo, unit: "ink", amount: 40, id: id), member: anna, in: test.programme)
            #expect(answer.effects.map(\.kind) == [.sent])
            #expect(answer.effects.first?.amount == -42)
            #expect(try await balance(test, anna)?.spendable == 18)
            let received = try #require(try await balance(test, bo))
            #expect(received.spendable == 40)
            #expect(received.nextExpiry?.at == expiry.at && received.nextExpiry?.amount == 30)
            let history = try await test.engine.history(of: bo, in: test.programme, before: nil, limit: 10)
            #expect(history.map(\.kind) == [.received] && history.first?.amount == 40)
            #expect(try await test.verify().differenceCount == 0)
            // It expires on the sender's day.
            test.clock.advance(milliseconds: 330 * 86_400_000)
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await balance(test, bo)?.spendable == 10)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func termsAreKept() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            try await give(test, anna, 150, id: 1)
            func send(_ amount: Int64, _ unit: String = "ink", to: MemberID, id: UInt64) async throws {
                _ = try await test.engine.perform(
                    .transfer(to: to, unit: unit, amount: amount, id: ID128(high: 6, low: id)), member: anna,
                    in: test.programme)
            }
            await #expect(throws: PipelineProblem.command(.transferMinimum(5))) { try await send(4, to: bo, id: 1) }
            await #expect(throws: PipelineProblem.command(.sameMember)) { try await send(5, to: anna, id: 2) }
            await #expect(throws: PipelineProblem.command(.transfersNotAllowed)) {
                try await send(5, "loyalty", to: bo, id: 3)
            }
            await #expect(throws: PipelineProblem.command(.transfersNotAllowed)) {
                try await send(5, "later", to: bo, id: 3)
            }
            try await send(60, to: bo, id: 4)
            await #expect(throws: PipelineProblem.command(.transferLimit(most: 100, left: 40))) {
                try await send(41, to: bo, id: 5)
            }
            try await send(40, to: bo, id: 6)
            test.clock.advance(milliseconds: 86_400_000)
            await #expect(throws: (any Error).self) { try await send(47, to: bo, id: 7) }
            #expect(try await balance(test, anna)?.spendable == 46)
            #expect(try await balance(test, bo)?.spendable == 100)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aGiftWaitsAndIsAcceptedOnce(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let (anna, bo, cas) = (
                try await test.member("anna"), try await test.member("bo"), try await test.member("cas")
            )
            try await give(test, anna, 50, id: 1)
            let gift = test.engine.giftID(code(1), in: test.programme)
            for _ in 0..<2 {
                let answer = try await test.engine.perform(
                    .offerGift(unit: "ink", amount: 20, gift: gift), member: anna, in: test.programme)
                #expect(answer.hold?.amount == 22 && answer.hold?.isGift == true)
            }
            #expect(try await balance(test, anna)?.spendable == 28)
            #expect(try await test.engine.giver(of: gift, in: test.programme) == anna)
            #expect(
                try await test.engine.giver(of: test.engine.giftID(code(2), in: test.programme), in: test.programme)
                    == nil)
            // A gift is no redemption: it can neither be confirmed nor be seen as one.
            await #expect(throws: PipelineProblem.command(.ledger(.unknownHold))) {
                try await test.engine.perform(.confirm(hold: gift), member: anna, in: test.programme)
            }
            #expect(try await test.engine.summary(of: anna, in: test.programme)?.openHolds.isEmpty == true)
            await #expect(throws: PipelineProblem.command(.sameMember)) {
                try await test.engine.perform(.acceptGift(gift, from: anna), member: anna, in: test.programme)
            }
            let answer = try await test.engine.perform(
                .acceptGift(gift, from: anna), member: bo, in: test.programme)
            #expect(answer.effects.map(\.kind) == [.received])
            await #expect(throws: PipelineProblem.command(.ledger(.unknownHold))) {
                try await test.engine.perform(.acceptGift(gift, from: anna), member: cas, in: test.programme)
            }
            try await test.engine.forget(test.programme)
            #expect(try await balance(test, bo)?.spendable == 20)
            #expect(try await balance(test, anna)?.held == 0)
            #expect(try await test.verify().differenceCount == 0)
            // Whoever goes, the books stay right.
            try await test.erasure.erase(anna, in: test.programme, by: .server)
            #expect(try await test.verify().differenceCount == 0)
            try await test.erasure.erase(bo, in: test.programme, by: .server)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aGiftThatNobodyTakesReturns(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            try await give(test, anna, 50, id: 1)
            let first = test.engine.giftID(code(1), in: test.programme)
            let second = test.engine.giftID(code(2), in: test.programme)
            for gift in [first, second] {
                _ = try await test.engine.perform(
                    .offerGift(unit: "ink", amount: 10, gift: gift), member: anna, in: test.programme)
            }
            _ = try await test.engine.perform(.withdrawGift(first), member: anna, in: test.programme)
            #expect(try await balance(test, anna)?.spendable == 38)
            test.clock.advance(milliseconds: 5 * 86_400_000)
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            await #expect(throws: (any Error).self) {
                try await test.engine.perform(.acceptGift(second, from: anna), member: bo, in: test.programme)
            }
            #expect(try await balance(test, anna)?.spendable == 50)
            let history = try await test.engine.history(of: anna, in: test.programme, before: nil, limit: 10)
            #expect(history.filter { $0.kind == .returned }.map(\.amount) == [12, 12])
            #expect(history.filter { $0.kind == .sent }.map(\.amount) == [-12, -12])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func verifySeesWhatDidNotArrive() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let (anna, bo) = (try await test.member("anna"), try await test.member("bo"))
            try await give(test, anna, 50, id: 1)
            _ = try await test.engine.perform(
                .transfer(to: bo, unit: "ink", amount: 10, id: ID128(high: 5, low: 5)), member: anna,
                in: test.programme)
            try await test.database.write {
                _ = try $0.execute(
                    "UPDATE transfer SET amount = 9 WHERE kind = ?", [.integer(Transfer.Kind.transferIn.rawValue)])
            }
            let report = try await test.verify()
            #expect(report.differences.contains { $0.kind == .transferMismatch })
        }
    }

    @Test func whatPeopleTypeIsTheCode() {
        let code = SharingCode(ID128(high: .max, low: 0))
        #expect(code.text == "ZZZZZZZZ00000000")
        #expect(SharingCode(typed: " zzzz-ZZZZ-oo00-0o00 ") == code)
        #expect(SharingCode(typed: "ZZZZ") == nil)
        #expect(SharingCode(typed: "ZZZZZZZZ0000000U") == nil)
    }
}
