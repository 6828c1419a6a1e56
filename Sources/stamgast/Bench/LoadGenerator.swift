import Foundation
import Histogram
import Primitives

/// HTTP/1.1 load on a server of this machine, from one thread that does nothing else: requests are bytes that the caller
/// makes, answers are counted by status and length.
///
/// Closed loop, every connection sends its next request as soon as it has its answer: what the server can do at most.
/// Open loop, requests arrive at random times (a Poisson process) whether or not earlier ones were answered, and their
/// latency counts from the arrival: what people feel. A closed loop cannot show that, because it stops asking while the
/// server is slow ("coordinated omission").
struct LoadGenerator: Sendable {
    enum Pace: Sendable {
        case closed
        case open(perSecond: Double)
    }

    struct Report: Sendable {
        var answered = 0
        /// Answers that are not 2xx.
        var failed = 0
        var seconds = 0.0
        /// The body of the last answer.
        var lastBody: [UInt8] = []
        /// In microseconds.
        var latencies = Histogram<UInt64>(
            highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: .three)

        var perSecond: Double { Double(answered) / seconds }

        /// In milliseconds.
        func milliseconds(percentile: Double) -> Double {
            Double(latencies.valueAtPercentile(percentile)) / 1_000
        }
    }

    let port: Int
    let connections: Int
    var pace = Pace.closed
    /// Of the arrivals in an open loop.
    var seed: UInt64 = 1
    /// The longest that a run may take, in seconds.
    var timeout = 600.0

    /// Sends `count` requests and waits for their answers, on a thread of its own.
    ///
    /// - Throws: ``BenchProblem`` when a connection breaks or nothing happens for long.
    func run(_ count: Int, request: @escaping @Sendable (Int) -> [UInt8]) async throws -> Report {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                continuation.resume(
                    with: Result {
                        var loop = Loop(self, count, request)
                        return try loop.run()
                    })
            }
            thread.name = "load"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }
}

/// One run: nothing of it leaves its thread.
private struct Loop {
    private struct Connection {
        var socket: Int32
        var output: [UInt8] = []
        var sent = 0
        var input: [UInt8] = []
        /// When the request that is under way arrived; 0 if there is none.
        var arrived: UInt64 = 0
        /// The length of the answer, once its head is there.
        var expected: Int?
        var head = 0
        var status = 0

        var isIdle: Bool { arrived == 0 }
    }

    private let generator: LoadGenerator
    private let count: Int
    private let request: (Int) -> [UInt8]
    private var connections: [Connection] = []
    private var idle: [Int] = []
    /// Requests that arrived while every connection was busy, by time.
    private var waiting: [UInt64] = []
    private var waitingStart = 0
    private var next = 0
    private var nextArrival: UInt64 = 0
    private var random: SplitMix64
    private var report = LoadGenerator.Report()

