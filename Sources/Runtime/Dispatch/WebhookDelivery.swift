import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
public import Primitives

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

/// Sends webhooks over HTTP: no redirects, fifteen seconds, the answer's body unread.
public struct HTTPWebhookSender: WebhookSending {
    public init() {}

    public func send(_ request: WebhookRequest) async throws -> Int {
        var message = HTTPClientRequest(url: request.url)
        message.method = .POST
        message.headers.add(name: "content-type", value: "application/json")
        message.headers.add(name: "user-agent", value: "stamgast")
        message.headers.add(name: "webhook-id", value: request.id)
        message.headers.add(name: "webhook-timestamp", value: String(request.timestamp))
        message.headers.add(name: "webhook-signature", value: request.signature)
        message.body = .bytes(ByteBuffer(bytes: request.body))
        return Int(try await HTTPClient.shared.execute(message, timeout: .seconds(15)).status.code)
    }
}
