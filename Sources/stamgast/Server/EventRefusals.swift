import Hummingbird
import Primitives
import Site
import Synchronization

/// What was turned away where events come in, for whoever is connecting a site: when and with which status. Nothing of the
/// request is kept, and all of it is forgotten with the process.
final class EventRefusals: Sendable {
    struct Entry: Sendable, Hashable {
        var at: Instant
        var status: Int
    }

    static let most = 20
    static let memoryMilliseconds: Int64 = 3_600_000

    private let entries = Mutex<[Entry]>([])

    func note(status: Int, at now: Instant) {
        entries.withLock { entries in
            entries.append(Entry(at: now, status: status))
            if entries.count > Self.most { entries.removeFirst(entries.count - Self.most) }
        }
    }

    /// Those of the last hour, newest first.
    func recent(now: Instant) -> [Entry] {
        entries.withLock { $0 }.filter { now - $0.at < Self.memoryMilliseconds }.reversed()
    }
}

extension StartDesk.Refusal.Fault {
    /// What a sender has to do about a status; `nil` where it is nothing of theirs.
    init?(status: Int) {
        switch status {
        case 401: self = .key
        case 403: self = .scope
        case 400, 415, 422: self = .form
        case 413, 429: self = .size
        default: return nil
        }
    }
}

/// Watches the answers to requests that bring events.
struct EventRefusalWatch: RouterMiddleware {
    let refusals: EventRefusals
    let clock: any WallClock

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post, Self.brings(request.uri.path) else { return try await next(request, context) }
        do {
            let response = try await next(request, context)
            note(response.status.code)
            return response
        } catch let error as any HTTPResponseError {
            note(error.status.code)
            throw error
        }
    }

    private func note(_ status: Int) {
        guard StartDesk.Refusal.Fault(status: status) != nil else { return }
        refusals.note(status: status, at: clock.now())
    }

    private static func brings(_ path: String) -> Bool {
        ["/v1/events", "/v1/track", "/v1/page", "/v1/screen", "/v1/batch", "/v1/import"].contains(path)
    }
}
