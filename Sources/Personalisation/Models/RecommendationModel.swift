public import Catalogue
public import Primitives
public import Recommending

/// What was learned for one programme, as it is held in memory and kept on disk: items, and which were read by the same
/// members. It has no place for a member.
public struct RecommendationModel: Sendable, Hashable {
    /// The fewest members that a row, and each entry of it, rests on: what a few did must not be read from a list, also not
    /// by somebody who makes up a few members (guarantee G2 of the reference on privacy). A programme too small for it has
    /// no such rows: subjects, popularity and the editors carry its lists.
    public static let leastReaders = 100

    /// The items of the rows, in order.
    public let items: [ItemID]
    /// An item's row holds what else its readers chose.
    public let beside: ItemNeighbours
    public let trainedAt: Instant
    /// How many members' histories it was trained on.
    public let readers: Int
    /// How many readings, each of an item by a member once.
    public let readings: Int
    private let places: [ItemID: Int]

    public static let empty = RecommendationModel(
        items: [], beside: ItemNeighbours(rows: []), trainedAt: .earliest, readers: 0, readings: 0)

    public init(items: [ItemID], beside: ItemNeighbours, trainedAt: Instant, readers: Int, readings: Int) {
        self.items = items
        self.beside = beside
        self.trainedAt = trainedAt
        self.readers = readers
        self.readings = readings
        var places = [ItemID: Int](minimumCapacity: items.count)
        for (place, item) in items.enumerated() { places[item] = place }
        self.places = places
    }

    public func place(of item: ItemID) -> Int? { places[item] }

    /// Whether an item has a row from readings; others are recommended by subject, popularity and hand alone.
    public func knows(_ item: ItemID) -> Bool { places[item].map { !beside.row($0).isEmpty } ?? false }

    /// Trains on what members read: `α` 0.8, `β` 0.4 (reference analytics.md section 3), rows and entries with at least
    /// `least` members each.
    ///
    /// - Complexity: O(Σ over items of the readings of its readers), twice.
    public static func trained(
        on readings: Readings, neighbours: Int = 100, least: Int = leastReaders, now: Instant
    ) -> RecommendationModel {
        let interactions = readings.interactions
        let rows = RP3Beta(neighbours: neighbours).fit(interactions)
        return RecommendationModel(
            items: readings.items, beside: supported(rows, by: interactions, least), trainedAt: now,
            readers: readings.readers, readings: interactions.count)
    }

    /// The entries that enough members stand behind, in rows that sum to one again.
    private static func supported(
        _ rows: ItemNeighbours, by interactions: Interactions, _ least: Int
    ) -> ItemNeighbours {
        let readers = interactions.transposed
        var counts = [Int32](repeating: 0, count: interactions.items)
        var kept: [[(item: Int32, weight: Float)]] = []
        kept.reserveCapacity(rows.count)
        for item in 0..<rows.count {
            guard readers[item].count >= least else {
                kept.append([])
                continue
            }
            for reader in readers[item] { for other in interactions[Int(reader)] { counts[Int(other)] += 1 } }
            let row = rows.row(item).filter { counts[Int($0.item)] >= least }
            for reader in readers[item] { for other in interactions[Int(reader)] { counts[Int(other)] = 0 } }
            let sum = row.reduce(Float(0)) { $0 + $1.weight }
            kept.append(row.map { ($0.item, $0.weight / sum) })
        }
        return ItemNeighbours(rows: kept)
    }
}

/// What members read, gathered for one training and then let go of: members are numbers in the order in which they came.
public struct Readings: Sendable {
    /// The most readings of one member that count, the latest.
    public static let mostPerReader = 200

    public private(set) var items: [ItemID] = []
    public private(set) var readers = 0
    private var places: [ItemID: Int32] = [:]
    private var rows: [Interaction] = []

    public init() {}

    /// Adds one member's readings.
    ///
    /// - Parameter readings: in any order; of repeated ones the last counts.
    public mutating func add(_ readings: some Collection<(item: ItemID, at: Instant)>) {
        guard !readings.isEmpty, readers < Int(Int32.max) else { return }
        for reading in readings.sorted(by: { $0.at < $1.at }).suffix(Self.mostPerReader) {
            let place: Int32
            if let known = places[reading.item] {
                place = known
            } else {
                place = Int32(items.count)
                places[reading.item] = place
                items.append(reading.item)
            }
            rows.append(Interaction(user: Int32(readers), item: place, time: reading.at.seconds))
        }
        readers += 1
    }

    var interactions: Interactions { Interactions(rows, users: readers, items: items.count) }
}
