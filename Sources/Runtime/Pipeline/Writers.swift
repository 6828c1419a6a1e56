import Primitives
import Storage
import Synchronization

/// The one writer of each programme, with the queue in front of it: made when it is first needed.
final class Writers: Sendable {
    struct Writer: Sendable {
        let pipeline: Pipeline
        let commits: GroupCommit<Command, Answer>
    }

    private struct State {
        var writers: [ProgrammeID: Writer] = [:]
        var isFinishing = false
    }

    private let state = Mutex(State())
    private let make: @Sendable (ProgrammeID) -> Writer

    init(make: @escaping @Sendable (ProgrammeID) -> Writer) {
        self.make = make
    }

    subscript(programme: ProgrammeID) -> Writer {
        get throws {
            try state.withLock { state in
                if let writer = state.writers[programme] { return writer }
                guard !state.isFinishing else { throw StorageProblem.closed }
                let writer = make(programme)
                state.writers[programme] = writer
                return writer
            }
        }
    }

    /// Refuses new work and waits for what was taken.
    func finish() async {
        let writers = state.withLock { state in
            state.isFinishing = true
            return state.writers.values.map { $0 }
        }
        for writer in writers { await writer.commits.finish() }
    }

    /// How many commands wait.
    var backlog: Int {
        get async {
            var total = 0
            for writer in state.withLock({ $0.writers.values.map { $0 } }) { total += await writer.commits.backlog }
            return total
        }
    }
}
