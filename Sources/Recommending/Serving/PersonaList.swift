/// What a persona is offered: names in order, and nothing of how often.
public struct PersonaList: Sendable, Hashable, Codable {
    /// The best first.
    public let items: [Int32]

    /// - Parameters:
    ///   - counts: how often the persona took up each item; noise may have made some negative.
    ///   - everyone: the same over all personas.
    ///   - strength: how many interactions the taste of everyone is worth.
    ///   - limit: how many names.
    public init(counts: [Double], everyone: [Double], strength: Double, limit: Int) {
        let total = everyone.reduce(0) { $0 + max(0, $1) }
        let smoothed = counts.indices.map { item in
            let share = total > 0 && item < everyone.count ? max(0, everyone[item]) / total : 0
            return max(0, counts[item]) + strength * share
        }
        items = Array(
            smoothed.indices.filter { smoothed[$0] > 0 }.sorted { (-smoothed[$0], $0) < (-smoothed[$1], $1) }
                .prefix(limit).map { Int32($0) })
    }
}
