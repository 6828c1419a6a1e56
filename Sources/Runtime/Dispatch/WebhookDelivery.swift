import AsyncHTTPClient
public import Catalogue
import Foundation
import NIOCore
import NIOHTTP1
import Primitives

/// One message on its way to one address.
public struct WebhookRequest: Sendable, Hashable {
    public var url: String
    public var id: String
    public var timestamp: Int64
    public var signature: String
    public var body: [UInt8]
}

/// Sends webhooks. Tests replace it.
public protocol WebhookSending: Sendable {
    /// - Returns: the answer's status; anything thrown counts as no answer.
    func send(_ request: WebhookRequest) async throws -> Int
    /// The same, with why there was no answer, and how long the receiver asks to be left alone.
    func answer(to request: WebhookRequest) async -> WebhookAnswer
}

extension WebhookSending {
    public func answer(to request: WebhookRequest) async -> WebhookAnswer {
        do {
            return WebhookAnswer(.answered(try await send(request)))
        } catch {
            return WebhookAnswer(.unanswered(WebhookResult.Problem(error)))
        }
    }
}

extension WebhookResult.Problem {
    init(_ error: any Error) {
        if let problem = error as? GuardedHTTP.Problem {
            switch problem {
            case .addressNotAllowed, .badAddress: self = .refused
            case .unknownHost: self = .noConnection
            }
        } else if let problem = error as? HTTPClientError,
            [.deadlineExceeded, .readTimeout, .connectTimeout, .writeTimeout].contains(problem)
        {
            self = .timeout
        } else if error as? HTTPClientError == .tlsHandshakeTimeout {
            self = .tls
        } else {
            // NIOSSL is the client's own dependency, not ours: its errors are known by their names.
            self = String(reflecting: type(of: error)).contains("SSL") ? .tls : .noConnection
        }
    }
}

/// Sends webhooks over HTTP, only to where the operator lets requests go; checked at every connection, because a name can
/// stand for another address by then. No redirects, fifteen seconds, the answer's body unread.
public struct HTTPWebhookSender: WebhookSending {
    private static let seconds: Int64 = 15
    private let http: GuardedHTTP

    public init(_ policy: NetworkPolicy = .publicInternet) {
        self.init(http: GuardedHTTP(policy))
    }

    init(http: GuardedHTTP) {
        self.http = http
    }

    public func send(_ request: WebhookRequest) async throws -> Int {
        try await ask(request).status
    }

    public func answer(to request: WebhookRequest) async -> WebhookAnswer {
        do {
            let (status, wait) = try await ask(request)
            return WebhookAnswer(.answered(status), retryAfterSeconds: wait)
        } catch {
            return WebhookAnswer(.unanswered(WebhookResult.Problem(error)))
        }
    }

    private func ask(_ request: WebhookRequest) async throws -> (status: Int, wait: Int64?) {
        var message = HTTPClientRequest(url: request.url)
        message.method = .POST
        message.headers.add(name: "content-type", value: "application/json")
        message.headers.add(name: "user-agent", value: "stamgast")
        message.headers.add(name: "webhook-id", value: request.id)
        message.headers.add(name: "webhook-timestamp", value: String(request.timestamp))
        message.headers.add(name: "webhook-signature", value: request.signature)
        message.body = .bytes(ByteBuffer(bytes: request.body))
        let ready = message
        let answer = try await http.with(request.url, idleSeconds: Int(Self.seconds)) { client in
            await Result(catching: {
                let response = try await client.execute(ready, timeout: .seconds(Self.seconds))
                return (Int(response.status.code), response.headers.first(name: "retry-after").flatMap { Int64($0) })
            })
        }
        return try answer.get()
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
