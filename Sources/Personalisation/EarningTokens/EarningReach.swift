public import Loyalty
public import Primitives
public import Storage

/// How many members earn each class on each day, whichever way: what decides whether tokens of it hide anybody.
public struct EarningReach: Sendable, Hashable {
    /// At least so many members, on each of the days looked at; never less, whatever a programme would like.
    public static let k = 100
    /// So many whole days before today.
    public static let days: Int32 = 3

    /// The least of the days, by class.
    public let members: [String: Int]

    /// A class is open when no day had too few.
    public func isOpen(_ classID: String, k: Int = k) -> Bool { (members[classID] ?? 0) >= k }

    /// A pure function of the counters of members.
    ///
    /// - Parameters:
    ///   - counters: one per member and name.
    ///   - today: itself it is not over and does not count.
    public init(
        _ classes: [EarningClass], counters: some Sequence<(name: String, counter: Counter)>, today: Int32
    ) {
        var byName: [String: [Int]] = [:]
        for (index, one) in classes.enumerated() { byName[one.counter.name, default: []].append(index) }
        let days = today - Self.days..<today
        var counts = Array(repeating: Array(repeating: 0, count: Int(Self.days)), count: classes.count)
        for (name, counter) in counters {
            for index in byName[name] ?? [] {
                let slot = classes[index].counter.slot
                var seen: Set<Int32> = []
                for mark in counter.marks where days.contains(mark.day) && (slot == nil || slot == mark.slot) {
                    seen.insert(mark.day)
                }
                for day in seen { counts[index][Int(day - days.lowerBound)] += 1 }
            }
        }
        members = Dictionary(
            zip(classes.map(\.id), counts.map { $0.min() ?? 0 }), uniquingKeysWith: { first, _ in first })
    }

    /// Reads every member's counters of these classes, a part at a time.
    ///
    /// - Complexity: O(counters of the programme); meant for once a day.
    public static func read(
        _ classes: [EarningClass], of programme: ProgrammeID, today: Int32, from database: any Database
    ) async throws -> EarningReach {
        var members: [String: Int] = [:]
        for name in Set(classes.map(\.counter.name)).sorted() {
            let own = classes.filter { $0.counter.name == name }
            let part = try await database.read { connection in
                let counters = try connection.query(
                    "SELECT marks FROM counter WHERE programme_id = ? AND name = ?",
                    [.programme(programme), .text(name)]
                ).compactMap { row in
                    Counter(encodedMarks: try row.blob(0), granted: 0, refused: 0).map { (name: name, counter: $0) }
                }
                return EarningReach(own, counters: counters, today: today)
            }
            members.merge(part.members) { first, _ in first }
        }
        return EarningReach(members: members)
    }

    private init(members: [String: Int]) { self.members = members }
}