    init(_ generator: LoadGenerator, _ count: Int, _ request: @escaping (Int) -> [UInt8]) {
        self.generator = generator
        self.count = count
        self.request = request
        random = SplitMix64(seed: generator.seed)
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    mutating func run() throws -> LoadGenerator.Report {
        defer { for connection in connections { close(connection.socket) } }
        for _ in 0..<generator.connections { connections.append(Connection(socket: try open())) }
        idle = Array(connections.indices.reversed())
        let start = Self.now
        nextArrival = start
        var polls = connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        while report.answered < count {
            let now = Self.now
            guard Double(now - start) < generator.timeout * 1e9 else {
                throw BenchProblem.setup("the server answered \(report.answered) of \(count) requests in time")
            }
            admit(now)
            for index in polls.indices {
                let isSending = connections[index].sent < connections[index].output.count
                polls[index].events = Int16(isSending ? POLLIN | POLLOUT : POLLIN)
                polls[index].revents = 0
            }
            try wait(&polls, nanoseconds: patience(now))
            for index in polls.indices where polls[index].revents != 0 { try turn(index) }
        }
        report.seconds = Double(Self.now - start) / 1e9
        return report
    }

    /// Starts what is due.
    private mutating func admit(_ now: UInt64) {
        switch generator.pace {
        case .closed:
            while next < count, let index = idle.popLast() { send(index, arrived: now) }
        case .open(let perSecond):
            while next + waiting.count - waitingStart < count, nextArrival <= now {
                waiting.append(nextArrival)
                let uniform = max(1e-12, Double(random.next() >> 11) / 9_007_199_254_740_992)
                nextArrival += UInt64(-log(uniform) / perSecond * 1e9)
            }
            while waitingStart < waiting.count, let index = idle.popLast() {
                send(index, arrived: waiting[waitingStart])
                waitingStart += 1
            }
            if waitingStart > 10_000 {
                waiting.removeFirst(waitingStart)
                waitingStart = 0
            }
        }
    }

    /// How long nothing need be done, in nanoseconds.
    private func patience(_ now: UInt64) -> UInt64 {
        guard case .open = generator.pace, next < count, waitingStart == waiting.count else { return 1_000_000_000 }
        return nextArrival <= now ? 0 : min(1_000_000_000, nextArrival - now)
    }

    /// Waits for an answer or the next arrival. `poll` counts in whole milliseconds, and asking it again and again would
    /// take a core from the server: shorter waits are slept, a fifth of a millisecond at a time.
    private func wait(_ polls: inout [pollfd], nanoseconds: UInt64) throws {
        let timeout = Int32(nanoseconds / 1_000_000)
        if timeout == 0, nanoseconds > 0 {
            var nap = timespec(tv_sec: 0, tv_nsec: Int(min(nanoseconds, 200_000)))
            nanosleep(&nap, nil)
        }
        guard poll(&polls, nfds_t(polls.count), timeout) >= 0 || errno == EINTR else {
            throw BenchProblem.setup("poll: \(String(cString: strerror(errno)))")
        }
    }

    private mutating func send(_ index: Int, arrived: UInt64) {
        connections[index].output = request(next)
        connections[index].sent = 0
        connections[index].arrived = arrived
        connections[index].expected = nil
        next += 1
        // Most requests fit into the socket's buffer at once.
        push(index)
    }

    private mutating func push(_ index: Int) {
        let socket = connections[index].socket
        let start = connections[index].sent
        let written = connections[index].output.withUnsafeBytes { bytes in
            write(socket, bytes.baseAddress?.advanced(by: start), bytes.count - start)
        }
        if written > 0 { connections[index].sent += written }
    }

    private mutating func turn(_ index: Int) throws {
        if connections[index].sent < connections[index].output.count { push(index) }
        try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            let length = read(connections[index].socket, buffer.baseAddress, buffer.count)
            if length > 0 {
                connections[index].input += buffer.prefix(length)
            } else if length == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
                throw BenchProblem.setup("the server closed a connection")
            }
        }
        if let end = answerEnd(index) { finish(index, end) }
    }

    /// Where the answer ends, once all of it is there.
    private mutating func answerEnd(_ index: Int) -> Int? {
        if connections[index].expected == nil {
            let input = connections[index].input
            guard let head = Self.headEnd(input) else { return nil }
            connections[index].status = input.count > 12 ? Int(String(decoding: input[9..<12], as: UTF8.self)) ?? 0 : 0
            connections[index].head = head
            connections[index].expected = head + Self.contentLength(input[..<head])
        }
        guard let expected = connections[index].expected, connections[index].input.count >= expected else { return nil }
        return expected
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        var index = 3
        while index < bytes.count {
            if bytes[index] == 10, bytes[index - 1] == 13, bytes[index - 2] == 10, bytes[index - 3] == 13 {
                return index + 1
            }
            index += 1
        }
        return nil
    }

    private static func contentLength(_ head: ArraySlice<UInt8>) -> Int {
        for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "content-length" {
                return Int(parts[1].filter { $0 != " " }) ?? 0
            }
        }
        return 0
    }

    private mutating func finish(_ index: Int, _ end: Int) {
        report.answered += 1
        if !(200..<300).contains(connections[index].status) { report.failed += 1 }
        report.latencies.record((Self.now - connections[index].arrived) / 1_000)
        if report.answered == count { report.lastBody = Array(connections[index].input[connections[index].head..<end]) }
        connections[index].input.removeFirst(end)
        connections[index].arrived = 0
        idle.append(index)
    }

    private func open() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: generator.port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw BenchProblem.setup("no connection to the server") }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) >= 0 else {
            throw BenchProblem.setup("a socket that does not block")
        }
        return descriptor
    }
}
