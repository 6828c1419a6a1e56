import Loyalty
import Primitives
import Testing

@Suite struct RewardBookTests {
    /// Between the end of an offer and the next look at the list its seats are still set aside.
    @Test func aLapsedOfferGivesItsSeatsBackWhenItsMemberTakesAnother() {
        var reward = Reward(id: "seat", kind: .preview, unit: "ink", price: 1, stock: 2)
        reward.waitingList = Reward.WaitingList(offer: .days(1))
        let member = MemberID(ID128(high: 1, low: 2))
        let place = RewardPlace("seat")
        let start = Instant(seconds: 1_000)
        var book = RewardBook()
        #expect(book.join(place, member, quantity: 1, day: 0, most: 10) == 0)
        book.offer(["seat": reward], at: start) { _ in start.adding(milliseconds: 10) }
        #expect(book.left(reward) == 1)
        let record = RedemptionRecord(id: ID128(high: 3, low: 4), reward: "seat", day: 0)
        book.take(record, of: reward, by: member, at: start.adding(milliseconds: 20))
        #expect(book.left(reward) == 1)
        #expect(book.waiting[place] == [])
    }

    /// A code that is set aside for the first in line is nobody else's to take.
    @Test func anOfferKeepsItsCode() {
        var reward = Reward(id: "code", kind: .digital, unit: "ink", price: 1, stock: 10)
        reward.codes = Reward.CodePool(low: nil)
        reward.waitingList = Reward.WaitingList(offer: .days(1))
        let (first, other) = (MemberID(ID128(high: 1, low: 2)), MemberID(ID128(high: 1, low: 3)))
        let start = Instant(seconds: 1_000)
        var book = RewardBook(freeCodes: ["code": 1])
        #expect(book.join(RewardPlace("code"), first, quantity: 1, day: 0, most: 10) == 0)
        book.offer(["code": reward], at: start) { _ in start.adding(milliseconds: 10) }
        #expect(book.shelf(reward, slot: "", for: other, at: start).available == 0)
        #expect(book.shelf(reward, slot: "", for: first, at: start).available == 1)
    }
}
