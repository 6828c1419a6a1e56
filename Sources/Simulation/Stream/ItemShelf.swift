import Primitives

/// What can be read on one day, arranged for fast choice: by kind and topic, recent and good things first.
struct ItemShelf {
    /// One row for each kind (article, video, episode) and topic; all rows' items one after another.
    private let tables: WeightedRows
    private let items: [Int16]
    /// Evenings that take place on the day.
    let evenings: [Int16]
    let letters: [Int16]

    init(house: MediaHouse, day: Int) {
        let end = Int64(day + 1) * 86_400_000
        var items = [[Int16]](repeating: [], count: 36)
        var weights = [[Double]](repeating: [], count: 36)
        var evenings: [Int16] = []
        var letters: [Int16] = []
        for (position, item) in house.items.enumerated() {
            if item.kind == .event, let time = item.takesPlaceAt, Population.day(of: time) == day {
                evenings.append(Int16(position))
            }
            guard item.publishedAt.milliseconds < end else { continue }
            if item.kind == .newsletter { letters.append(Int16(position)) }
            guard let kind = Self.row(item.kind) else { continue }
            let age = Double(end - item.publishedAt.milliseconds) / 86_400_000
            // Interest halves every three days and never quite ends.
            let recency = Self.halving(age / 3) + 0.02
            for (place, topic) in item.topics.enumerated() {
                items[kind * 12 + topic.index].append(Int16(position))
                weights[kind * 12 + topic.index].append(item.appeal * recency * (place == 0 ? 1 : 0.4))
            }
        }
        tables = WeightedRows(weights)
        self.items = Array(items.joined())
        self.evenings = evenings
        self.letters = letters
    }

    private static func row(_ kind: MediaItem.Kind) -> Int? {
        switch kind {
        case .article: 0
        case .video: 1
        case .episode: 2
        case .podcast, .event, .newsletter: nil
        }
    }

    /// 2^-x, stepwise, without the mathematics library.
    private static func halving(_ x: Double) -> Double {
        var value = 1.0
        var rest = x
        while rest >= 1, value > 1e-9 {
            value /= 2
            rest -= 1
        }
        return value * (1 - rest / 2)
    }

    /// - Parameter row: 0 article, 1 video, 2 episode.
    func pick(row: Int, topic: Int, using random: inout SplitMix64) -> Int16? {
        tables.pick(row * 12 + topic, using: &random).map { items[$0] }
    }
}
