public import Catalogue

/// A persona as recommendations need it: subjects with weights, declared by an editor. Nobody's behaviour is in it.
public struct PersonaTopics: Sendable, Hashable {
    public var id: String
    /// Weights from 0, excluded, to 1.
    public var topics: [String: Double]

    public init(id: String, topics: [String: Double]) {
        self.id = id
        self.topics = topics
    }

    /// How far an item is about the persona's subjects, 0 to 1, and the subject that says most: the heaviest one, plus a
    /// quarter of each other.
    public func match(_ item: Item) -> (share: Double, topic: String)? {
        var best: (weight: Double, topic: String)?
        var sum = 0.0
        for topic in item.topics {
            guard let weight = topics[topic], weight > 0 else { continue }
            sum += weight
            if weight > best?.weight ?? 0 { best = (weight, topic) }
        }
        guard let best else { return nil }
        return (min(1, best.weight + (sum - best.weight) / 4), best.topic)
    }
}
