import Primitives
import Testing

@testable import Simulation

@Suite struct DrawingTests {
    /// Checks that a drawing is well-formed and holds shapes only, as the catalogue demands.
    static func check(_ svg: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(svg.utf8.count < 4_000, "\(svg.utf8.count) bytes", sourceLocation: sourceLocation)
        var open: [Substring] = []
        var rest = svg[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let tag = rest[rest.index(after: start)..<end]
            if tag.hasPrefix("/") {
                #expect(open.popLast() == tag.dropFirst(), sourceLocation: sourceLocation)
            } else {
                let name = tag.prefix { $0.isLetter }
                #expect(
                    ["svg", "g", "path", "circle", "rect"].contains(String(name)), "<\(name)>",
                    sourceLocation: sourceLocation)
                #expect(tag.count { $0 == "\"" }.isMultiple(of: 2), sourceLocation: sourceLocation)
                if !tag.hasSuffix("/") { open.append(name) }
            }
            rest = rest[rest.index(after: end)...]
        }
        #expect(open.isEmpty, sourceLocation: sourceLocation)
        #expect(!svg.contains("nan") && !svg.contains("inf"), sourceLocation: sourceLocation)
    }

    @Test(arguments: Topic.allCases)
    func `covers are small, well-formed and different`(_ topic: Topic) {
        var seen: Set<String> = []
        for index in 0..<150 {
            let svg = Cover.svg(id: "item-\(index)", topic: topic)
            Self.check(svg)
            #expect(svg == Cover.svg(id: "item-\(index)", topic: topic))
            seen.insert(svg)
        }
        #expect(seen.count == 150)
    }

    @Test func `every item of the house has a cover`() {
        for item in World.house.items { Self.check(item.cover) }
    }

    @Test func `portraits are small, well-formed and different`() {
        let makers = Set(World.house.makers.map(\.portrait.svg))
        #expect(makers.count == World.house.makers.count)
        for svg in makers { Self.check(svg) }
        var seen: Set<String> = []
        for seed in 0..<300 {
            let svg = Portrait(seed: UInt64(seed)).svg
            Self.check(svg)
            #expect(svg == Portrait(seed: UInt64(seed)).svg)
            seen.insert(svg)
        }
        #expect(seen.count > 290)
    }

    @Test(arguments: Portrait.Hair.allCases, Portrait.Collar.allCases)
    func `every head goes with every collar`(_ hair: Portrait.Hair, _ collar: Portrait.Collar) {
        for beard in Portrait.Beard.allCases {
            for glasses in Portrait.Glasses.allCases {
                Self.check(
                    Portrait(
                        skin: .olive, hair: hair, hairColour: .grey, beard: beard, glasses: glasses, collar: collar,
                        shirt: 3, background: -1, lean: 40, earrings: true
                    ).svg)
            }
        }
    }

    @Test func `numbers are written short`() {
        #expect(Drawing.number(3) == "3")
        #expect(Drawing.number(-0.04) == "0")
        #expect(Drawing.number(-0.26) == "-0.3")
        #expect(Drawing.number(12.95) == "13")
    }
}
