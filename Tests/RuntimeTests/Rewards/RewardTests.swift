import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// What all members share in rewards, end to end on both engines.
@Suite struct RewardTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        var seats = Reward(id: "seats", kind: .ticket, unit: "ink", price: 10, stock: 5)
        seats.quantity = 1...4
        seats.waitingList = Reward.WaitingList(offer: .hours(24), most: 3)
        var visit = Reward(id: "visit", kind: .experience, unit: "ink", price: 5)
        visit.slots = .list([
            Slot(day: 20_779, minutes: 600, capacity: 2), Slot(day: 20_780, minutes: 600, capacity: 1),
        ])
        var code = Reward(id: "code", kind: .digital, unit: "ink", price: 1)
        code.codes = Reward.CodePool(low: 2)
        var gift = Reward(id: "gift", kind: .donation, unit: "ink", price: 10)
        gift.quantity = 1...10
        gift.value = Reward.Money(amount: 100, currency: "EUR")
        var minutes = Reward(id: "listen", kind: .minutes, unit: "ink", price: 4)
        minutes.into = Reward.UnitAmount(unit: "minutes", amount: 30)
        minutes.quantity = 1...5
        var book = Reward(id: "book", kind: .physical, unit: "ink", price: 20, stock: 2)
        book.refund = .within(.days(14))
        var both = Reward(id: "both", kind: .digital, unit: "ink", price: 30, perMember: 2)
        both.prices = [
            Reward.Price(unit: "ink", amount: 30, tiers: [Reward.TierPrice(tier: "silver", amount: 12)]),
            Reward.Price(unit: "stars", amount: 3),
        ]
        both.perMemberPeriod = .week
        var early = Reward(id: "early", kind: .preview, unit: "ink", price: 1)
        early.validFrom = TestEngine.start.adding(milliseconds: 2 * 86_400_000)
        early.early = [Reward.EarlyWindow(tier: "silver", span: .days(3))]
        var loyal = Reward(id: "loyal", kind: .credit, unit: "ink", price: 1)
        loyal.value = Reward.Money(amount: 500, currency: "EUR")
        loyal.after = .months(12)
        var gone = Reward(id: "gone", kind: .digital, unit: "ink", price: 1)
        gone.isWithdrawn = true
        programme.units += [Unit(id: "minutes"), Unit(id: "stars")]
        programme.rewards += [seats, visit, code, gift, minutes, book, both, early, loyal, gone]
        return programme
    }()

    /// A member with points.
    static func rich(_ test: TestEngine, _ name: String, ink: Int64 = 100) async throws -> MemberID {
        let member = try await test.member(name)
        _ = try await test.engine.perform(
            .adjust(
                unit: "ink", amount: ink, id: EffectID.derived(from: member.value, step: "ink"), reason: "test"),
            member: member, in: test.programme)
        return member
    }

    static func id(_ number: UInt64) -> ID128 { ID128(high: 77, low: number) }

    static func redeem(
        _ test: TestEngine, _ reward: String, _ member: MemberID, _ hold: UInt64,
        _ choice: RedemptionChoice = RedemptionChoice()
    ) async throws -> Hold? {
        try await test.engine.perform(
            .redeem(reward: reward, hold: id(hold), choice: choice), member: member, in: test.programme
        ).hold
    }

    static func act(_ test: TestEngine, _ action: Command.Action, _ member: MemberID) async throws -> Answer {
        try await test.engine.perform(action, member: member, in: test.programme)
    }

    static func balance(_ test: TestEngine, _ member: MemberID, _ unit: String = "ink") async throws -> Int64? {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == unit }?.spendable
    }

    static func state(
        _ test: TestEngine, _ reward: String, _ member: MemberID
    ) async throws -> MemberSummary.RewardState? {
        try await test.engine.summary(of: member, in: test.programme)?.rewards.first { $0.reward == reward }
    }

    static func refusal(_ body: () async throws -> Any) async -> CommandProblem? {
        do {
            _ = try await body()
            return nil
        } catch PipelineProblem.command(let problem) {
            return problem
        } catch {
            Issue.record(error)
            return nil
        }
    }

    static func clean(_ test: TestEngine) async throws {
        let report = try await test.verify()
        #expect(report.differenceCount == 0, "\(report.differences)")
        try await test.engine.forget(test.programme)
        #expect(try await test.verify().differenceCount == 0)
    }

    @Test func seatsAreCountedAndTheNextInLineIsOfferedWhatComesFree() async throws {
        try await TestEngine.each(Self.programme) { test in
            let (first, second, third) = (
                try await Self.rich(test, "é1"), try await Self.rich(test, "é2"), try await Self.rich(test, "é3")
            )
            #expect(try await Self.redeem(test, "seats", first, 1, RedemptionChoice(quantity: 4))?.amount == 40)
            let tooMany = await Self.refusal {
                try await Self.redeem(test, "seats", second, 2, RedemptionChoice(quantity: 2)) as Any
            }
            #expect(tooMany == .outOfStock)
            #expect(
                await Self.refusal {
                    try await Self.redeem(test, "seats", second, 2, RedemptionChoice(quantity: 5)) as Any
                } == .reward(.quantity(1...4)))
            let isThere = await Self.refusal {
                try await Self.act(test, .wait(reward: "seats", slot: "", quantity: 1), second)
            }
            #expect(isThere == .reward(.isAvailable(1)))
            for _ in 0..<2 {
                let answer = try await Self.act(test, .wait(reward: "seats", slot: "", quantity: 2), second)
                #expect(answer.waitingBefore == 0)
            }
            #expect(try await Self.act(test, .wait(reward: "seats", slot: "", quantity: 3), third).waitingBefore == 1)
            try await Self.clean(test)
            // Four come free: two for the second, and the third does not fit into three.
            _ = try await Self.act(test, .cancel(hold: Self.id(1)), first)
            #expect(try await Self.state(test, "seats", second)?.offered == 2)
            #expect(try await Self.state(test, "seats", third)?.offered == 3)
            #expect(try await Self.state(test, "seats", first)?.left == 0)
            #expect(
                await Self.refusal { try await Self.redeem(test, "seats", first, 3) as Any } == .outOfStock)
            try await Self.clean(test)
            let history = try await test.engine.history(of: second, in: test.programme, limit: 10)
            #expect(history.contains { $0.kind == .notice && $0.subject == "seat-offered" && $0.amount == 2 })
            // The second takes one of the two: one is free again. The third lets the offer lapse.
            _ = try await Self.redeem(test, "seats", second, 4)
            #expect(try await Self.state(test, "seats", first)?.left == 1)
            _ = try await Self.act(test, .confirm(hold: Self.id(4)), second)
            test.clock.advance(milliseconds: 3 * 86_400_000)
            try await Keeper.tendRewards(test.engine, test.programme, at: test.clock.now())
            #expect(try await Self.state(test, "seats", first)?.left == 4)
            #expect(try await Self.state(test, "seats", third)?.offered == 0)
            let told = try await test.engine.history(of: third, in: test.programme, limit: 10)
            #expect(told.contains { $0.subject == "seat-lapsed" })
            // Whoever waits again on the same day gets another offer.
            _ = try await Self.redeem(test, "seats", first, 5, RedemptionChoice(quantity: 4))
            for round in 0..<2 {
                _ = try await Self.act(test, .wait(reward: "seats", slot: "", quantity: 1), third)
                _ = try await Self.act(test, .cancel(hold: Self.id(5 + UInt64(round))), first)
                #expect(try await Self.state(test, "seats", third)?.offered == 1)
                _ = try await Self.act(test, .stopWaiting(reward: "seats", slot: ""), third)
                _ = try await Self.redeem(test, "seats", first, 6 + UInt64(round), RedemptionChoice(quantity: 4))
            }
            try await Self.clean(test)
        }
    }

    @Test func slotsHaveTheirOwnCapacity() async throws {
        try await TestEngine.each(Self.programme) { test in
            let (first, second) = (try await Self.rich(test, "é1"), try await Self.rich(test, "é2"))
            let late = RedemptionChoice(slot: "2026-11-23T10:00")
            #expect(late.slot == Self.programme.rewards.first { $0.id == "visit" }?.allSlots.last?.id)
            #expect(
                await Self.refusal { try await Self.redeem(test, "visit", first, 1) as Any } == .reward(.slotNeeded))
            #expect(
                await Self.refusal {
                    try await Self.redeem(test, "visit", first, 1, RedemptionChoice(slot: "2026-11-29T10:00")) as Any
                } == .reward(.unknownSlot))
            _ = try await Self.redeem(test, "visit", first, 1, late)
            #expect(
                await Self.refusal { try await Self.redeem(test, "visit", second, 2, late) as Any } == .outOfStock)
            #expect(try await Self.state(test, "visit", second)?.left == 2)
            try await Self.clean(test)
            // A hold that runs out gives its place back.
            test.clock.advance(milliseconds: 2 * 86_400_000)
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            _ = try await Self.redeem(test, "visit", second, 3, late)
            _ = try await Self.act(test, .confirm(hold: Self.id(3)), second)
            try await Self.clean(test)
            test.clock.advance(milliseconds: 5 * 86_400_000)
            #expect(
                await Self.refusal { try await Self.redeem(test, "visit", first, 4, late) as Any }
                    == .reward(.slotOver))
        }
    }

    @Test func aCodeIsGivenOnce() async throws {
        try await TestEngine.each(Self.programme) { test in
            let store = LoyaltyStore(programme: test.programme)
            let codes = ["aé", "b", "c"].enumerated().map {
                (id: ID128(high: 5, low: UInt64($0)), sealed: Array($1.utf8))
            }
            for expected in [3, 0] {
                let added = try await test.database.write { try store.addCodes(codes, to: "code", $0) }
                #expect(added == expected)
            }
            try await test.engine.forget(test.programme)
            var members: [MemberID] = []
            for index in 0..<5 { members.append(try await Self.rich(test, "é\(index)")) }
            let answers = try await test.engine.submit(
                members.enumerated().map { index, member in
                    Command(
                        programme: test.programme, member: member,
                        action: .redeem(reward: "code", hold: Self.id(UInt64(index))), now: test.clock.now())
                })
            #expect(answers.count { (try? $0.get()) != nil } == 3)
            func given(_ index: Int) async throws -> ID128? {
                try await test.engine.summary(of: members[index], in: test.programme)?.redemptions.first?.code
            }
            let first = try await given(0)
            #expect(Set([first, try await given(1), try await given(2)]).count == 3)
            try await Self.clean(test)
            _ = try await Self.act(test, .confirm(hold: Self.id(0)), members[0])
            _ = try await Self.act(test, .cancel(hold: Self.id(1)), members[1])
            #expect(
                await Self.refusal { try await Self.act(test, .refund(hold: Self.id(0)), members[0]) }
                    == .reward(.notRefundable))
            let released = try await given(1)
            _ = try await Self.redeem(test, "code", members[4], 9)
            #expect(try await given(4) == released)
            try await Self.clean(test)
            #expect(
                await Self.refusal { try await Self.redeem(test, "code", members[3], 10) as Any } == .outOfStock)
            // Erasure: what was shown is spent, what was not is free.
            try await test.erasure.erase(members[0], in: test.programme, by: .server)
            try await test.erasure.erase(members[4], in: test.programme, by: .server)
            let counts = try await test.database.read { try store.codeCounts($0) }
            #expect(counts["code"] == [.free: 1, .reserved: 1, .given: 1])
            try await Self.clean(test)
        }
    }

    @Test func giftsAddUpAndArePublishedWhenTheyHideEachOther() async throws {
        try await TestEngine.each(Self.programme) { test in
            let store = LoyaltyStore(programme: test.programme)
            func total() async throws -> DonationTotal? {
                try await test.database.read { try store.donations($0)["gift"] }
            }
            for index in 0..<10 {
                let member = try await Self.rich(test, "é\(index)")
                // The first gives twice: that hides nobody.
                for gift in 0..<(index == 0 ? 2 : 1) {
                    let number = UInt64(index * 10 + gift)
                    _ = try await Self.redeem(test, "gift", member, number, RedemptionChoice(quantity: 2))
                    _ = try await Self.act(test, .confirm(hold: Self.id(number)), member)
                    _ = try await Self.act(test, .confirm(hold: Self.id(number)), member)
                }
                if index == 8 { #expect(try await total()?.publishedAmount == 0) }
            }
            #expect(try await total()?.amount == 220)
            #expect(try await total()?.publishedAmount == 220)
            #expect(try await total()?.round == 1)
            let member = try await Self.rich(test, "later")
            _ = try await Self.redeem(test, "gift", member, 500)
            _ = try await Self.act(test, .confirm(hold: Self.id(500)), member)
            #expect(try await total()?.amount == 230)
            #expect(try await total()?.publishedAmount == 220)
            try await Self.clean(test)
            try await test.erasure.erase(member, in: test.programme, by: .server)
            #expect(try await total()?.amount == 230)
            try await Self.clean(test)
        }
    }

    @Test func pricesLimitsAndTimesFollowTheMember() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await Self.rich(test, "é")
            #expect(try await Self.state(test, "both", member)?.price == 30)
            #expect(await Self.refusal { try await Self.redeem(test, "early", member, 1) as Any } == .notYet)
            // Status is earned, not adjusted.
            _ = try await test.engine.take((0..<12).map { test.event("e\($0)", user: "é") }, in: test.programme)
            #expect(try await Self.state(test, "both", member)?.price == 12)
            #expect(try await Self.redeem(test, "both", member, 2)?.amount == 12)
            _ = try await Self.redeem(test, "early", member, 3)
            _ = try await Self.act(test, .adjust(unit: "stars", amount: 9, id: Self.id(901), reason: "t"), member)
            #expect(
                await Self.refusal {
                    try await Self.redeem(test, "both", member, 4, RedemptionChoice(unit: "minutes")) as Any
                } == .reward(.unit(["ink", "stars"])))
            #expect(try await Self.redeem(test, "both", member, 4, RedemptionChoice(unit: "stars"))?.amount == 3)
            #expect(
                await Self.refusal { try await Self.redeem(test, "both", member, 5) as Any }
                    == .reward(.periodLimit(2, .week)))
            test.clock.advance(milliseconds: 7 * 86_400_000)
            #expect(try await Self.redeem(test, "both", member, 6)?.amount == 12)
            #expect(
                await Self.refusal { try await Self.redeem(test, "gone", member, 7) as Any } == .reward(.withdrawn))
            try await Self.clean(test)
        }
    }

    @Test func aYearWithUsOpensAnOffer() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await test.member("é")
            _ = try await test.engine.take(
                [test.event("1", user: "é", type: "welcome", fields: [:])], in: test.programme)
            guard
                case .reward(.tenure)? = await Self.refusal({ try await Self.redeem(test, "loyal", member, 1) as Any })
            else {
                Issue.record("it is open already")
                return
            }
            test.clock.advance(milliseconds: 366 * 86_400_000)
            for _ in 0..<2 { try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) }
            let told = try await test.engine.history(of: member, in: test.programme, limit: 50)
            #expect(told.count { $0.subject == "offer-opened" && $0.source == "loyal" } == 1)
            _ = try await Self.act(test, .adjust(unit: "ink", amount: 9, id: Self.id(9), reason: "t"), member)
            _ = try await Self.redeem(test, "loyal", member, 1)
            try await Self.clean(test)
        }
    }

    @Test func minutesAreAUnitOfTheirOwn() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await Self.rich(test, "é")
            _ = try await Self.redeem(test, "listen", member, 1, RedemptionChoice(quantity: 3))
            for _ in 0..<2 { _ = try await Self.act(test, .confirm(hold: Self.id(1)), member) }
            #expect(try await Self.balance(test, member, "minutes") == 90)
            #expect(try await Self.balance(test, member) == 88)
            try await Self.clean(test)
        }
    }

    @Test func aParcelGoesItsWayAndARefundComesBackOnce() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await Self.rich(test, "é")
            let hold = Self.id(1)
            _ = try await Self.redeem(test, "book", member, 1)
            #expect(
                await Self.refusal { try await Self.act(test, .fulfil(hold: hold, state: .packed), member) }
                    == .reward(.notConfirmed))
            _ = try await Self.act(test, .confirm(hold: hold), member)
            #expect(
                await Self.refusal { try await Self.act(test, .fulfil(hold: hold, state: .delivered), member) }
                    == .reward(.fulfilmentOrder([.packed, .sent])))
            for state in [Fulfilment.packed, .sent, .sent, .delivered] {
                _ = try await Self.act(test, .fulfil(hold: hold, state: state, tracking: [1, 2]), member)
            }
            let store = LoyaltyStore(programme: test.programme)
            let parcels = try await test.database.read {
                try store.fulfilments([.delivered], after: nil, limit: 10, $0)
            }
            #expect(parcels.map(\.record.tracking) == [[1, 2]])
            #expect(
                await Self.refusal { try await Self.act(test, .refund(hold: hold), member) }
                    == .reward(.fulfilmentOrder([.returned])))
            _ = try await Self.act(test, .fulfil(hold: hold, state: .returned), member)
            #expect(try await Self.state(test, "book", member)?.left == 1)
            for _ in 0..<2 {
                let answer = try await Self.act(test, .refund(hold: hold), member)
                #expect(answer.hold?.state == .refunded)
                #expect(try await Self.balance(test, member) == 100)
                #expect(try await Self.state(test, "book", member)?.left == 2)
                try await Self.clean(test)
            }
            _ = try await Self.redeem(test, "book", member, 2)
            _ = try await Self.act(test, .confirm(hold: Self.id(2)), member)
            test.clock.advance(milliseconds: 16 * 86_400_000)
            #expect(
                await Self.refusal { try await Self.act(test, .refund(hold: Self.id(2)), member) }
                    == .reward(.refundOver))
        }
    }

    @Test func aWishIsToldWhenItComesInReach() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await test.member("é")
            _ = try await test.engine.take([test.event("1", user: "é")], in: test.programme)
            for _ in 0..<2 { _ = try await Self.act(test, .wish(reward: "book", isWished: true), member) }
            func told() async throws -> Int {
                try await test.engine.history(of: member, in: test.programme, limit: 50)
                    .count { $0.subject == "in-reach" }
            }
            #expect(try await told() == 0)
            for index in 2..<4 {
                _ = try await test.engine.take([test.event("\(index)", user: "é")], in: test.programme)
                try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
                #expect(try await told() == 0)
            }
            // It is said on the next day, once.
            for _ in 0..<2 {
                test.clock.advance(milliseconds: 86_400_000)
                try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
                #expect(try await told() == 1)
            }
            #expect(try await Self.state(test, "book", member)?.isWished == true)
            _ = try await Self.act(test, .wish(reward: "book", isWished: false), member)
            #expect(try await Self.state(test, "book", member)?.isWished == false)
            #expect(
                await Self.refusal { try await Self.act(test, .wish(reward: "none", isWished: true), member) }
                    == .unknownReward)
            try await Self.clean(test)
        }
    }

    /// A visitor with an open hold, a confirmed ticket and a place in a list turns out to be a member.
    @Test func twoRecordsOfOnePersonShareTheirLimitsAndPlaces() async throws {
        try await TestEngine.each(Self.programme) { test in
            let device = try #require(ExternalIdentity(.anonymous, "tablet-é"))
            let user = try #require(ExternalIdentity(.user, "é1"))
            let members = try await test.engine.identities.resolve(
                [device, user], programme: test.programme, now: test.clock.now())
            for (index, member) in members.enumerated() {
                _ = try await Self.act(
                    test, .adjust(unit: "ink", amount: 90, id: Self.id(800 + UInt64(index)), reason: "t"), member)
            }
            let other = try await Self.rich(test, "other")
            _ = try await Self.redeem(test, "both", members[0], 1)
            _ = try await Self.act(test, .confirm(hold: Self.id(1)), members[0])
            _ = try await Self.redeem(test, "both", members[0], 2)
            _ = try await Self.redeem(test, "seats", other, 3, RedemptionChoice(quantity: 4))
            for member in [members[0], members[1]] {
                _ = try await Self.act(test, .wait(reward: "seats", slot: "", quantity: 2), member)
            }
            _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
            #expect(
                await Self.refusal { try await Self.redeem(test, "both", members[1], 4) as Any }
                    == .reward(.periodLimit(2, .week)))
            try await Self.clean(test)
            _ = try await Self.act(test, .cancel(hold: Self.id(2)), members[0])
            _ = try await Self.redeem(test, "both", members[1], 4)
            _ = try await Self.act(test, .cancel(hold: Self.id(3)), other)
            #expect(try await Self.state(test, "seats", members[1])?.offered == 2)
            #expect(try await Self.state(test, "seats", other)?.left == 3, "one place, not two")
            #expect(try await test.engine.summary(of: members[1], in: test.programme)?.absorbed == [members[0]])
            try await Self.clean(test)
            try await test.erasure.erase(members[1], in: test.programme, by: .server)
            #expect(try await Self.state(test, "seats", other)?.left == 5)
            try await Self.clean(test)
        }
    }
}
