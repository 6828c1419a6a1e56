import Primitives
import Testing

@testable import stamgast

/// Every attack of `evaluate privacy` on a small made-up readership: it bites without protection and misses with it.
@Suite struct PrivacyEvaluationTests {
    static let seed: UInt64 = 0x5EED_E1

    private static func evaluation(members: Int = 500) throws -> PrivacyEvaluation {
        var terms = PrivacyEvaluation.Terms()
        terms.ks = [20]
        terms.sensitive = ["war"]
        terms.epsilons = [1, 8]
        terms.linkageTrials = 100
        terms.knownItems = [4, 8]
        terms.withoutMostPopular = 10
        terms.tracedCohorts = 6
        terms.voteDraws = 500
        terms.leastHistory = 12
        terms.shadowSeeds = 1
        terms.dimension = 8
        terms.seed = seed
        // Members with ten items or fewer are the rest that vectors of items are learned from.
        let world = EvaluationWorld.make(members: members, seed: seed)
        return try PrivacyEvaluation(world, terms: terms)
    }

    @Test("Each attack succeeds on what is unprotected and stays within its bound on what is published")
    func attacksBite() throws {
        print("Made-up readership from seed \(Self.seed).")
        let evaluation = try Self.evaluation()
        func rows(_ guarantee: String, _ words: String) throws -> [PrivacyEvaluation.Row] {
            let found = evaluation.rows.filter { $0.guarantee == guarantee && $0.measure.contains(words) }
            try #require(!found.isEmpty, "\(guarantee) \(words)")
            return found
        }
        let group = try rows("G2", "smallest group")[0]
        #expect(group.passes == true)
        #expect(try rows("G2", "share of members in groups")[0].passes == true)
        #expect(try rows("G2", "complement")[0].passes == true)
        let gap = try rows("G3", "that is shown")[0]
        #expect(gap.passes == true && (gap.unprotected ?? 0) > 0.3, "\(gap)")
        for traced in try rows("G4", "tracing AUC at") {
            #expect(traced.passes == true && (traced.unprotected ?? 0) > 0.7, "\(traced)")
        }
        #expect(try rows("G4", "ρ of a weekly")[0].passes == true)
        for linked in try rows("G6", "linkage") {
            #expect(linked.passes == true && (linked.unprotected ?? 0) > 0.5, "\(linked)")
        }
        let times = try rows("G8", "an hour, the attacker knows")[0]
        #expect((times.unprotected ?? 0) > 0.99 && times.measured > 0.5)
        #expect(try rows("G8", "a week, as the ledger is")[0].passes == true)
        let sequences = try rows("G5", "unique")[0]
        #expect(sequences.measured <= (sequences.unprotected ?? 0), "\(sequences)")
    }

    @Test("The same seed gives the same table, and every row is in the JSON with its verdict")
    func repeatable() throws {
        let (first, second) = (try Self.evaluation(members: 300), try Self.evaluation(members: 300))
        #expect(first.rows.map(PrivacyEvaluation.line) == second.rows.map(PrivacyEvaluation.line))
        let json = first.json
        #expect(json["rows"]?.arrayValue?.count == first.rows.count)
        for (row, value) in zip(first.rows, json["rows"]?.arrayValue ?? []) {
            let verdict: JSONValue? = row.passes.map { .bool($0) }
            #expect(value["passes"] == verdict)
        }
        for guarantee in ["G1", "G9", "G10"] {
            #expect(json["shownByTests"]?.arrayValue?.contains { $0["guarantee"] == .string(guarantee) } == true)
        }
    }

    @Test("Fewer members than k are refused, and k is never lowered")
    func tooFew() {
        var terms = PrivacyEvaluation.Terms()
        terms.ks = [200]
        #expect(throws: (any Error).self) {
            try PrivacyEvaluation(EvaluationWorld.make(members: 60, seed: Self.seed), terms: terms)
        }
    }

    @Test("ρ is the most that an ε buys")
    func rhoOfEpsilon() {
        // Reference 4.3 at δ = 1e-6: ρ .02 is ε .8999, ρ 1 is ε 7.7662.
        #expect(PrivacyEvaluation.rho(epsilon: 0.9, delta: 1e-6) == 200)
        #expect(PrivacyEvaluation.rho(epsilon: 7.7663, delta: 1e-6) == 10_000)
    }
}
