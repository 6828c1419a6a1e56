public import Loyalty
public import Primitives
import Synchronization

/// What happened, for those who are looking: a member's own effects, or a programme's stream without members and items.
public struct LiveUpdate: Sendable {
    /// Rises by one per update of this process; resuming asks for those after a number.
    public var sequence: UInt64
    public var programme: ProgrammeID
    public var member: MemberID
    public var eventType: String
    public var effects: [AppliedEffect]
    public var status: String
    public var at: Instant
}

/// Spreads committed changes to open streams. It forgets: what a stream misses, it reads from the store.
public final class LiveHub: Sendable {
    /// The most updates that a slow reader lags behind before the oldest are dropped.
    public static let backlog = 256
    /// The most streams at once; beyond it the oldest page simply reloads.
    public static let maximumStreams = 20_000
    /// How many updates are kept for streams that resume.
    public static let memory = 1_024

    private struct MemberStream {
        var programme: ProgrammeID
        var continuation: AsyncStream<LiveUpdate>.Continuation
    }

    private struct State {
        var next: UInt64 = 1
        var nextStream: UInt64 = 0
        var recent: [LiveUpdate] = []
        var members: [MemberID: [UInt64: MemberStream]] = [:]
        var programmes: [ProgrammeID: [UInt64: AsyncStream<LiveUpdate>.Continuation]] = [:]
        var streams = 0
        var tallies: [ProgrammeID: [Int64: LiveTally]] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    public var streamCount: Int { state.withLock { $0.streams } }

    /// Tells everyone who looks. Called after the commit, never before.
    public func publish(_ updates: [LiveUpdate]) {
        guard !updates.isEmpty else { return }
        state.withLock { state in
            for var update in updates {
                update.sequence = state.next
                state.next += 1
                Self.count(update, in: &state)
                state.recent.append(update)
                if let streams = state.members[update.member] {
                    for stream in streams.values { stream.continuation.yield(update) }
                }
                if let streams = state.programmes[update.programme] {
                    for continuation in streams.values { continuation.yield(update) }
                }
            }
            if state.recent.count > 2 * Self.memory { state.recent.removeFirst(state.recent.count - Self.memory) }
        }
    }

    /// Forgets erased members and ends their streams.
    public func forget(_ members: Set<MemberID>) {
        let ended = state.withLock { state in
            state.recent.removeAll { members.contains($0.member) }
            return members.flatMap { state.members[$0]?.values.map(\.continuation) ?? [] }
        }
        // Outside the lock: ending a stream comes back here.
        for continuation in ended { continuation.finish() }
    }

    /// Ends every stream of a programme: what happens in it is known elsewhere from now on.
    public func end(_ programme: ProgrammeID) {
        let ended = state.withLock { state in
            state.recent.removeAll { $0.programme == programme }
            return (state.programmes[programme]?.values.map(\.self) ?? [])
                + state.members.values.flatMap { $0.values }.filter { $0.programme == programme }.map(\.continuation)
        }
        // Outside the lock: ending a stream comes back here.
        for continuation in ended { continuation.finish() }
    }

    /// The newest updates of a programme, newest first.
    public func recent(in programme: ProgrammeID, limit: Int) -> [LiveUpdate] {
        state.withLock { state in
            Array(state.recent.reversed().lazy.filter { $0.programme == programme }.prefix(limit))
        }
    }

    /// What happened in each hour, by hours since 1970-01-01 (UTC); the last two days.
    public func tallies(of programme: ProgrammeID) -> [Int64: LiveTally] {
        state.withLock { $0.tallies[programme] ?? [:] }
    }

    /// Goes on counting where an earlier process stopped.
    func restore(_ tallies: [ProgrammeID: [Int64: LiveTally]]) {
        state.withLock { $0.tallies = tallies }
    }

    var allTallies: [ProgrammeID: [Int64: LiveTally]] { state.withLock { $0.tallies } }

    private static func count(_ update: LiveUpdate, in state: inout State) {
        let hour = Int64((Double(update.at.milliseconds) / 3_600_000).rounded(.down))
        state.tallies[update.programme, default: [:]][hour, default: LiveTally()].add(update)
        // An import walks through years: only its last two days are kept.
        if let hours = state.tallies[update.programme], hours.count > 49, let newest = hours.keys.max() {
            state.tallies[update.programme] = hours.filter { $0.key > newest - 48 }
        }
    }

    /// A member's own updates after `last`, then live. `nil` when there are too many streams.
    public func updates(
        of member: MemberID, in programme: ProgrammeID, after last: UInt64?
    ) -> AsyncStream<LiveUpdate>? {
        open(
            after: last, matching: { $0.member == member },
            register: { state, id, continuation in
                state.members[member, default: [:]][id] = MemberStream(
                    programme: programme, continuation: continuation)
            },
            closing: { state, id in
                state.members[member]?[id] = nil
                if state.members[member]?.isEmpty == true { state.members[member] = nil }
            })
    }

    /// A programme's updates after `last`, then live.
    public func updates(in programme: ProgrammeID, after last: UInt64?) -> AsyncStream<LiveUpdate>? {
        open(
            after: last, matching: { $0.programme == programme },
            register: { state, id, continuation in state.programmes[programme, default: [:]][id] = continuation },
            closing: { state, id in state.programmes[programme]?[id] = nil })
    }

    private func open(
        after last: UInt64?, matching: (LiveUpdate) -> Bool,
        register: (inout sending State, UInt64, AsyncStream<LiveUpdate>.Continuation) -> Void,
        closing: @escaping @Sendable (inout sending State, UInt64) -> Void
    ) -> AsyncStream<LiveUpdate>? {
        let (stream, continuation) = AsyncStream<LiveUpdate>.makeStream(
            bufferingPolicy: .bufferingNewest(Self.backlog))
        let id: UInt64? = state.withLock { state in
            guard state.streams < Self.maximumStreams else { return nil }
            let id = state.nextStream
            state.nextStream += 1
            state.streams += 1
            if let last {
                for update in state.recent where update.sequence > last && matching(update) {
                    continuation.yield(update)
                }
            }
            register(&state, id, continuation)
            return id
        }
        guard let id else { return nil }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in
                state.streams -= 1
                closing(&state, id)
            }
        }
        return stream
    }
}
