import Foundation
import Testing

@testable import Anonymity

/// The arithmetic of personas, on the vectors that the browser's module is held against too (checks/device_vectors.json).
@Suite struct DevicePersonaTests {
    private struct Vectors: Decodable {
        struct Case: Decodable {
            var name: String
            var centres: [[Int32]]
            var history: [Int32]
            var current: Int?
            var margin: Int
            var persona: Int?
        }

        var cases: [Case]
    }

    @Test func aBrowserAndTheServerComeToTheSamePersona() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("checks/device_vectors.json")
        let vectors = try JSONDecoder().decode(Vectors.self, from: try Data(contentsOf: file))
        #expect(vectors.cases.count == 120)
        for one in vectors.cases {
            let centroids = try Centroids(
                release: 1, k: 20, dimension: one.history.count,
                personas: one.centres.enumerated().map { place, vector in
                    Centroids.Persona(id: "p\(place)", parent: "all", vector: vector)
                })
            let persona = centroids.assign(
                history: one.history, current: one.current, margin: try .init(thousandths: one.margin))
            #expect(persona == one.persona, "\(one.name)")
        }
    }
}
