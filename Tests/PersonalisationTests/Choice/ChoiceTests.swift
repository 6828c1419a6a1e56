import Loyalty
import Primitives
import Synchronization
import Testing

@testable import Personalisation

/// Which reward stands first: the decision, its probabilities, and what comes of learning.
@Suite struct ChoiceTests {
    private static let kinds = ["donation", "questions", "ticket"]

    private static func candidate(
        _ id: String, _ kind: String, topics: [String] = [], price: Int64 = 10, spendable: Int64 = 100,
        isOpen: Bool = true
    ) -> ChoiceCandidate {
        ChoiceCandidate(id: id, kind: kind, topics: topics, price: price, spendable: spendable, isOpen: isOpen)
    }

    private static let three = kinds.map { candidate("a-" + $0, $0) }

    /// A member for whom none of the three rests on the day.
    private static func reader(
        _ persona: String? = nil, topics: [String: Double] = [:], isHeldOut: Bool = false, day: Int32 = 20_000
    ) -> ChoiceReader {
        var reader = ChoiceReader(persona: persona, topics: topics, isHeldOut: isHeldOut, day: day, phase: 1)
        while three.indices.contains(where: { Choice.rests(place: $0, reader) }) { reader.phase += 1 }
        return reader
    }

    private static func arms(_ rates: [(persona: String?, kind: String, taken: Int64)], shown: Int64 = 1_000)
        -> ChoiceArms
    {
        var tallies: [ChoiceCell: ChoiceCount] = [:]
        for rate in rates {
            let cell = ChoiceCell(
                day: 20_000, arm: ChoiceArm(persona: rate.persona, kind: rate.kind), isHeldOut: false, bucket: 0)
            tallies[cell] = ChoiceCount(shown: shown, taken: rate.taken)
        }
        return ChoiceArms(tallies, on: 20_000)
    }

    private static let learned = arms([
        (nil, "donation", 20), (nil, "questions", 30), (nil, "ticket", 100), ("water", "donation", 200),
    ])

    private func decide(
        _ candidates: [ChoiceCandidate] = three, arms: ChoiceArms = learned, for reader: ChoiceReader = reader(),
        at level: PrivacyLevel = .personal, floor: Double = Choice.floor, seed: UInt64 = 7
    ) -> ChoiceDecision? {
        Choice.decide(candidates, for: reader, at: level, floor: floor, seed: seed, shares: Self.known(arms))
    }

    /// As the server does: probabilities are worked out once for many choices.
    private static func known(_ arms: ChoiceArms) -> ([String], String?) -> [Double] {
        { kinds, persona in
            let key = Key(arms: arms, kinds: kinds, persona: persona)
            if let shares = cache.withLock({ $0[key] }) { return shares }
            let shares = arms.shares(of: kinds, for: persona)
            cache.withLock { $0[key] = shares }
            return shares
        }
    }

    private struct Key: Hashable {
        var arms: ChoiceArms
        var kinds: [String]
        var persona: String?
    }

    private static let cache = Mutex<[Key: [Double]]>([:])

    @Test func nothingOutOfReachEverStandsFirst() throws {
        let candidates = [
            Self.candidate("dear", "ticket", price: 101), Self.candidate("shut", "ticket", isOpen: false),
            Self.candidate("fine", "donation", price: 100),
        ]
        for seed in 0..<500 as Range<UInt64> {
            let decision = try #require(decide(candidates, seed: seed))
            #expect(decision.id == "fine")
            #expect(decision.propensity == 1)
            #expect(decision.propensities == ["fine": 1])
        }
        #expect(decide(Array(candidates.prefix(2))) == nil)
        #expect(decide([]) == nil)
    }

    @Test(arguments: [0.02, 0.04, 0.05]) func theFloorIsKept(floor: Double) throws {
        // A kind that nobody takes, after very many first places, still has its share.
        let arms = Self.arms([(nil, "donation", 0), (nil, "questions", 10_000), (nil, "ticket", 10)], shown: 20_000)
        let decision = try #require(decide(arms: arms, floor: floor))
        #expect(abs(decision.propensities.values.reduce(0, +) - 1) < 1e-12)
        let least = try #require(decision.propensities["a-donation"])
        #expect(abs(least - floor / 3) < 1e-6, "the floor alone: \(least)")
        // Nobody can ask for none, or for chance alone.
        #expect(try #require(decide(arms: arms, floor: 0)).propensities["a-donation"]! >= 0.02 / 3 - 1e-12)
        #expect(try #require(decide(arms: arms, floor: 1)).propensities["a-questions"]! > 0.95)
    }

