import Primitives
import Recommending
import Testing

@testable import stamgast

/// `evaluate quality` per level on a made-up readership in which taste decides.
@Suite struct LevelEvaluationTests {
    static let seed: UInt64 = 0x5EED_E2

    @Test("Personas keep most of what personal lists gain over popularity, and no figure stands without its privacy")
    func levels() throws {
        print("Made-up readership from seed \(Self.seed).")
        var terms = LevelEvaluation.Terms()
        terms.ks = [20]
        terms.deviceKs = [20]
        terms.epsilons = [1, 16]
        terms.matrixItems = 60
        terms.prequential = false
        terms.dimension = 8
        terms.seed = Self.seed
        let evaluation = try LevelEvaluation(EvaluationWorld.make(members: 400, seed: Self.seed), terms: terms)
        let table = try #require(evaluation.tables.first { $0.method == .hidden })
        func row(_ level: String, _ epsilon: Double? = nil) throws -> LevelEvaluation.Row {
            try #require(table.rows.first { $0.level == level && $0.epsilon == epsilon })
        }
        #expect(try row("personal").gainKept == 1 && row("off").gainKept == 0)
        #expect(try row("personal").ndcg > row("off").ndcg * 1.2)
        #expect(try row("persona list").gainKept > 0.5)
        #expect(try row("persona + device, matrix without noise").retained > 0.9)
        #expect(try row("persona + device, released matrix", 16).privacy.contains("N 400"))
        for row in evaluation.tables.flatMap(\.rows) {
            #expect(!row.privacy.isEmpty && row.quartiles.count == 4)
        }
    }

    @Test("A released matrix with little noise is the exact one in length-one contributions; with much it is sparser")
    func releasedMatrix() throws {
        // Members who have 0 and 1, or 2 and 3.
        let rows = (0..<400).flatMap { user -> [Interaction] in
            let first = Int32(user % 2 == 0 ? 0 : 2)
            return [
                Interaction(user: Int32(user), item: first, time: 0),
                Interaction(user: Int32(user), item: first + 1, time: 1),
            ]
        }
        let interactions = Interactions(rows, users: 400, items: 5)
        var random = Xoshiro256(seed: Self.seed)
        let matrix = try ReleasedMatrix.make(interactions, items: [0, 1, 2, 3, 4], rho: 100_000, using: &random)
        #expect(matrix.row(0).first?.item == 1 && matrix.row(3).first?.item == 2)
        #expect((matrix.row(0).first?.weight ?? 0) > 0.99)
        // Once more with the same pair by one member alone: nothing of it is above the noise.
        let alone = Interactions(Array(rows.prefix(2)), users: 1, items: 5)
        let hidden = try ReleasedMatrix.make(alone, items: [0, 1, 2, 3, 4], rho: 10, using: &random)
        #expect(hidden.row(0).allSatisfy { $0.weight.isFinite })
    }

    @Test("The device ranks the candidates and nothing else")
    func device() {
        let matrix = ItemNeighbours(rows: [[(item: 2, weight: 1)], [], [], []])
        let ranked = DeviceRanker(matrix: matrix, weight: 1).rank(
            [1, 2, 3], history: [0], popularity: [9, 1, 1, 1], factor: 1, limit: 10)
        #expect(ranked == [2, 1, 3])
    }
}
