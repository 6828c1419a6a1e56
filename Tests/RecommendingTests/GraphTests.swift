import TestSupport
import Testing

@testable import Recommending

@Suite struct GraphTests {
    private func matrix(_ pairs: [(Int32, Int32)], users: Int, items: Int) -> Interactions {
        Interactions(
            pairs.enumerated().map { Interaction(user: $1.0, item: $1.1, time: Int64($0)) }, users: users, items: items)
    }

    @Test func rowsKeepEachItemOnceInTheOrderOfTheLastTime() {
        let rows = [(0, 2, 30), (1, 0, 5), (0, 1, 10), (0, 2, 1), (0, 0, 20)].map {
            Interaction(user: $0.0, item: $0.1, time: $0.2)
        }
        let interactions = Interactions(rows, users: 3, items: 3)
        #expect(Array(interactions[0]) == [1, 0, 2])
        #expect(Array(interactions[1]) == [0])
        #expect(interactions[2].isEmpty)
        #expect(Array(interactions.transposed[0]) == [0, 1])
        #expect(interactions.transposed.transposed.count == interactions.count)
    }

    /// By hand: users {0,1}, {0,1,2}, {2,3}; α 1, β 0, K 1 of row 0 keeps item 1 with all the weight; with K 2 the row
    /// is 1/2 + 1/3 against 1/3, over their sum 7/6.
    @Test func rp3KeepsTheLargestAndThenNormalises() {
        let interactions = matrix([(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3)], users: 3, items: 4)
        let one = RP3Beta(alpha: 1, beta: 0, neighbours: 1).fit(interactions)
        #expect(one.row(0).map(\.item) == [1])
        #expect(one.row(0).map(\.weight) == [1])
        let two = RP3Beta(alpha: 1, beta: 0, neighbours: 2).fit(interactions, threads: 2)
        #expect(two.row(0).map(\.item) == [1, 2])
        #expect(abs(two.row(0)[0].weight - 5.0 / 7) < 1e-6)
        #expect(abs(two.row(0)[1].weight - 2.0 / 7) < 1e-6)
        // β 1 divides item 1 by its two users, item 2 by its two: the same row; item 3 of row 2 by one.
        let held = RP3Beta(alpha: 1, beta: 1, neighbours: 3).fit(interactions)
        #expect(held.row(2).map(\.item) == [3, 0, 1])
        #expect(abs(held.row(2)[0].weight - 0.6) < 1e-6)
    }

    /// R = [[1,1],[0,1]], λ 1: RᵀR + λI = [[2,1],[1,3]], P = [[3,-1],[-1,2]]/5, B01 = 1/2, B10 = 1/3.
    @Test func easeEqualsTheInverseByHand() {
        let rows = EASE(ridge: 1, neighbours: 5).fit(matrix([(0, 0), (0, 1), (1, 1)], users: 2, items: 2))
        #expect(rows.row(0).map(\.item) == [1])
        #expect(abs(rows.row(0)[0].weight - 1.0 / 2) < 1e-6)
        #expect(abs(rows.row(1)[0].weight - 1.0 / 3) < 1e-6)
    }

    @Test(arguments: [1, 63, 64, 65, 130])
    func theInverseTimesTheMatrixIsTheIdentity(size: Int) {
        var random = SeededRandom(seed: UInt64(size))
        var matrix = SymmetricMatrix(size: size)
        for row in 0..<size {
            for column in 0..<row { matrix[row, column] = Float.random(in: -1...1, using: &random) }
            matrix[row, row] = Float(size) + 2
        }
        var inverse = matrix
        inverse.invert(threads: 2)
        var worst: Float = 0
        for row in 0..<size {
            for column in 0..<size {
                var sum: Float = row == column ? -1 : 0
                for k in 0..<size {
                    sum += matrix[max(row, k), min(row, k)] * inverse[max(k, column), min(k, column)]
                }
                worst = max(worst, abs(sum))
            }
        }
        #expect(worst < 1e-4, "seed \(size)")
    }

    @Test func bytesComeBackAndDamageIsRefused() throws {
        let interactions = matrix([(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3)], users: 3, items: 4)
        let rows = RP3Beta(neighbours: 3).fit(interactions)
        #expect(try ItemNeighbours(bytes: rows.bytes) == rows)
        #expect(throws: ItemNeighbours.Problem.truncated) { try ItemNeighbours(bytes: rows.bytes.dropLast()) }
        #expect(throws: ItemNeighbours.Problem.notNeighbours) { try ItemNeighbours(bytes: [1, 2, 3]) }
        var damaged = rows.bytes
        damaged[12 + 4 * (rows.count + 1) + 3] = 0x7F
        #expect(throws: ItemNeighbours.Problem.inconsistent) { try ItemNeighbours(bytes: damaged) }
    }

    @Test func daysFoldedInTrainToTheSameAsAllAtOnce() async throws {
        var random = SeededRandom(seed: 11)
        let rows = (0..<600).map {
            Interaction(
                user: Int32.random(in: 0..<40, using: &random), item: Int32.random(in: 0..<30, using: &random),
                time: Int64($0))
        }
        var trainer = RP3Trainer(model: RP3Beta(beta: 0, neighbours: 30))
        for day in stride(from: 0, to: 600, by: 60) {
            trainer.fold(Array(rows[day..<day + 60]))
            try trainer.train()
        }
        var shares: [Double] = []
        let folded = trainer.neighbours
        let whole = try trainer.train(everything: true) { shares.append($0) }
        #expect(shares.last == 1)
        // Without β a row depends on nothing but the users of its item, so untouched rows are exact; seed 11.
        #expect(folded == whole)
        let copy = trainer
        let cancelled = Task {
            var trainer = copy
            withUnsafeCurrentTask { $0?.cancel() }
            try trainer.train(everything: true)
        }
        await #expect(throws: CancellationError.self) { try await cancelled.value }
    }
}
