internal import Crypto
internal import Foundation

/// What the pages prove with a secret key: that a form came from us.
struct Seals: Sendable {
    private let formKey: SymmetricKey

    /// - Parameter key: at least 32 random bytes, the same on all nodes.
    init(key: SymmetricKey) {
        formKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Data("stamgast site form".utf8), outputByteCount: 32)
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
