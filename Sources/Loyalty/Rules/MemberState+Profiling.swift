public import Primitives

/// A pause of profiling, as the pipeline needs to know it for each event: in a counter, so that loading, erasing and
/// back-up know it. What the member chose otherwise is `Personalisation`'s.
///
/// | Counter | Holds |
/// |---|---|
/// | `profiling/pause` | `granted`: until when, in milliseconds since 1970-01-01; nothing without a pause |
extension MemberState {
    static let pauseCounter = "profiling/pause"

    /// Whether nothing of what the member does is kept at the moment but points and days.
    public func isProfilingPaused(at now: Instant) -> Bool {
        counters[Self.pauseCounter].map { now.milliseconds < $0.granted } ?? false
    }

    /// - Parameter end: `nil` ends the pause.
    public mutating func pauseProfiling(until end: Instant?, into changes: inout Changes) {
        let granted = end?.milliseconds ?? 0
        guard granted != counters[Self.pauseCounter]?.granted ?? 0 else { return }
        counters[Self.pauseCounter] = end == nil ? .empty : Counter(granted: granted)
        changes.counters.insert(Self.pauseCounter)
    }
}
