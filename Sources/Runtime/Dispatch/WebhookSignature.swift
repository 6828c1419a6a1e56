import Crypto
import Foundation
import Loyalty
public import Primitives

/// Signatures of webhooks after Standard Webhooks 1.0: HMAC-SHA256 of `id.timestamp.body`, in base64, as `v1,…`.
public struct WebhookSignature: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: `whsec_` and the key in base64, padded or not; `nil` for anything else.
    public init?(secret: String) {
        guard secret.hasPrefix("whsec_") else { return nil }
        let text = String(secret.dropFirst("whsec_".count))
        let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let key = Data(base64Encoded: padded), key.count >= 16 else { return nil }
        self.key = SymmetricKey(data: key)
    }

    /// The value of the header `webhook-signature`.
    public func header(id: String, timestamp: Int64, body: [UInt8]) -> String {
        var hash = HMAC<SHA256>(key: key)
        hash.update(data: Data("\(id).\(timestamp).".utf8))
        hash.update(data: body)
        return "v1," + Data(hash.finalize()).base64EncodedString()
    }
}

/// The secrets of webhooks: derived from the home's keys, so that none is stored and a restored home has the same ones.
public struct WebhookSecrets: Sendable {
    private let secret: @Sendable (ProgrammeID, String) -> [UInt8]

    /// - Parameter secret: 32 bytes for a programme and a webhook.
    public init(_ secret: @escaping @Sendable (ProgrammeID, String) -> [UInt8]) {
        self.secret = secret
    }

    /// What the receiver configures: `whsec_…`.
    public func text(_ programme: ProgrammeID, _ webhook: String) -> String {
        "whsec_" + Data(secret(programme, webhook)).base64EncodedString()
    }

    public func signature(_ programme: ProgrammeID, _ webhook: String) -> WebhookSignature? {
        WebhookSignature(secret: text(programme, webhook))
    }
}
