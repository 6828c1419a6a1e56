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

/// The signatures of one webhook: of its secret, and for a while after a change of the one before as well.
public struct WebhookSignatures: Sendable {
    private let all: [WebhookSignature]

    init(_ all: [WebhookSignature]) {
        self.all = all
    }

    /// The value of the header `webhook-signature`: a receiver takes the message if one of them is right.
    public func header(id: String, timestamp: Int64, body: [UInt8]) -> String {
        all.map { $0.header(id: id, timestamp: timestamp, body: body) }.joined(separator: " ")
    }
}

/// The secrets of webhooks: derived from the home's keys, so that none is stored and a restored home has the same ones.
public struct WebhookSecrets: Sendable {
    private let secret: @Sendable (ProgrammeID, String, Int64) -> [UInt8]

    /// - Parameter secret: 32 bytes for a programme, a webhook and how often its secret was changed. From one none of the
    ///   others may follow.
    public init(_ secret: @escaping @Sendable (ProgrammeID, String, Int64) -> [UInt8]) {
        self.secret = secret
    }

    /// What the receiver configures: `whsec_…`.
    public func text(_ programme: ProgrammeID, _ webhook: String, generation: Int64) -> String {
        "whsec_" + Data(secret(programme, webhook, generation)).base64EncodedString()
    }

    /// What messages are signed with now; `nil` without a secret that can be used.
    public func signatures(
        _ programme: ProgrammeID, _ webhook: String, _ state: WebhookState, now: Instant
    ) -> WebhookSignatures? {
        var generations = [state.generation]
        if state.generation > 0, let until = state.formerUntil, until > now { generations.append(state.generation - 1) }
        let all = generations.compactMap {
            WebhookSignature(secret: text(programme, webhook, generation: $0))
        }
        return all.count == generations.count ? WebhookSignatures(all) : nil
    }
}
