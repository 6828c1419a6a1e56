import Primitives
import Testing

@testable import Loyalty

struct VitalsTests {
    private static func person(_ number: Int, joined: Int32 = 0, days: [Int32]) -> Vitals.Person {
        Vitals.Person(member: MemberID(ID128(high: 0, low: UInt64(number))), joined: joined, days: days)
    }

    /// Wilson (1927) and Newcombe (1998, table II, rows (a) and (d), method 10).
    @Test func `intervals are the published ones`() {
        let first = Proportion(56, of: 70).difference(from: Proportion(48, of: 80))
        #expect(abs(first.lowerBound - 0.0524) < 0.00005)
        #expect(abs(first.upperBound - 0.3339) < 0.00005)
        let second = Proportion(5, of: 56).difference(from: Proportion(0, of: 29))
        #expect(abs(second.lowerBound - -0.0381) < 0.00005)
        #expect(abs(second.upperBound - 0.1926) < 0.00005)
        let none = Proportion(0, of: 20).interval
        #expect(none.lowerBound == 0)
        #expect(abs(none.upperBound - 0.1611) < 0.0001)
    }

    @Test func `whoever came before and not since has stayed away`() throws {
        let today: Int32 = 100
        // The window is 72 to 99, the one before it 44 to 71. Today does not count.
        let people =
            (0..<60).map { Self.person($0, days: [50, 72]) } + (60..<100).map { Self.person($0, days: [71, 100]) }
            + (100..<130).map { Self.person($0, days: [43, 99]) }
        let vitals = Vitals(people, today: today, holdOuts: [])
        #expect(vitals.churn == Proportion(40, of: 100))
        #expect(vitals.active == Proportion(90, of: 130))
        #expect(vitals.activeDays == nil, "fewer than a hundred came")
    }

    @Test func `what too few stand behind, or too short a time, is not said`() {
        let few = (0..<99).map { Self.person($0, days: [50, 80]) }
        let vitals = Vitals(few, today: 100, holdOuts: [])
        #expect(vitals.churn == nil && vitals.active == nil && vitals.activeDays == nil)
        let young = (0..<500).map { Self.person($0, joined: 45, days: [50, 80]) }
        let early = Vitals(young, today: 100, holdOuts: [])
        #expect(early.historyDays == 55)
        #expect(early.churn == nil && early.active == Proportion(500, of: 500))
        #expect(Vitals([], today: 100, holdOuts: []).historyDays == 0)
    }

    @Test func `a hold-out is compared when both sides are people enough`() throws {
        let people = (0..<1_000).map { Self.person($0, days: $0 % 4 == 0 ? [50] : [50, 90]) }
        let tenth = Vitals.HoldOut(rule: "curious") { $0.value.low % 10 == 1 }
        let tiny = Vitals.HoldOut(rule: "tiny") { $0.value.low < 49 }
        let vitals = Vitals(people, today: 100, holdOuts: [tenth, tiny])
        #expect(vitals.comparisons.map(\.rule) == ["curious"])
        let one = try #require(vitals.comparisons.first)
        // Nobody with a number that ends in 1 is divisible by four.
        #expect(one.without == Proportion(100, of: 100))
        #expect(one.with == Proportion(650, of: 900))
        #expect(one.interval.upperBound < 0)
    }

    @Test func `days on average have an interval around them`() throws {
        let people = (0..<200).map { Self.person($0, days: $0 % 2 == 0 ? [80] : [80, 81, 82]) }
        let days = try #require(Vitals(people, today: 100, holdOuts: []).activeDays)
        #expect(days.value == 2)
        // s = 1.0025, 1.96 s / √200 = 0.1389.
        #expect(abs(days.interval.upperBound - 2.1389) < 0.0001)
    }
}
