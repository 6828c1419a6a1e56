import Synchronization

/// What of the Segment API was not used: nobody is told in the answers, so it is counted.
final class SegmentMetrics: Sendable {
    enum Outcome: String, CaseIterable {
        /// A message that became an event, or a link between two identifiers.
        case taken
        /// `page`, `screen` and `group` that the programme does not declare.
        case ignored
        /// A message that names nobody or says nothing.
        case refused
        /// An event of a page that named a user without proving it, and was taken as the visitor's.
        case unproven
        /// A property that the event type does not declare.
        case droppedProperty = "dropped_property"
        /// A trait that neither the programme nor the vault has a place for.
        case droppedTrait = "dropped_trait"
    }

    private let counts: Mutex<[Outcome: Int64]> = Mutex([:])

    func add(_ outcome: Outcome, _ count: Int = 1) {
        guard count > 0 else { return }
        counts.withLock { $0[outcome, default: 0] += Int64(count) }
    }

    subscript(outcome: Outcome) -> Int64 { counts.withLock { $0[outcome] ?? 0 } }

    var totals: [(name: String, labels: String, value: Int64)] {
        Outcome.allCases.map { ("stamgast_segment_total", "outcome=\"\($0.rawValue)\"", self[$0]) }
    }
}
