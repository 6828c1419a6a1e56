import Foundation

/// Neighbours from what items are about, for items nobody has taken up yet: hashed topics and words of titles, weighted
/// by rarity, compared by cosine. Topics are the same in all languages, so neighbours cross languages by them alone.
public struct TopicSimilarity: Sendable, Hashable {
    public struct Document: Sendable, Hashable {
        public var topics: [String]
        public var title: String
        /// A language tag, such as `nl` or `ja-JP`.
        public var language: String

        public init(topics: [String], title: String, language: String) {
            (self.topics, self.title, self.language) = (topics, title, language)
        }
    }

    public var neighbours: Int
    /// How much more a topic counts than a word.
    public var topicWeight: Double

    public init(neighbours: Int = 100, topicWeight: Double = 2) {
        (self.neighbours, self.topicWeight) = (neighbours, topicWeight)
    }

    /// The rows of all documents; each sums to one.
    public func fit(_ documents: [Document]) -> ItemNeighbours {
        var vectors = documents.map(features)
        var occurrences: [UInt32: Int] = [:]
        for vector in vectors { for (feature, _) in vector { occurrences[feature, default: 0] += 1 } }
        var postings: [UInt32: [(document: Int32, weight: Float)]] = [:]
        for index in vectors.indices {
            var length = 0.0
            for place in vectors[index].indices {
                let seen = Double(occurrences[vectors[index][place].feature] ?? 1)
                vectors[index][place].weight *= log(1 + Double(documents.count) / seen)
                length += vectors[index][place].weight * vectors[index][place].weight
            }
            for (feature, weight) in vectors[index] {
                postings[feature, default: []].append((Int32(index), Float(weight / length.squareRoot())))
            }
        }
        var sums = [Float](repeating: 0, count: documents.count)
        var touched: [Int32] = []
        var top = TopSelection()
        return ItemNeighbours(
            rows: vectors.indices.map { index in
                touched.removeAll(keepingCapacity: true)
                top.removeAll()
                for (feature, weight) in vectors[index] {
                    for (other, otherWeight) in postings[feature] ?? [] {
                        if sums[Int(other)] == 0 { touched.append(other) }
                        sums[Int(other)] += Float(weight) * otherWeight
                    }
                }
                for other in touched {
                    if Int(other) != index { top.append(size: sums[Int(other)], item: other) }
                    sums[Int(other)] = 0
                }
                top.keep(neighbours)
                let total = top.entries.reduce(Float(0)) { $0 + $1.size }
                return top.entries.map { ($0.item, $0.size / total) }
            })
    }

    /// The hashed features of a document, each once, in the order of their hashes.
    func features(_ document: Document) -> [(feature: UInt32, weight: Double)] {
        var weights: [UInt32: Double] = [:]
        for topic in document.topics { weights[Self.hash("t:" + topic.lowercased())] = topicWeight }
        for word in Self.words(document.title, language: document.language) { weights[Self.hash("w:" + word)] = 1 }
        return weights.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Words of at least three letters; for Japanese, which has no spaces, pairs of neighbouring characters.
    static func words(_ title: String, language: String) -> [String] {
        let runs = title.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard language == "ja" || language.hasPrefix("ja-") else {
            return runs.filter { $0.count >= 3 }.map { String($0) }
        }
        return runs.flatMap { run in zip(run, run.dropFirst()).map { String([$0, $1]) } }
    }

    /// FNV-1a, folded to 20 bits.
    private static func hash(_ text: String) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return (hash >> 20) ^ (hash & 0xF_FFFF)
    }
}
