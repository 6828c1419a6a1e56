import Testing

@testable import Anonymity

@Suite struct ItemSpaceTests {
    @Test("Rare items keep a vector beside popular ones that are thousands of times larger")
    func rareItemsKeepTheirVectors() {
        // A hundred rare items and one that outweighs them all.
        let values = ContiguousArray((0..<100).map { 0.5 + Float($0 % 7) / 10 } + [1e6])
        let whole = ItemSpace(scaling: values, dimension: 1)
        #expect(whole.vectors.count { $0 == 0 } == 100, "without clipping they round to zero")
        let clipped = ItemSpace(scaling: values, dimension: 1, quantile: 0.99)
        #expect(!clipped.vectors.contains(0))
        #expect(
            clipped.vectors.max() == Int16(ItemSpace.largestComponent) && clipped.vectors.last == clipped.vectors.max())
        let negative = ItemSpace(scaling: ContiguousArray(values.map { -$0 }), dimension: 1, quantile: 0.99)
        #expect(negative.vectors == ContiguousArray(clipped.vectors.map { -$0 }))
        #expect(ItemSpace(scaling: [0, 0], dimension: 1, quantile: 0.99).vectors == [0, 0])
    }
}
