import Assignment
import Primitives
import Testing

@Suite struct AssignmentTests {
    static func units(_ count: Int, seed: UInt64) -> [ID128] {
        var random = Xoshiro256(seed: seed)
        return (0..<count).map { _ in ID128(high: random.next(), low: random.next()) }
    }

    /// Ids that differ in few bits: the hard case for a hash.
    static func counted(_ count: Int) -> [ID128] { (0..<count).map { ID128(high: 0, low: UInt64($0)) } }

    @Test(arguments: [
        // Recomputed with python-xxhash from the documented formula.
        ("00000000-0000-0000-0000-000000000000", "", 5790),
        ("00000000-0000-0000-0000-000000000001", "holdout:programme", 8009),
        ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "layer:home", 8619),
        ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "split:ontbijt-é", 8547),
        ("ffffffff-ffff-ffff-ffff-ffffffffffff", "split:ontbijt", 4958),
    ])
    func `buckets can be recomputed elsewhere`(_ id: String, _ salt: String, _ bucket: Int) throws {
        #expect(Assignment.bucket(unit: try #require(ID128(id)), salt: salt) == bucket)
    }

    @Test(arguments: ["a", "b", "holdout:programme", "layer:home"])
    func `buckets are uniform`(_ salt: String) {
        let seed: UInt64 = 1
        for units in [Self.units(200_000, seed: seed), Self.counted(200_000)] {
            var seen = [Int](repeating: 0, count: 100)
            for unit in units { seen[Assignment.bucket(unit: unit, salt: salt) / 100] += 1 }
            let chiSquare = seen.reduce(0.0) { $0 + (Double($1) - 2_000) * (Double($1) - 2_000) / 2_000 }
            // 99 degrees of freedom: above 161 once in ten thousand, below 50 as rarely.
            #expect((50.0...161.0).contains(chiSquare), "\(salt), seed \(seed)")
        }
    }

    @Test(arguments: [("a", "b"), ("split:1", "split:2"), ("holdout:x", "layer:x"), ("x", "x ")])
    func `buckets of different salts are independent`(_ one: String, _ other: String) {
        let seed: UInt64 = 2
        for units in [Self.units(200_000, seed: seed), Self.counted(200_000)] {
            var seen = [Int](repeating: 0, count: 100)
            for unit in units {
                let row = Assignment.bucket(unit: unit, salt: one) / 1_000
                let column = Assignment.bucket(unit: unit, salt: other) / 1_000
                seen[row * 10 + column] += 1
            }
            let chiSquare = seen.reduce(0.0) { $0 + (Double($1) - 2_000) * (Double($1) - 2_000) / 2_000 }
            #expect((50.0...161.0).contains(chiSquare), "\(one), \(other), seed \(seed)")
        }
    }

    @Test(arguments: [0, 1, 500, 1_000, 9_999, 10_000])
    func `a hold-out has its share and keeps everyone when it grows`(_ share: Int) throws {
        let seed: UInt64 = 3
        let units = Self.units(100_000, seed: seed)
        let holdOut = HoldOut(name: "programme", share: try #require(BasisPoints(share)))
        let held = units.filter { holdOut.contains($0) }
        let expected = Double(share) * 10
        let error = (expected * (1 - Double(share) / 10_000)).squareRoot()
        #expect(abs(Double(held.count) - expected) <= 4 * error, "seed \(seed)")
        let larger = HoldOut(name: "programme", share: try #require(BasisPoints(min(10_000, share + 500))))
        #expect(held.allSatisfy { larger.contains($0) })
    }

    @Test func `a unit is in one experiment of a layer at most, and others coming and going do not move it`() throws {
        let seed: UInt64 = 4
        let units = Self.units(20_000, seed: seed)
        let one = try Layer(name: "home").adding("a", share: share(3_000)).adding("b", share: share(2_000))
        let two = try one.adding("c", share: share(5_000))
        let three = try two.removing("a").adding("d", share: share(2_500)).removing("c").adding(
            "e", share: share(5_500))
        var counts: [String: Int] = [:]
        for unit in units {
            let before = one.experiment(for: unit)
            if let before { #expect(two.experiment(for: unit) == before) }
            #expect((before == "b") == (three.experiment(for: unit) == "b"))
            counts[before ?? "none", default: 0] += 1
        }
        #expect(abs(Double(counts["a"] ?? 0) - 6_000) < 300)
        #expect(abs(Double(counts["b"] ?? 0) - 4_000) < 300)
        #expect(three.slots.map(\.name) == ["b", "d", "e"])
        #expect(three.slots.map(\.share.value) == [2_000, 2_500, 5_500])
        #expect(throws: AssignmentProblem.layerFull(layer: "home", free: 0, asked: 1)) {
            try three.adding("f", share: share(1))
        }
        #expect(throws: AssignmentProblem.duplicateName("b")) {
            try one.adding("b", share: share(1))
        }
        #expect(throws: AssignmentProblem.overlap("a", "b")) {
            try Layer(name: "x", slots: [.init(name: "a", buckets: [0..<10]), .init(name: "b", buckets: [9..<20])])
        }
        #expect(throws: AssignmentProblem.bucketsOutOfRange(slot: "a")) {
            try Layer(name: "x", slots: [.init(name: "a", buckets: [9_990..<10_001])])
        }
    }

    @Test func `arms have their weights, and raising coverage moves nobody`() throws {
        let seed: UInt64 = 5
        let units = Self.units(60_000, seed: seed)
        let arms = [
            Split.Arm(name: "control", weight: share(5_000)), .init(name: "warm", weight: share(3_333)),
            .init(name: "plain", weight: share(1_667)),
        ]
        let whole = try Split(name: "greeting", arms: arms)
        let small = try Split(name: "greeting", arms: arms, coverage: share(1_000))
        var counts: [String: Int] = [:]
        var covered = 0
        for unit in units {
            let arm = try #require(whole.arm(for: unit))
            counts[arm.name, default: 0] += 1
            if let early = small.arm(for: unit) {
                covered += 1
                #expect(early == arm)
            }
        }
        for arm in arms {
            #expect(abs(Double(counts[arm.name] ?? 0) - arm.weight.fraction * 60_000) < 600, "seed \(seed)")
        }
        #expect(abs(covered - 6_000) < 350)
        #expect(throws: AssignmentProblem.noArms(split: "x")) { try Split(name: "x", arms: []) }
        #expect(throws: AssignmentProblem.weightsDoNotAddUp(split: "x", sum: 8_333)) {
            try Split(name: "x", arms: Array(arms.prefix(2)))
        }
    }

    @Test func `held-out units never meet an arm, and are recorded as held out`() throws {
        let half = share(5_000)
        let split = try Split(name: "tea", arms: [.init(name: "a", weight: half), .init(name: "b", weight: half)])
        let layer = try Layer(name: "home").adding("tea", share: half)
        let holdOut = HoldOut(name: "programme", share: share(1_000))
        let experiment = Experiment(split: split, holdOuts: [holdOut], layer: layer)
        let now = Instant(milliseconds: 0)
        var kinds: [String: Int] = [:]
        for unit in Self.units(20_000, seed: 6) {
            switch experiment.outcome(for: unit) {
            case .heldOut(let name):
                #expect(holdOut.contains(unit))
                #expect(experiment.exposure(of: unit, at: now)?.holdOut == name)
                #expect(experiment.exposure(of: unit, at: now)?.arm == nil)
                kinds["held", default: 0] += 1
            case .outsideLayer:
                #expect(!holdOut.contains(unit) && layer.experiment(for: unit) == nil)
                #expect(experiment.exposure(of: unit, at: now) == nil)
            case .arm(let arm):
                #expect(!holdOut.contains(unit) && layer.experiment(for: unit) == "tea")
                #expect(experiment.exposure(of: unit, at: now)?.propensity == 0.5)
                kinds[arm.name, default: 0] += 1
            case .notCovered: Issue.record("coverage is full")
            }
        }
        // Layer, hold-out and arms are drawn independently: 10 %, then 90 % × 50 % × 50 % each.
        #expect(abs((kinds["held"] ?? 0) - 2_000) < 200)
        #expect(abs((kinds["a"] ?? 0) - 4_500) < 300)
        #expect(abs((kinds["b"] ?? 0) - 4_500) < 300)
    }

    @Test func `shares are exact and bounded`() {
        #expect(BasisPoints(-1) == nil)
        #expect(BasisPoints(10_001) == nil)
        #expect(BasisPoints(fraction: 0.05)?.value == 500)
        #expect(BasisPoints(fraction: 1.01) == nil)
        #expect(BasisPoints(fraction: .nan) == nil)
        #expect((share(3_333) * share(5_000)).value == 1_666)
    }

    func share(_ value: Int) -> BasisPoints { BasisPoints(value) ?? .none }
}
