import HTTPTypes
import Primitives
import Runtime
import Storage
import Synchronization

/// Requests that count once, however often they come: the answer is kept under the caller's key, forever.
///
/// Kept are answers that changed something. A refusal changes nothing, so the same request may be tried again under the
/// same key. A key belongs to the member that the request is about, or to the programme.
struct Idempotency: Sendable {
    let engine: Runtime.Engine
    private let running = Running()

    init(engine: Runtime.Engine) {
        self.engine = engine
    }

    /// Requests that are being answered.
    private final class Running: Sendable {
        private let requests = Mutex<Set<IdempotencyRecords.Request>>([])

        func enter(_ request: IdempotencyRecords.Request) -> Bool {
            requests.withLock { $0.insert(request).inserted }
        }

        func leave(_ request: IdempotencyRecords.Request) {
            requests.withLock { _ = $0.remove(request) }
        }
    }

    /// The request as it is remembered; `nil` without a key.
    func request(_ call: Call, owner: ID128, body: JSONValue?) throws(Problem) -> IdempotencyRecords.Request? {
        guard let key = call.idempotencyKey else { return nil }
        // In canonical form, so that a client that writes its fields in another order the second time is recognised.
        let text = Array("\(call.method.rawValue) \(call.path)\n".utf8) + (body?.canonicalBytes() ?? [])
        return engine.records.request(try call.programme, owner: owner, key: key, request: text)
    }

    /// Carries out a command of one member. Its record is written in the transaction of its effect.
    ///
    /// - Parameters:
    ///   - respond: the answer to a command that was carried out now.
    ///   - then: what follows once it is on disk, and only when it was carried out now.
    func perform(
        _ action: Command.Action, _ call: Call, member: MemberID, body: JSONValue?,
        respond: @escaping @Sendable (Answer) -> Reply,
        then: @Sendable (Answer) async throws -> Void = { _ in }
    ) async throws -> Reply {
        let record = try request(call, owner: member.value, body: body).map { request in
            RequestRecord(request: request) { answer in
                let reply = respond(answer)
                return (reply.status, reply.body)
            }
        }
        let answer = try await engine.perform(action, member: member, in: try call.programme, record: record)
        if case .repeated(let status, let body) = answer.status { return .replayed(status: status, body: body) }
        try await then(answer)
        return respond(answer)
    }

    /// Carries out what has a transaction of its own and leads to the same state when it is done twice. The record
    /// follows it.
    ///
    /// An answer about the member in the path is theirs: their erasure takes it along. Any other is the programme's, and must
    /// say nothing of anybody.
    ///
    /// - Parameter outlivesMember: it is the programme's all the same: what was answered is that the member is gone.
    func once(
        _ call: Call, body: JSONValue?, outlivesMember: Bool = false, _ work: () async throws -> Reply
    ) async throws -> Reply {
        let member = outlivesMember ? nil : try? call.member()
        let owner = member?.value ?? ID128(high: 0, low: 0)
        guard let request = try request(call, owner: owner, body: body) else {
            return try await work()
        }
        guard running.enter(request) else {
            throw Problem(.keyInUse, "Wait for the answer to the first request.")
        }
        defer { running.leave(request) }
        if let earlier = try await find(request) { return earlier }
        let reply = try await work()
        guard (200..<300).contains(reply.status) else { return reply }
        do {
            let records = engine.records
            try await engine.database.write {
                try records.record($0, request, status: reply.status, response: reply.body)
            }
        } catch StorageProblem.constraint(.unique, _) {
            // Another node was faster with the same request.
            return try await find(request) ?? reply
        }
        return reply
    }

    /// As ``once(_:body:outlivesMember:_:)``, for answers that hold what must not be kept beside the thing itself, such as a text that lies
    /// under a seal: only that it was done is kept, and whoever asks again is told how it stands now.
    func onceAfresh(
        _ call: Call, body: JSONValue?, _ work: () async throws -> Void, answer: () async throws -> Reply
    ) async throws -> Reply {
        let done = try await once(call, body: body) {
            try await work()
            return .noContent
        }
        var reply = try await answer()
        if done.headers[.idempotencyReplayed] != nil {
            reply.headers[.idempotencyReplayed] = done.headers[.idempotencyReplayed]
        }
        return reply
    }

    /// The answer that was given before; `nil` if there is none.
    ///
    /// - Throws: a problem if the key was used for another request.
    func find(_ request: IdempotencyRecords.Request) async throws -> Reply? {
        let records = engine.records
        switch try await engine.database.read({ try records.find($0, request) }) {
        case .new: return nil
        case .replay(let status, let response): return .replayed(status: status, body: response)
        case .conflict: throw PipelineProblem.keyReused
        }
    }
}
