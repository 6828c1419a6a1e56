import CryptoExtras
import Foundation
import Personalisation
import Primitives
import Runtime
import Testing

/// A reader's device, in Swift: what `earn.js` does, with the library's own blinding.
struct EarningClient {
    let earning: AnonymousEarning
    let programme: ProgrammeID

    struct Blinded {
        var key: EarningTokenKey
        var nonce: [UInt8]
        var message: _RSA.BlindSigning.PreparedMessage
        var result: _RSA.BlindSigning.BlindingResult
    }

    /// What the server saw of one report, and what the device made of the answer.
    struct Transcript {
        var blinded: [[UInt8]]
        var signatures: [[UInt8]]
        var tokens: [EarningToken]
    }

    /// One blinded message per key; `nil` where the type is earned the identified way.
    func prepare(_ type: String, now: Instant) async throws -> [Blinded]? {
        guard case .open(let keys)? = try await earning.offer(programme, now: now).types[type] else { return nil }
        return try keys.map { key in
            let nonce = (0..<BlindSignatures.nonceBytes).map { _ in UInt8.random(in: .min ... .max) }
            let publicKey = try BlindSignatures.publicKey(der: key.publicKey)
            let message = publicKey.prepare(Data(nonce))
            return Blinded(key: key, nonce: nonce, message: message, result: try publicKey.blind(message))
        }
    }

    func report(_ type: String, _ fields: JSONObject, now: Instant) async throws -> Transcript? {
        guard let prepared = try await prepare(type, now: now) else { return nil }
        let blinded = Dictionary(
            uniqueKeysWithValues: prepared.map { ($0.key.id, Array($0.result.blindedMessage)) })
        let report = try await earning.report(
            type, channel: "", fields: fields, blinded: blinded, in: programme, now: now)
        guard case .signed(let signed) = report else { return nil }
        var transcript = Transcript(
            blinded: Array(blinded.values), signatures: signed.map(\.signature), tokens: [])
        for one in signed {
            let part = try #require(prepared.first { $0.key.id == one.key })
            let signature = try BlindSignatures.publicKey(der: part.key.publicKey).finalize(
                _RSA.BlindSigning.BlindSignature(rawRepresentation: Data(one.signature)), for: part.message,
                blindingInverse: part.result.inverse)
            transcript.tokens.append(
                try #require(
                    EarningToken(key: one.key, nonce: part.nonce, signature: Array(signature.rawRepresentation))))
        }
        return transcript
    }
}
