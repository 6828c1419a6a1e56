import AsyncHTTPClient
import Foundation
import Histogram
import NIOCore
import NIOHTTP1
import Primitives
import Simulation
import Synchronization

/// Sends simulated events to a server over HTTP, in batches, and measures the answers.
///
/// Without a pace every connection sends its next batch as soon as it has its answer. With one, batches are due at even times
/// whether or not earlier ones were answered, and latency counts from when a batch was due: what a sender feels while the
/// server is slow ("coordinated omission" hides it).
struct LoadDrive: Sendable {
    /// How the server is reached: `http://127.0.0.1:8080`, without a path.
    let address: String
    /// An API key with the scope `events:write`.
    let key: String
    var connections = 4
    var batch = 20
    /// Events a second; `nil` for as many as are answered.
    var perSecond: Double?

    /// A server that never takes a batch would hold the run for ever.
    private static let attempts = 200

    enum Problem: Error, CustomStringConvertible {
        case refused(UInt, String)
        case unreachable(String)

        var description: String {
            switch self {
            case .refused(let status, let says): "The server answered \(status): \(says)"
            case .unreachable(let kind): "The server cannot be reached (\(kind))."
            }
        }
    }

    struct Report: Sendable {
        var batches = 0
        var events = 0
        /// By what the server said of each event: accepted, duplicate, quarantined, …
        var results: [String: Int] = [:]
        /// Answers of 429 and 503, after which the batch was sent again.
        var pushedBack = 0
        var seconds = 0.0
        /// In microseconds.
        var latencies = Histogram<UInt64>(highestTrackableValue: 600_000_000, numberOfSignificantValueDigits: .three)

        var json: JSONValue {
            func milliseconds(_ percentile: Double) -> JSONValue {
                .double(batches == 0 ? 0 : Double(latencies.valueAtPercentile(percentile)) / 1_000)
            }
            return [
                "batches": .integer(Int64(batches)), "events": .integer(Int64(events)),
                "results": .object(
                    JSONObject(results.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) })),
                "pushed_back": .integer(Int64(pushedBack)), "seconds": .double(seconds),
                "events_per_second": .double(seconds > 0 ? Double(events) / seconds : 0),
                "latency_ms": [
                    "p50": milliseconds(50), "p95": milliseconds(95), "p99": milliseconds(99), "max": milliseconds(100),
                ],
            ]
        }
    }

    /// What all connections share.
    private final class Feed: Sendable {
        private struct State {
            var stream: SimulateCommand.Stream
            var number = 0
        }

        private let state: Mutex<State>
        let report = Mutex(Report())

        init(_ stream: SimulateCommand.Stream) { state = Mutex(State(stream: stream)) }

        /// The next batch and its place in the run; `nil` at the end.
        func batch(of size: Int) -> (number: Int, events: [SimulatedEvent])? {
            state.withLock { state in
                var events: [SimulatedEvent] = []
                while events.count < size, let event = state.stream.next() { events.append(event) }
                guard !events.isEmpty else { return nil }
                state.number += 1
                return (state.number - 1, events)
            }
        }
    }

    /// - Throws: ``Problem``.
    func run(_ stream: SimulateCommand.Stream) async throws -> Report {
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        let feed = Feed(stream)
        let start = ContinuousClock.now
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<connections { group.addTask { try await work(feed, client, start) } }
                try await group.waitForAll()
            }
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
        var report = feed.report.withLock { $0 }
        report.seconds = Self.seconds(ContinuousClock.now - start)
        return report
    }

    private func work(_ feed: Feed, _ client: HTTPClient, _ start: ContinuousClock.Instant) async throws {
        while let batch = feed.batch(of: self.batch) {
            var due = ContinuousClock.now
            if let perSecond {
                due = start + .seconds(Double(batch.number * self.batch) / perSecond)
                try await Task.sleep(until: due, clock: .continuous)
            }
            let results = try await send(batch.events, feed, client)
            let micros = max(1, Self.seconds(ContinuousClock.now - due) * 1e6)
            feed.report.withLock { report in
                report.batches += 1
                report.events += batch.events.count
                for result in results { report.results[result, default: 0] += 1 }
                report.latencies.record(min(600_000_000, UInt64(micros)))
            }
        }
    }

    private func send(_ events: [SimulatedEvent], _ feed: Feed, _ client: HTTPClient) async throws -> [String] {
        var writer = JSONWriter()
        writer.beginArray()
        for event in events { event.writeCloudEvent(to: &writer) }
        writer.endArray()
        var request = HTTPClientRequest(url: address + "/v1/events")
        request.method = .POST
        request.headers = [
            "authorization": "Bearer \(key)", "content-type": "application/cloudevents-batch+json",
        ]
        for _ in 0..<Self.attempts {
            request.body = .bytes(ByteBuffer(bytes: writer.bytes))
            let response: HTTPClientResponse
            let body: ByteBuffer
            do {
                response = try await client.execute(request, timeout: .seconds(60))
                body = try await response.body.collect(upTo: 4 << 20)
            } catch let error as CancellationError {
                throw error
            } catch {
                throw Problem.unreachable("\(type(of: error))")
            }
            if response.status == .tooManyRequests || response.status == .serviceUnavailable {
                feed.report.withLock { $0.pushedBack += 1 }
                try await Task.sleep(for: .milliseconds(100))
                continue
            }
            let answer = try? JSONValue(parsing: Array(body.readableBytesView))
            guard response.status == .ok, let results = answer?["results"]?.arrayValue else {
                throw Problem.refused(response.status.code, answer?["detail"]?.stringValue ?? "no reason")
            }
            return results.map { $0["status"]?.stringValue ?? "unknown" }
        }
        throw Problem.refused(503, "again and again")
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
