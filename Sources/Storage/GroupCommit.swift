internal import DequeModule

/// Gathers what arrives while a batch is being committed and commits it as the next batch.
///
/// A sync costs milliseconds whatever it covers, so one for many is the difference between hundreds and tens of
/// thousands of durable writes per second. An input that finds nobody working starts at once: batches grow by load,
/// not by waiting.
///
/// Inputs are processed in the order of submission. Cancelling a waiting caller withdraws what no batch has taken yet;
/// once taken, the caller gets the true answer.
public actor GroupCommit<Input: Sendable, Output: Sendable> {
    /// One call of `submit`, answered when all of its inputs are.
    private final class Submission {
        let number: UInt64
        let inputs: [Input]
        var taken = 0
        var results: [Result<Output, any Error>] = []
        var continuation: CheckedContinuation<[Result<Output, any Error>], any Error>?

        init(
            _ number: UInt64, _ inputs: [Input],
            _ continuation: CheckedContinuation<[Result<Output, any Error>], any Error>
        ) {
            self.number = number
            self.inputs = inputs
            self.continuation = continuation
        }
    }

    private let maximumBatch: Int
    private let maximumWaiting: Int
    private let process: @Sendable ([Input]) async -> [Result<Output, any Error>]
    private var queue: Deque<Submission> = []
    private var byNumber: [UInt64: Submission] = [:]
    private var nextNumber: UInt64 = 0
    private var waiting = 0
    private var working = false
    private var finishing = false
    private var drained: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - maximumBatch: the most inputs in one batch; at least 1.
    ///   - maximumWaiting: the most inputs that may wait beside the batch being processed; beyond it `.overloaded`.
    ///   - process: commits one batch and answers one result per input, in order. A failure of one input is that
    ///     input's own; whatever answers too few or too many results fails the whole batch.
    public init(
        maximumBatch: Int, maximumWaiting: Int,
        process: @escaping @Sendable ([Input]) async -> [Result<Output, any Error>]
    ) {
        self.maximumBatch = max(1, maximumBatch)
        self.maximumWaiting = max(1, maximumWaiting)
        self.process = process
    }

    /// How many inputs wait for a batch.
    public var backlog: Int { waiting }

    /// Whether ``finish()`` was called.
    public var isFinishing: Bool { finishing }

    /// Submits one input and waits for its answer.
    ///
    /// - Throws: `.overloaded` when too many wait, `.closed` after ``finish()``, `CancellationError` when cancelled
    ///   before a batch took the input, and whatever the input's own result says.
    public func submit(_ input: Input) async throws -> Output {
        guard let result = try await submit(contentsOf: [input]).first else {
            throw StorageProblem.invalid("a batch answered nothing")
        }
        return try result.get()
    }

    /// Submits several inputs, in order, and waits for all their answers. They may be spread over several batches.
    ///
    /// - Throws: as ``submit(_:)`` when none of the inputs was taken; otherwise each input has its own result.
    public func submit(contentsOf inputs: [Input]) async throws -> [Result<Output, any Error>] {
        guard !inputs.isEmpty else { return [] }
        try Task.checkCancellation()
        let number = nextNumber
        nextNumber += 1
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(inputs, number, continuation)
            }
        } onCancel: {
            Task { await self.withdraw(number) }
        }
    }

    /// Refuses new inputs and waits until everything submitted is answered.
    public func finish() async {
        finishing = true
        guard working || !queue.isEmpty else { return }
        await withCheckedContinuation { drained.append($0) }
    }

    private func enqueue(
        _ inputs: [Input], _ number: UInt64, _ continuation: CheckedContinuation<[Result<Output, any Error>], any Error>
    ) {
        if finishing { return continuation.resume(throwing: StorageProblem.closed) }
        if waiting + inputs.count > maximumWaiting {
            return continuation.resume(throwing: StorageProblem.overloaded(limit: maximumWaiting))
        }
        if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
        let submission = Submission(number, inputs, continuation)
        queue.append(submission)
        byNumber[number] = submission
        submission.results.reserveCapacity(inputs.count)
        waiting += inputs.count
        guard !working else { return }
        working = true
        Task { await self.work() }
    }

    private func work() async {
        while true {
            let batch = takeBatch()
            if batch.inputs.isEmpty { break }
            let results = await process(batch.inputs)
            answer(batch.parts, results)
        }
        working = false
        let waiters = drained
        drained = []
        for waiter in waiters { waiter.resume() }
    }

    private func takeBatch() -> (inputs: [Input], parts: [(Submission, Int)]) {
        var inputs: [Input] = []
        var parts: [(Submission, Int)] = []
        while inputs.count < maximumBatch, let submission = queue.first {
            let part = min(maximumBatch - inputs.count, submission.inputs.count - submission.taken)
            inputs.append(contentsOf: submission.inputs[submission.taken..<submission.taken + part])
            submission.taken += part
            parts.append((submission, part))
            if submission.taken == submission.inputs.count { queue.removeFirst() }
        }
        waiting -= inputs.count
        return (inputs, parts)
    }

    private func answer(_ parts: [(Submission, Int)], _ results: [Result<Output, any Error>]) {
        let expected = parts.reduce(0) { $0 + $1.1 }
        var next = 0
        for (submission, count) in parts {
            for _ in 0..<count {
                if results.count == expected {
                    submission.results.append(results[next])
                } else {
                    let reason = "a batch of \(expected) was answered with \(results.count) results"
                    submission.results.append(.failure(StorageProblem.invalid(reason)))
                }
                next += 1
            }
            if submission.results.count == submission.inputs.count { complete(submission) }
        }
    }

    private func complete(_ submission: Submission) {
        byNumber[submission.number] = nil
        submission.continuation?.resume(returning: submission.results)
        submission.continuation = nil
    }

    /// Takes back a submission that no batch has touched.
    private func withdraw(_ number: UInt64) {
        guard let submission = byNumber[number], submission.taken == 0 else { return }
        queue.removeAll { $0 === submission }
        waiting -= submission.inputs.count
        byNumber[number] = nil
        submission.continuation?.resume(throwing: CancellationError())
        submission.continuation = nil
    }
}
