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
            await Result(catching: { try await client.execute(ready, timeout: .seconds(Self.seconds)).status.code })
        }
        return Int(try answer.get())
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
