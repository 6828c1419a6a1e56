import Testing

@testable import Vault

@Suite struct BoundedCacheTests {
    @Test func neverHoldsMoreThanItsCapacityAndKeepsTheLatestHalf() {
        var cache = BoundedCache<Int, Int>(capacity: 100)
        for key in 0..<10_000 {
            cache.insert(key, for: key)
            #expect(cache.count <= 100)
            for recent in max(0, key - 49)...key { #expect(cache.value(recent) == recent) }
        }
    }

    @Test func whatIsUsedStays() {
        var cache = BoundedCache<Int, Int>(capacity: 10)
        cache.insert(-1, for: -1)
        for key in 0..<1_000 {
            cache.insert(key, for: key)
            #expect(cache.value(-1) == -1)
        }
    }

    @Test func removedIsGoneFromBothGenerations() {
        var cache = BoundedCache<Int, Int>(capacity: 4)
        for key in 0..<3 { cache.insert(key, for: key) }
        for key in 0..<3 {
            cache.remove(key)
            #expect(cache.value(key) == nil)
        }
        #expect(cache.count == 0)
    }
}
