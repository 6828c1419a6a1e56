/// Keeps a graph model up to date: days are folded in as they end, and only the rows they touch are computed again.
public struct RP3Trainer: Sendable {
    public let model: RP3Beta
    public private(set) var neighbours: ItemNeighbours
    private var rows: [Interaction] = []
    private var stale: Set<Int32> = []
    private var users: Int
    private var items: Int

    public init(model: RP3Beta = RP3Beta(), users: Int = 0, items: Int = 0) {
        (self.model, self.users, self.items) = (model, users, items)
        neighbours = ItemNeighbours(rows: [])
    }

    /// Takes new interactions in. They count from the next ``train(everything:threads:progress:)`` on.
    public mutating func fold(_ day: [Interaction]) {
        for row in day {
            users = max(users, Int(row.user) + 1)
            items = max(items, Int(row.item) + 1)
            stale.insert(row.user)
        }
        rows += day
    }

    /// Computes rows anew and returns the model in force from then on.
    ///
    /// - Parameters:
    ///   - everything: all rows; otherwise those of items in the histories of users with something new. The others
    ///     keep weights from before, in which the popularity of their neighbours is slightly old: train everything once a
    ///     night.
    ///   - progress: the share done, from 0 to 1, about a hundred times.
    /// - Throws: `CancellationError` when the task was cancelled; the trainer is as it was before.
    @discardableResult
    public mutating func train(
        everything: Bool = false, threads: Int = 1, progress: (Double) -> Void = { _ in }
    ) throws -> ItemNeighbours {
        let interactions = Interactions(rows, users: users, items: items)
        let transposed = interactions.transposed
        var wanted = [Int32](0..<Int32(items))
        if !everything {
            var isTouched = [Bool](repeating: false, count: items)
            for user in stale {
                for item in interactions[Int(user)] { isTouched[Int(item)] = true }
            }
            wanted = wanted.filter { isTouched[Int($0)] }
        }
        var output = (0..<items).map { neighbours.stored($0) }
        let step = max(256, (wanted.count + 99) / 100)
        for start in stride(from: 0, to: wanted.count, by: step) {
            try Task.checkCancellation()
            let piece = Array(wanted[start..<min(start + step, wanted.count)])
            for (item, row) in zip(piece, model.rows(piece, interactions, transposed, threads: threads)) {
                output[Int(item)] = row
            }
            progress(Double(start + piece.count) / Double(wanted.count))
        }
        neighbours = ItemNeighbours(rows: output)
        stale = []
        return neighbours
    }
}
