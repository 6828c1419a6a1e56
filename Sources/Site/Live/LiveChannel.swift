internal import Synchronization

/// What keeps a live stream from opening.
public enum LiveProblem: Error, Sendable, Equatable {
    /// As many streams are open as the limit allows, for this key or in all.
    case tooManyStreams(limit: Int)
}

/// Who listens to what, and the last messages, so that a browser that comes back can be told what it missed.
///
/// Every subscriber has a buffer of its own that keeps the newest messages: one that is slow, or gone, holds up nobody.
/// Identifiers carry an epoch, so that those of an earlier run are recognised and answered with `missed`.
public final class LiveChannel<Key: Hashable & Sendable, Message: Sendable & Hashable>: Sendable {
    public typealias Signal = LiveSignal<Message>

    private struct Subscriber {
        var continuation: AsyncStream<Signal>.Continuation
        /// Told that it missed something, and not yet caught up.
        var lagging = false
    }

    private struct State {
        var subscribers: [Key: [UInt64: Subscriber]] = [:]
        var count = 0
        var nextSubscriber: UInt64 = 0
        /// The number of the newest message; the first one has number 1.
        var newest: UInt64 = 0
        /// After `finish`: nobody is let in any more.
        var finished = false
        /// The last messages, the one with number `n` at `(n - 1) % remembered`.
        var recent: [(number: UInt64, key: Key, message: Message)] = []
    }

    private let epoch: String
    private let remembered: Int
    private let buffered: Int
    private let streams: Int
    private let streamsPerKey: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - epoch: letters and digits, different for every run of the process.
    ///   - remembered: how many messages are kept for those who come back, over all keys.
    ///   - buffered: how many signals may wait for one subscriber.
    ///   - streams: how many may be open at once.
    ///   - streamsPerKey: how many of them for one key (one member's open tabs).
    public init(
        epoch: String, remembered: Int = 1_024, buffered: Int = 64, streams: Int = 10_000, streamsPerKey: Int = 8
    ) {
        self.epoch = epoch
        self.remembered = max(1, remembered)
        self.buffered = max(2, buffered)
        self.streams = streams
        self.streamsPerKey = streamsPerKey
    }

    /// How many streams are open.
    public var count: Int { state.withLock { $0.count } }

    /// Opens a stream of what is published to `key` from now on, after what it missed since `lastEventID`.
    ///
    /// - Throws: `LiveProblem.tooManyStreams`.
    public func subscribe(to key: Key, after lastEventID: String? = nil) throws(LiveProblem) -> AsyncStream<Signal> {
        let (stream, continuation) = AsyncStream<Signal>.makeStream(bufferingPolicy: .bufferingNewest(buffered))
        let id = state.withLock { state in
            state.nextSubscriber += 1
            return state.nextSubscriber
        }
        // Before anyone can end the stream, so that its end is never missed.
        continuation.onTermination = { [weak self] _ in self?.remove(id, of: key) }
        let opened = state.withLock { state -> Result<Bool, LiveProblem> in
            guard !state.finished else { return .success(false) }
            guard state.count < streams else { return .failure(.tooManyStreams(limit: streams)) }
            guard (state.subscribers[key]?.count ?? 0) < streamsPerKey else {
                return .failure(.tooManyStreams(limit: streamsPerKey))
            }
            if let lastEventID {
                for signal in missed(since: lastEventID, key: key, in: state) { continuation.yield(signal) }
            }
            state.count += 1
            state.subscribers[key, default: [:]][id] = Subscriber(continuation: continuation)
            return .success(true)
        }
        if try !opened.get() { continuation.finish() }
        return stream
    }

    /// Tells everyone who listens to `key`.
    public func publish(_ message: Message, to key: Key) {
        state.withLock { state in
            state.newest += 1
            let entry = (number: state.newest, key: key, message: message)
            if state.recent.count < remembered {
                state.recent.append(entry)
            } else {
                state.recent[Int((state.newest - 1) % UInt64(remembered))] = entry
            }
            for id in (state.subscribers[key] ?? [:]).keys {
                tell(.message(id: identifier(of: state.newest), message), to: id, of: key, in: &state)
            }
        }
    }

    /// Sends a heartbeat to every open stream. To be called by a clock, about every twenty seconds.
    public func beat() {
        state.withLock { state in
            for subscribers in state.subscribers.values {
                for subscriber in subscribers.values { subscriber.continuation.yield(.heartbeat) }
            }
        }
    }

    /// Ends every stream.
    public func finish() {
        // Ending one calls `remove`, which takes the lock: so not while holding it.
        let all = state.withLock { state in
            state.finished = true
            return state.subscribers.values.flatMap { $0.values.map(\.continuation) }
        }
        for continuation in all { continuation.finish() }
    }

    private func remove(_ id: UInt64, of key: Key) {
        state.withLock { state in
            guard state.subscribers[key]?.removeValue(forKey: id) != nil else { return }
            state.count -= 1
            if state.subscribers[key]?.isEmpty == true { state.subscribers[key] = nil }
        }
    }

    private func tell(_ signal: Signal, to id: UInt64, of key: Key, in state: inout State) {
        guard var subscriber = state.subscribers[key]?[id] else { return }
        switch subscriber.continuation.yield(signal) {
        case .dropped:
            // Said once, until it has caught up: the note itself takes a place in the buffer.
            if !subscriber.lagging { subscriber.continuation.yield(.missed) }
            subscriber.lagging = true
        case .enqueued(let remaining):
            if remaining > buffered / 2 { subscriber.lagging = false }
        default: break
        }
        state.subscribers[key]?[id] = subscriber
    }

    private func identifier(of number: UInt64) -> String { "\(epoch)-\(number)" }

    private func missed(since lastEventID: String, key: Key, in state: State) -> [Signal] {
        let parts = lastEventID.split(separator: "-")
        guard parts.count == 2, parts[0] == epoch, let last = UInt64(parts[1]), last <= state.newest,
            state.newest - last <= UInt64(state.recent.count)
        else { return [.missed] }
        return state.recent.filter { $0.number > last && $0.key == key }.sorted { $0.number < $1.number }.map {
            .message(id: identifier(of: $0.number), $0.message)
        }
    }
}
