import Loyalty
public import Primitives
public import Storage

/// Work that changes what batches rest on: a member goes, a programme is replaced. It runs between two batches, in one
/// transaction that checks the lease, and everything in memory is read again after it.
public struct Alone: Sendable {
    /// Members that are no more once this is on disk; commands that are on their way to them are refused.
    public var erases: [MemberID]
    /// May run several times, after a commit that nobody heard of too: what it did before it must find done.
    public var write: @Sendable (any Connection) throws -> Void
    /// Once it is on disk, before the next batch begins.
    public var finish: @Sendable () -> Void

    public init(
        erases: [MemberID] = [], write: @escaping @Sendable (any Connection) throws -> Void,
        finish: @escaping @Sendable () -> Void = {}
    ) {
        self.erases = erases
        self.write = write
        self.finish = finish
    }
}

/// The members that were erased lately: two generations, so that it stays small and none is forgotten while something
/// that began before could still arrive.
struct ErasedMembers: Sendable {
    static let capacity = 50_000

    private var young: Set<MemberID> = []
    private var old: Set<MemberID> = []

    mutating func insert(_ members: [MemberID]) {
        if young.count >= Self.capacity {
            old = young
            young = []
        }
        young.formUnion(members)
    }

    func contain(_ command: Command) -> Bool {
        if young.isEmpty, old.isEmpty { return false }
        return command.members.contains { young.contains($0) || old.contains($0) }
    }
}

extension Command {
    var isAlone: Bool {
        if case .alone = action { true } else { false }
    }
}

extension Pipeline {
    /// What comes before the command at `index`, the command, and what comes after it.
    func around(_ index: Int, _ commands: [Command]) async -> [Result<Answer, any Error>] {
        var results = index > 0 ? await process(Array(commands[..<index])) : []
        results.append(await alone(commands[index]))
        if index + 1 < commands.count { results += await process(Array(commands[(index + 1)...])) }
        return results
    }

    private func alone(_ command: Command) async -> Result<Answer, any Error> {
        guard case .alone(let work) = command.action else { return .failure(PipelineProblem.unprocessable) }
        guard let lease else { return .failure(PipelineProblem.notOwner) }
        for attempt in 1... {
            do {
                try await database.write { connection in
                    try Leases.check(connection, lease)
                    try work.write(connection)
                }
                break
            } catch let problem as StorageProblem {
                forget()
                switch Self.verdict(on: problem) {
                // As a batch is: what was carried out without an answer finds itself done.
                case .again where attempt < Self.attempts: continue
                case .refuse(let refusal): return .failure(refusal)
                case .again: return .failure(PipelineProblem.unavailable)
                case .split: return .failure(PipelineProblem.unprocessable)
                }
            } catch {
                // What the work itself says.
                return .failure(error)
            }
        }
        forget()
        erased.insert(work.erases)
        // What was given away meanwhile is put in force by its new owner.
        if self.lease?.epoch == lease.epoch { work.finish() }
        return .success(Answer(status: .done, member: command.member))
    }
}
