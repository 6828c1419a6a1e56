import Foundation
import Primitives
import Recommending
import TestSupport

@testable import stamgast

/// A made-up readership in which taste decides: each member reads mostly one of a few topics.
enum EvaluationWorld {
    static let topics = ["crime", "music", "nature", "war"]

    static func make(members: Int, items: Int = 240, seed: UInt64) -> EvaluationData {
        var random = SeededRandom(seed: seed)
        var rows: [(user: String, item: String, time: Int64)] = []
        for member in 0..<members {
            let topic = Int.random(in: 0..<topics.count, using: &random)
            var seen: Set<Int> = []
            while seen.count < 12 {
                let item = Int.random(in: 0..<items, using: &random)
                let fits = item % topics.count == topic || Int.random(in: 0..<5, using: &random) == 0
                guard fits, seen.insert(item).inserted else { continue }
                // Sixty days.
                rows.append(("\(member)", "i\(item)", Int64.random(in: 0..<60 * 86_400, using: &random)))
            }
        }
        let films = Dictionary(uniqueKeysWithValues: (0..<items).map { ("i\($0)", [topics[$0 % topics.count]]) })
        return EvaluationData(rows: RatedRows(rows), films: films)
    }
}
