import Loyalty
import Primitives
import Testing

@testable import Runtime

/// What is kept in memory stays bounded, however long members have been with us.
@Suite struct MemberCacheTests {
    private static func member(_ number: UInt64, marks: Int = 0) -> MemberState {
        var state = MemberState(
            programme: SampleProgramme.programme.id, id: MemberID(ID128(high: 0, low: number)),
            profile: MemberProfile(joinedDay: 0))
        state.counters["read"] = Counter(marks: (0..<marks).map { CounterMark(day: Int32($0), wanted: 15) })
        return state
    }

    @Test func itHoldsTwoGenerations() {
        var cache = MemberCache(capacity: 10)
        for number in 0..<100 {
            cache.put(Self.member(UInt64(number)))
            #expect(cache.count <= 20)
        }
        #expect(cache.take(Self.member(99).id) != nil)
        #expect(cache.take(Self.member(99).id) == nil)
        #expect(cache.take(Self.member(3).id) == nil)
    }

    @Test func fiveYearsOfDaysCountAsManyMembers() {
        var cache = MemberCache(capacity: 100)
        // 5 × 365 marks are 28 members' worth.
        for number in 0..<1_000 { cache.put(Self.member(UInt64(number), marks: 1_825)) }
        #expect(cache.count <= 8)
        // What is taken out and put back is not counted twice.
        for _ in 0..<1_000 {
            guard let state = cache.take(Self.member(999).id) else {
                Issue.record("it was used a moment ago")
                return
            }
            cache.put(state)
        }
        #expect(cache.count >= 4)
    }
}
