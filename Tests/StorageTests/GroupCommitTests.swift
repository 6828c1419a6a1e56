import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct GroupCommitTests {
    struct Refused: Error, Equatable {}

    /// Processes batches one by one, each when the test lets it.
    final class Worker: Sendable {
        let batches = Mutex<[[Int]]>([])
        private let permits: AsyncStream<Void>
        private let permit: AsyncStream<Void>.Continuation
        private let starts: AsyncStream<Void>
        private let start: AsyncStream<Void>.Continuation

        init() {
            (permits, permit) = AsyncStream.makeStream()
            (starts, start) = AsyncStream.makeStream()
        }

        func process(_ inputs: [Int]) async -> [Result<Int, any Error>] {
            batches.withLock { $0.append(inputs) }
            start.yield()
            for await _ in permits { break }
            return inputs.map { $0 < 0 ? .failure(Refused()) : .success($0 * 10) }
        }

        func letThrough(_ count: Int = 1) { for _ in 0..<count { permit.yield() } }
        func letAllThrough() { permit.finish() }
        func untilStarted() async { for await _ in starts { break } }
    }

    static func waitForBacklog(_ commit: GroupCommit<Int, Int>, _ count: Int) async {
        while await commit.backlog != count { await Task.yield() }
    }

    @Test func anIdleWriterStartsAtOnceAndTheNextBatchIsWhatGatheredMeanwhile() async throws {
        let worker = Worker()
        let commit = GroupCommit<Int, Int>(maximumBatch: 100, maximumWaiting: 1_000) { await worker.process($0) }
        async let first = commit.submit(1)
        await worker.untilStarted()
        #expect(worker.batches.withLock { $0 } == [[1]])
        var others: [Task<Int, any Error>] = []
        for number in 2...6 {
            others.append(Task { try await commit.submit(number) })
            await Self.waitForBacklog(commit, number - 1)
        }
        worker.letAllThrough()
        #expect(try await first == 10)
        for (index, task) in others.enumerated() { #expect(try await task.value == (index + 2) * 10) }
        #expect(worker.batches.withLock { $0 } == [[1], [2, 3, 4, 5, 6]])
    }

    @Test func batchesAreBoundedAndOrderIsKept() async throws {
        let worker = Worker()
        let commit = GroupCommit<Int, Int>(maximumBatch: 4, maximumWaiting: 1_000) { await worker.process($0) }
        let whole = Task { try await commit.submit(contentsOf: Array(1...10)) }
        await worker.untilStarted()
        let single = Task { try await commit.submit(11) }
        await Self.waitForBacklog(commit, 7)
        worker.letAllThrough()
        #expect(try await whole.value.map { try $0.get() } == (1...10).map { $0 * 10 })
        #expect(try await single.value == 110)
        #expect(worker.batches.withLock { $0 } == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11]])
    }

    @Test func oneInputsFailureIsItsOwn() async throws {
        let worker = Worker()
        worker.letAllThrough()
        let commit = GroupCommit<Int, Int>(maximumBatch: 10, maximumWaiting: 100) { await worker.process($0) }
        let results = try await commit.submit(contentsOf: [1, -2, 3])
        #expect(try results[0].get() == 10)
        #expect(throws: Refused()) { try results[1].get() }
        #expect(try results[2].get() == 30)
        await #expect(throws: Refused()) { try await commit.submit(-1) }
        #expect(try await commit.submit(4) == 40)
    }

    @Test func tooManyWaitingAreRefused() async throws {
        let worker = Worker()
        let commit = GroupCommit<Int, Int>(maximumBatch: 2, maximumWaiting: 3) { await worker.process($0) }
        let first = Task { try await commit.submit(1) }
        await worker.untilStarted()
        let waiting = Task { try await commit.submit(contentsOf: [2, 3, 4]) }
        await Self.waitForBacklog(commit, 3)
        await #expect(throws: StorageProblem.overloaded(limit: 3)) { try await commit.submit(5) }
        await #expect(throws: StorageProblem.overloaded(limit: 3)) { try await commit.submit(contentsOf: [5, 6]) }
        worker.letAllThrough()
        #expect(try await first.value == 10)
        #expect(try await waiting.value.count == 3)
        #expect(try await commit.submit(5) == 50)
    }

    @Test func aBatchWithTheWrongNumberOfAnswersFailsAsAWhole() async throws {
        let commit = GroupCommit<Int, Int>(maximumBatch: 10, maximumWaiting: 100) { inputs in
            inputs.dropFirst().map { .success($0) }
        }
        let results = try await commit.submit(contentsOf: [1, 2])
        for result in results { #expect(throws: StorageProblem.self) { try result.get() } }
    }

    @Test func finishingAnswersEverythingAndRefusesTheRest() async throws {
        let worker = Worker()
        let commit = GroupCommit<Int, Int>(maximumBatch: 1, maximumWaiting: 100) { await worker.process($0) }
        let tasks = (1...5).map { number in Task { try await commit.submit(number) } }
        await worker.untilStarted()
        await Self.waitForBacklog(commit, 4)
        let finished = Mutex(false)
        let finish = Task {
            await commit.finish()
            finished.withLock { $0 = true }
        }
        while await !commit.isFinishing { await Task.yield() }
        await #expect(throws: StorageProblem.closed) { try await commit.submit(6) }
        #expect(!finished.withLock { $0 })
        worker.letAllThrough()
        await finish.value
        #expect(worker.batches.withLock { $0.count } == 5)
        #expect(try await tasks.asyncSum() == 150)
        await commit.finish()
    }

    @Test func aWaitingCallerCanBeCancelledButATakenOneGetsItsAnswer() async throws {
        let worker = Worker()
        let commit = GroupCommit<Int, Int>(maximumBatch: 10, maximumWaiting: 100) { await worker.process($0) }
        let taken = Task { try await commit.submit(1) }
        await worker.untilStarted()
        let waiting = Task { try await commit.submit(2) }
        await Self.waitForBacklog(commit, 1)
        taken.cancel()
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(await commit.backlog == 0)
        worker.letAllThrough()
        #expect(try await taken.value == 10)
        #expect(worker.batches.withLock { $0 } == [[1]])
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await commit.submit(3)
        }
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    /// Many callers on a real database: each answer is that caller's own, and all rows are there.
    @Test(arguments: TestDatabases.engines)
    func manyCallersShareTransactions(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let batches = Mutex(0)
            let commit = GroupCommit<Int, Int>(maximumBatch: 500, maximumWaiting: 10_000) { inputs in
                batches.withLock { $0 += 1 }
                do {
                    try await database.write(.snapshot) { connection in
                        for input in inputs {
                            try connection.execute(
                                "INSERT INTO thing (id, amount) VALUES (?, ?)",
                                [ThingTable.id(input), .integer(Int64(input))])
                        }
                    }
                    return inputs.map { .success($0) }
                } catch {
                    return inputs.map { _ in .failure(error) }
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let answer = try await commit.submit(number)
                        #expect(answer == number)
                    }
                }
                try await group.waitForAll()
            }
            await commit.finish()
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 500)
            #expect(batches.withLock { $0 } < 500)
        }
    }
}

extension [Task<Int, any Error>] {
    func asyncSum() async throws -> Int {
        var sum = 0
        for task in self { sum += try await task.value }
        return sum
    }
}
