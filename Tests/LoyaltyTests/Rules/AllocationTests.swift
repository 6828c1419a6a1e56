import Loyalty
import Primitives
import Testing

@Suite struct AllocationTests {
    private let calendar = DayPeriods()

    private func allocate(_ marks: [CounterMark], _ limits: [Limit], oncePerSlot: Bool = false) -> Int64 {
        var counter = Counter()
        for mark in marks { counter.add(mark) }
        return Allocation.compute(
            marks: counter.marks, limits: limits, oncePerSlot: oncePerSlot, calendar: calendar
        ).total
    }

    /// Awards one by one, with nothing counted in sets: the plainest reading of what limits mean.
    private func plainly(_ marks: [CounterMark], _ limits: [Limit]) -> Int64 {
        var singles: [CounterMark] = []
        for mark in marks {
            for _ in 0..<mark.count { singles.append(CounterMark(day: mark.day, slot: mark.slot, wanted: mark.wanted)) }
        }
        singles.sort { left, right in
            if left.wanted != right.wanted { return left.wanted > right.wanted }
            return left < right
        }
        var amounts: [[Int32: Int64]] = limits.map { _ in [:] }
        var times: [[Int32: Int64]] = limits.map { _ in [:] }
        var total: Int64 = 0
        for single in singles {
            var give = single.wanted
            for limit in limits { if case .perEvent(let most) = limit.kind { give = min(give, most) } }
            for (index, limit) in limits.enumerated() {
                let period = calendar.firstDay(of: limit.period, containing: single.day)
                switch limit.kind {
                case .amount(let most): give = min(give, most - amounts[index][period, default: 0])
                case .times(let most): if times[index][period, default: 0] >= most { give = 0 }
                case .perEvent: break
                }
            }
            guard give > 0 else { continue }
            for (index, limit) in limits.enumerated() {
                let period = calendar.firstDay(of: limit.period, containing: single.day)
                amounts[index][period, default: 0] += give
                times[index][period, default: 0] += 1
            }
            total += give
        }
        return total
    }

    @Test func reducesTheAwardThatCrossesAnAmount() {
        let limit = [Limit(kind: .amount(45), period: .day)]
        #expect(allocate([CounterMark(day: 5, wanted: 20, count: 3)], limit) == 45)
        #expect(allocate([CounterMark(day: 5, wanted: 20, count: 3), CounterMark(day: 6, wanted: 20)], limit) == 65)
    }

    @Test func countsTheLargestAwardsOfAPeriod() {
        let limit = [Limit(kind: .times(2), period: .week)]
        // 1970-01-05 (day 4) is a Monday.
        let marks = [CounterMark(day: 4, wanted: 1), CounterMark(day: 5, wanted: 9), CounterMark(day: 10, wanted: 5)]
        #expect(allocate(marks, limit) == 14)
        #expect(allocate(marks + [CounterMark(day: 11, wanted: 7)], limit) == 21)
    }

    @Test func givesOncePerCooldownSlot() {
        let marks = [
            CounterMark(day: 1, slot: 0, wanted: 5), CounterMark(day: 1, slot: 0, wanted: 8),
            CounterMark(day: 1, slot: 1, wanted: 3, count: 4),
        ]
        #expect(allocate(marks, [], oncePerSlot: true) == 11)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func equalsThePlainReadingAndForgetsTheOrder(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let periods: [PeriodUnit] = [.day, .week, .month, .year, .ever]
        let limits = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            let kind: Limit.Kind =
                switch Int.random(in: 0..<3, using: &random) {
                case 0: .amount(.random(in: 1...60, using: &random))
                case 1: .times(.random(in: 1...5, using: &random))
                default: .perEvent(.random(in: 1...20, using: &random))
                }
            return Limit(kind: kind, period: periods.randomElement(using: &random) ?? .day)
        }
        var marks = (0..<Int.random(in: 1...60, using: &random)).map { _ in
            CounterMark(
                day: .random(in: -40...400, using: &random), wanted: .random(in: 1...15, using: &random),
                count: .random(in: 1...3, using: &random))
        }
        let expected = plainly(marks, limits)
        for _ in 0..<3 {
            marks.shuffle(using: &random)
            #expect(allocate(marks, limits) == expected, "seed \(seed)")
            // One at a time, each change applied to what was given before.
            var counter = Counter()
            var given: Int64 = 0
            for mark in marks {
                for _ in 0..<mark.count {
                    given +=
                        Allocation.change(
                            of: &counter, adding: CounterMark(day: mark.day, wanted: mark.wanted), limits: limits,
                            oncePerSlot: false, calendar: calendar
                        ).total
                }
            }
            #expect(given == expected, "seed \(seed)")
        }
    }

    @Test func aCounterSurvivesItsEncoding() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            var counter = Counter(granted: .random(in: 0...100, using: &random), refused: 3)
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                counter.add(
                    CounterMark(
                        day: .random(in: .min ... .max, using: &random), slot: .random(in: 0...9, using: &random),
                        wanted: .random(in: .min ... .max, using: &random), count: .random(in: 1...9, using: &random)))
            }
            #expect(
                Counter(encodedMarks: counter.encodedMarks, granted: counter.granted, refused: counter.refused)
                    == counter)
        }
        #expect(Counter(encodedMarks: [0x80], granted: 0, refused: 0) == nil)
    }
}