    @Test func whatIsLoggedIsHowOftenItHappens() throws {
        let (reader, seeds) = (Self.reader("water"), 10_000)
        var counts: [String: Int] = [:]
        var logged: [String: Double] = [:]
        for seed in 0..<UInt64(seeds) {
            let decision = try #require(decide(for: reader, seed: SplitMix64.seed(seed)))
            counts[decision.id, default: 0] += 1
            logged[decision.id] = decision.propensity
            #expect(decision.propensity == decision.propensities[decision.id])
        }
        for (id, propensity) in logged {
            let expected = propensity * Double(seeds)
            let spread = (expected * (1 - propensity)).squareRoot()
            #expect(abs(Double(counts[id] ?? 0) - expected) < 5 * spread + 1, "\(id)")
        }
    }

    @Test func rewardsOfAKindShareItsProbability() throws {
        let more = Self.three + [Self.candidate("b-ticket", "ticket")]
        var reader = Self.reader()
        while more.indices.contains(where: { Choice.rests(place: $0, reader) }) { reader.phase += 1 }
        let one = try #require(decide(for: reader))
        let two = try #require(decide(more, for: reader))
        #expect(two.propensities["a-ticket"] == two.propensities["b-ticket"])
        let share = (one.propensities["a-ticket"]! - Choice.floor / 3) / (1 - Choice.floor)
        let both = (2 * two.propensities["a-ticket"]! - Choice.floor / 2) / (1 - Choice.floor)
        #expect(abs(share - both) < 1e-12)
        for seed in 0..<50 as Range<UInt64> {
            let decision = try #require(decide(more, for: reader, seed: seed))
            let ofKind = more.filter { $0.kind == decision.arm.kind }.compactMap { decision.propensities[$0.id] }
            #expect(abs(decision.kindPropensity - ofKind.reduce(0, +)) < 1e-12)
        }
    }

    @Test func aLevelReadsWhatItMay() throws {
        var candidates = Self.three
        candidates[0].topics = ["opera"]
        let reader = Self.reader("water", topics: ["opera": 1])
        func decided(_ level: PrivacyLevel, _ reader: ChoiceReader) throws -> ChoiceDecision {
            try #require(decide(candidates, for: reader, at: level))
        }
        let nobody = Self.reader()
        for level in [PrivacyLevel.off, .session] {
            #expect(try decided(level, reader) == decided(.off, nobody), "\(level): the same as for everybody")
        }
        let persona = try decided(.persona, reader)
        #expect(persona.arm.persona == "water")
        #expect(try persona == decided(.persona, Self.reader("water")), "no subjects of their own")
        #expect(persona.propensities["a-donation"]! > 0.8, "that persona takes donations")
        let personal = try decided(.personal, reader)
        #expect(personal.propensities["a-donation"]! > persona.propensities["a-donation"]!)
        // Nobody else's subject raises anything.
        #expect(try decided(.personal, Self.reader("water", topics: ["film": 1])) == decided(.persona, reader))
    }

    @Test func theHeldOutGetEverythingAlike() throws {
        let decision = try #require(decide(for: Self.reader("water", topics: ["opera": 1], isHeldOut: true)))
        #expect(decision.isHeldOut)
        for share in decision.propensities.values { #expect(abs(share - 1.0 / 3) < 1e-12) }
    }

    @Test func theSameRewardRestsAfterSomeDays() throws {
        // A reward that all take would stand first every day.
        let arms = Self.arms([(nil, "ticket", 18_000), (nil, "donation", 0), (nil, "questions", 0)], shown: 20_000)
        for phase in 1...40 as ClosedRange<UInt64> {
            var (run, longest, last) = (0, 0, "")
            for day in -30..<120 as Range<Int32> {
                let reader = ChoiceReader(day: day, phase: phase)
                let decision = try #require(
                    decide(arms: arms, for: reader, seed: SplitMix64.seed(phase, UInt64(day + 30))))
                run = decision.id == last ? run + 1 : 1
                last = decision.id
                longest = max(longest, run)
            }
            #expect(longest <= Choice.mostDays, "phase \(phase)")
        }
        // Alone within reach, it stays.
        for day in 0..<10 as Range<Int32> {
            #expect(decide([Self.three[0]], for: ChoiceReader(day: day, phase: 3))?.id == "a-donation")
        }
    }

