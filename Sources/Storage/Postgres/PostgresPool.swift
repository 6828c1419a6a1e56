internal import DequeModule

/// Lends the connections, longest waiting first; one place is left to writes, so that reads never shut them out.
actor PostgresPool {
    enum Purpose { case read, write }

    private struct Waiter {
        let number: UInt64
        let continuation: CheckedContinuation<PostgresLink, any Error>
    }

    private var idle: [PostgresLink]
    private let readLimit: Int
    private let maximumWaiting: Int
    private let size: Int
    private var reading = 0
    private var readers: Deque<Waiter> = []
    private var writers: Deque<Waiter> = []
    private var nextNumber: UInt64 = 0
    private var isClosed = false
    private var drained: [CheckedContinuation<Void, Never>] = []

    init(_ links: [PostgresLink], maximumWaiting: Int) {
        idle = links
        size = links.count
        readLimit = max(1, links.count - 1)
        self.maximumWaiting = maximumWaiting
    }

    /// - Throws: `.closed`, `.overloaded`, or `CancellationError` when cancelled while waiting.
    func borrow(_ purpose: Purpose) async throws -> PostgresLink {
        if isClosed { throw StorageProblem.closed }
        if let link = take(purpose) { return link }
        let ahead = purpose == .read ? readers.count : writers.count
        if ahead >= maximumWaiting { throw StorageProblem.overloaded(limit: maximumWaiting) }
        nextNumber += 1
        let number = nextNumber
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                let waiter = Waiter(number: number, continuation: continuation)
                if purpose == .read { readers.append(waiter) } else { writers.append(waiter) }
            }
        } onCancel: {
            Task { await self.withdraw(number) }
        }
    }

    var waiting: Int { readers.count + writers.count }

    func giveBack(_ link: PostgresLink, _ purpose: Purpose) {
        if purpose == .read { reading -= 1 }
        idle.append(link)
        while let waiter = writers.first, let link = take(.write) {
            writers.removeFirst()
            waiter.continuation.resume(returning: link)
        }
        while let waiter = readers.first, let link = take(.read) {
            readers.removeFirst()
            waiter.continuation.resume(returning: link)
        }
        guard isClosed, idle.count == size else { return }
        let waiters = drained
        drained = []
        for waiter in waiters { waiter.resume() }
    }

    /// Refuses new borrowers, serves those that wait, and returns when all connections are back.
    func close() async -> [PostgresLink] {
        isClosed = true
        if idle.count < size { await withCheckedContinuation { drained.append($0) } }
        return idle
    }

    private func take(_ purpose: Purpose) -> PostgresLink? {
        if purpose == .read, reading >= readLimit { return nil }
        guard let link = idle.popLast() else { return nil }
        if purpose == .read { reading += 1 }
        return link
    }

    private func withdraw(_ number: UInt64) {
        if let index = readers.firstIndex(where: { $0.number == number }) {
            readers.remove(at: index).continuation.resume(throwing: CancellationError())
        } else if let index = writers.firstIndex(where: { $0.number == number }) {
            writers.remove(at: index).continuation.resume(throwing: CancellationError())
        }
    }
}
