internal import Crypto
internal import Foundation
internal import Primitives

/// What the pages prove with a secret key: that a form came from us.
struct Seals: Sendable {
    private let formKey: SymmetricKey
    private let random: @Sendable () -> ID128

    /// - Parameters:
    ///   - key: at least 32 random bytes, the same on all nodes.
    ///   - random: from a cryptographic source.
    init(key: SymmetricKey, random: @escaping @Sendable () -> ID128) {
        self.random = random
        formKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Data("stamgast site form".utf8), outputByteCount: 32)
    }

    /// A token for a form within the session, or the browser, that `secret` belongs to: another one each time.
    ///
    /// Pages travel compressed, and how short they become tells whoever can make a page repeat guesses what stands in it
    /// (BREACH). A token that is never the same twice cannot be guessed piece by piece.
    func formToken(for secret: String) -> String {
        let nonce = random().bytes
        return Self.hex(nonce) + Self.hex(code(nonce, secret))
    }

    /// Whether `token` is one of the form's, compared in constant time.
    func isFormToken(_ token: String, for secret: String) -> Bool {
        guard let bytes = Self.bytes(hex: token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            bytes[Self.nonceBytes...], authenticating: bytes[..<Self.nonceBytes] + secret.utf8, using: formKey)
    }

    private static let nonceBytes = 16

    private func code(_ nonce: [UInt8], _ secret: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: nonce + secret.utf8, using: formKey))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count == 2 * (nonceBytes + 32) else { return nil }
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
