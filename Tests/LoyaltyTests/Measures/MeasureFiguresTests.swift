import Primitives
import Testing

@testable import Loyalty

/// What is shown of sums, and what whoever can subtract would know.
@Suite struct MeasureFiguresTests {
    private static func sum(_ members: Int64) -> MeasureSum {
        MeasureSum(
            members: members, baseline: members * 20_000, since: members * 50_000, squares: members * 900_000_000)
    }

    private static func figures(_ groups: [String: Int64], outside: Int64 = 0) -> MeasureFigures {
        var sums: [MeasurePart: MeasureSum] = [.all: sum(groups.values.reduce(outside, +))]
        for (name, members) in groups { sums[.group(name)] = sum(members) }
        return MeasureFigures(sums, of: Measure(id: "m", event: "e", condition: "true", minimum: 10))
    }

    private static func shown(_ figures: MeasureFigures) -> [String] {
        figures.groups.filter { $0.value != nil }.keys.sorted()
    }

    @Test func meansAreThoseOfTheSums() {
        let all = Self.figures(["a": 40]).all
        #expect(all?.members == 40)
        #expect(all?.baseline == 0.2)
        #expect(all?.since == 0.5)
        #expect(abs((all?.change ?? 0) - 0.3) < 1e-12)
        // Everybody changed alike.
        #expect(abs((all?.high ?? 0) - 0.3) < 1e-6)
    }

    struct Town: Sendable {
        var groups: [String: Int64]
        var outside: Int64 = 0
        var shown: [String]
    }

    static let towns: [Town] = [
        // Enough of everything.
        Town(groups: ["a": 40, "b": 10], shown: ["a", "b"]),
        // One alone would be the difference.
        Town(groups: ["a": 40, "b": 20, "c": 4], shown: ["a"]),
        // Two of them: four members together are still the difference.
        Town(groups: ["a": 40, "b": 20, "c": 2, "d": 2], shown: ["a"]),
        // Seven and eight are fifteen that nobody can take apart.
        Town(groups: ["a": 40, "b": 20, "c": 7, "d": 8], shown: ["a", "b"]),
        // Who is in no group is left out as well.
        Town(groups: ["a": 40, "b": 20], outside: 3, shown: ["a"]),
        Town(groups: ["a": 40, "b": 20], outside: 12, shown: ["a"]),
        Town(groups: ["a": 3, "b": 3], shown: []),
    ]

    @Test(arguments: towns)
    func noGroupFollowsFromTheOthersAndTheSum(_ town: Town) {
        #expect(Self.shown(Self.figures(town.groups, outside: town.outside)) == town.shown, "\(town)")
    }

    @Test func sharesAreRoundedHalfUpAndSumsAreExact() {
        var counter = Counter.empty
        for day in Int32(0)..<6 { counter.add(CounterMark(day: day, slot: day < 2 ? 1 : 0, wanted: 1)) }
        for day in Int32(7)..<13 { counter.add(CounterMark(day: day, slot: 1, wanted: 1)) }
        let standing = MeasureStanding(baselineWeeks: 1, counter)
        let sum = MeasureSum(standing.baseline, standing.since)
        #expect(sum.baseline == 33_333)
        #expect(sum.since == 100_000)
        #expect(sum.squares == 66_667 * 66_667)
        #expect((sum + -sum).isZero)
    }
}
