import Anonymity
import Foundation
import TestSupport
import Testing

struct CentroidsTests {
    private func centroids() throws -> Centroids {
        try Centroids(
            release: CentroidVectors.release, k: CentroidVectors.k, dimension: CentroidVectors.dimension,
            personas: CentroidVectors.personas)
    }

    @Test func cosinesAreThoseOfAnIndependentImplementationToTheBit() throws {
        let centroids = try centroids()
        for (history, expected) in CentroidVectors.cosines {
            #expect(centroids.cosines(history: history) == expected, "\(history)")
        }
    }

    @Test func assignmentsAreThoseOfAnIndependentImplementation() throws {
        let centroids = try centroids()
        for one in CentroidVectors.cases {
            let margin = try Centroids.Margin(thousandths: one.margin)
            let found = centroids.assign(history: one.history, current: one.current, margin: margin)
            #expect(found == one.expected, "\(one)")
        }
    }

    @Test func aDigestSealsTheJSON() throws {
        let centroids = try centroids()
        #expect(centroids.digest == CentroidVectors.digest)
        let json = try JSONEncoder().encode(centroids)
        #expect(try JSONDecoder().decode(Centroids.self, from: json) == centroids)
        let changed = String(decoding: json, as: UTF8.self).replacingOccurrences(of: "-1200", with: "-1201")
        #expect(throws: CohortProblem.wrongDigest) {
            try JSONDecoder().decode(Centroids.self, from: Data(changed.utf8))
        }
    }

    @Test func aMarginBelowFifteenHundredthsIsRefused() {
        #expect(throws: CohortProblem.outOfRange(field: "margin", least: 150, most: 2000)) {
            try Centroids.Margin(thousandths: 149)
        }
    }

    @Test func aSumThatWouldOverflowStays() throws {
        let space = try ItemSpace(vectors: [2047, -2047], dimension: 2)
        var history: [Int32] = [Centroids.largestHistory - 1, 1 - Centroids.largestHistory]
        space.add(item: 0, to: &history)
        #expect(history == [Centroids.largestHistory, -Centroids.largestHistory])
    }
}
