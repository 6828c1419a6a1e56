internal import Crypto
internal import Foundation
internal import Primitives

/// What the pages prove with one secret key: that a form came from us, and which member a widget may speak of.
struct Seals: Sendable {
    private let formKey: SymmetricKey
    private let passKey: SymmetricKey

    /// - Parameter key: at least 32 random bytes, the same on all nodes.
    init(key: SymmetricKey) {
        func derived(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data(purpose.utf8), outputByteCount: 32)
        }
        formKey = derived("stamgast site form")
        passKey = derived("stamgast site widget pass")
    }

    /// The token of a form within the session, or the browser, that `secret` belongs to.
    func formToken(for secret: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(secret.utf8), using: formKey).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// Whether `token` is the form's, compared in constant time.
    func isFormToken(_ token: String, for secret: String) -> Bool {
        guard let code = Self.bytes(hex: token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(secret.utf8), using: formKey)
    }

    /// A pass with which a widget on the publisher's page may ask about this member: encrypted, so that the page and its
    /// other scripts do not learn the pseudonym, and short-lived.
    /// - Parameter nonce: twelve bytes that are never used again under this key.
    func pass(for member: MemberID, in programme: ProgrammeID, until: Instant, nonce: [UInt8]) throws -> String {
        let text = "\(programme.name)\n\(member)\n\(until.seconds)"
        let box = try AES.GCM.seal(Data(text.utf8), using: passKey, nonce: AES.GCM.Nonce(data: nonce))
        guard let bytes = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Whom a pass is for; `nil` when it is not ours or no longer valid.
    func read(pass: String, now: Instant) -> (programme: ProgrammeID, member: MemberID)? {
        guard pass.utf8.count <= 512 else { return nil }
        var base64 = pass.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let bytes = Data(base64Encoded: base64), let box = try? AES.GCM.SealedBox(combined: bytes),
            let text = try? AES.GCM.open(box, using: passKey)
        else { return nil }
        let parts = String(decoding: text, as: UTF8.self).split(separator: "\n")
        guard parts.count == 3, let programme = ProgrammeID(parts[0]), let member = MemberID(parts[1]),
            let until = Int64(parts[2]), now.seconds < until
        else { return nil }
        return (programme, member)
    }

    private static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[start...start + 1], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}