    @Test func whatWasSeenLongAgoCountsForLess() throws {
        let cell = ChoiceCell(day: 100, arm: ChoiceArm(kind: "ticket"), isHeldOut: false, bucket: 3)
        let arms = ChoiceArms([cell: ChoiceCount(shown: 80, taken: 8)], on: 128)
        let count = try #require(arms.counts[cell.arm])
        #expect(abs(count.shown - 40) < 1e-9)
        #expect(abs(count.taken - 4) < 1e-9)
    }

    // MARK: Learning

    /// Members who take a kind at a rate of their persona; each of them looks once.
    private struct Town {
        var rates: [String: [String: Double]]
        var tallies: [ChoiceCell: ChoiceCount] = [:]
        var random: SplitMix64
        var day: Int32 = 20_000
        /// What is applied: learned anew after every so many looks.
        var shares: [String: [Double]] = [:]
        var looks = 0

        mutating func look(_ persona: String?, heldOut: Bool = false) -> ChoiceDecision? {
            let reader = ChoiceReader(
                persona: persona, isHeldOut: heldOut, day: day, phase: random.next())
            if looks.isMultiple(of: 100) { shares = [:] }
            looks += 1
            let decided = Choice.decide(ChoiceTests.three, for: reader, at: .persona, seed: random.next()) {
                kinds, persona in
                let key = (kinds + [persona ?? ""]).joined(separator: "/")
                if let known = shares[key] { return known }
                let found = ChoiceArms(tallies, on: day).shares(of: kinds, for: persona)
                shares[key] = found
                return found
            }
            guard let decision = decided else { return nil }
            let cell = ChoiceCell(day: day, decision)
            tallies[cell, default: ChoiceCount()] += .shown(decision.kindPropensity)
            let rate = rates[persona ?? ""]?[decision.arm.kind] ?? 0
            if Double(random.next() >> 11) / 9_007_199_254_740_992 < rate {
                tallies[cell, default: ChoiceCount()] += .taken(decision.kindPropensity)
            }
            return decision
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func itShiftsToWhatIsTaken(seed: UInt64) throws {
        var town = Town(
            rates: [
                "": ["donation": 0.02, "questions": 0.04, "ticket": 0.15],
                "water": ["donation": 0.2, "questions": 0.04, "ticket": 0.02],
            ], random: SplitMix64(seed: seed))
        var last: [String: [String: Int]] = [:]
        let looks = 3_000
        for number in 0..<looks {
            let persona: String? = number.isMultiple(of: 2) ? nil : "water"
            let looked = town.look(persona)
            let decision = try #require(looked)
            if number >= looks - 1_000 { last[persona ?? "", default: [:]][decision.arm.kind, default: 0] += 1 }
        }
        // Among the last 500 of each. Those who rest, one day in seven, and the floor keep it below all of them.
        #expect(last[""]?["ticket", default: 0] ?? 0 > 325, "seed \(seed): \(last)")
        #expect(last["water"]?["donation", default: 0] ?? 0 > 325, "seed \(seed): \(last)")
        for kinds in last.values {
            #expect(kinds.count == 3, "seed \(seed): nothing is given up")
        }
    }

    @Test func theLogTellsWhatWouldHaveBeen() throws {
        // "questions" are taken by everybody alike; "ticket" by half of the town. What is learned shows tickets to those who
        // take them, so that the plain share of what was shown says too much.
        var town = Town(
            rates: [
                "river": ["donation": 0.01, "questions": 0.05, "ticket": 0.30],
                "water": ["donation": 0.25, "questions": 0.05, "ticket": 0.02],
            ], random: SplitMix64(seed: 11))
        for number in 0..<8_000 {
            _ = town.look(number.isMultiple(of: 2) ? "river" : "water", heldOut: number % 20 == 7)
        }
        let tickets = town.tallies.filter { $0.key.arm.kind == "ticket" }.values.reduce(ChoiceCount(), +)
        let plain = Double(tickets.taken) / Double(tickets.shown)
        let corrected = try #require(town.tallies.selfNormalisedRate(of: "ticket"))
        // The truth over the town: (0.30 + 0.02) / 2.
        #expect(plain > 0.24, "plain \(plain)")
        #expect(abs(corrected - 0.16) < 0.035, "corrected \(corrected)")
        #expect(town.tallies.selfNormalisedRate(of: "credit") == nil)
    }
}
