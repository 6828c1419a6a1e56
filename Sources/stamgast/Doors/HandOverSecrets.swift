import Access
import Crypto
import Foundation
import Loyalty
import Primitives
import Settings

/// The secrets that publishers' sites share with us, by programme: from the environment, never from a document.
struct HandOverSecrets: Sendable {
    let keys: [ProgrammeID: SymmetricKey]

    static let none = HandOverSecrets(keys: [:])

    private init(keys: [ProgrammeID: SymmetricKey]) { self.keys = keys }

    /// Reads `avondpost:BASE64,town:BASE64`.
    ///
    /// - Throws: `MailDoorProblem.noSecrets`, which does not repeat what was read.
    init(_ text: String?) throws {
        var keys: [ProgrammeID: SymmetricKey] = [:]
        for entry in (text ?? "").split(separator: ",") {
            let parts = entry.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let programme = ProgrammeID(parts[0].filter { $0 != " " }),
                let bytes = Data(base64Encoded: String(parts[1])), bytes.count >= 32
            else { throw MailDoorProblem.noSecrets }
            keys[programme] = SymmetricKey(data: bytes)
        }
        self.init(keys: keys)
    }

    /// Whose tokens a programme trusts; `nil` if nobody's.
    func trust(of programme: Programme) -> HandOverTrust? {
        guard let handOver = programme.doors?.handOver else { return nil }
        var trusted: [HandOverTrust.Key] = handOver.keys.compactMap { key in
            guard let material = try? Curve25519.Signing.PublicKey(rawRepresentation: key.ed25519) else { return nil }
            return HandOverTrust.Key(id: key.id, .ed25519(material))
        }
        if let secret = keys[programme.id], let key = HandOverTrust.Key(.hmacSHA256(secret)) { trusted.append(key) }
        guard !trusted.isEmpty else { return nil }
        return HandOverTrust(issuer: handOver.issuer, audience: handOver.audience, keys: trusted)
    }
}
