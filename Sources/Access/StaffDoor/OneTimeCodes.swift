internal import Crypto
internal import FoundationEssentials
internal import Primitives

/// Codes of an authenticator app: TOTP (RFC 6238) over HMAC-SHA-1, six digits, a new one every thirty seconds. It is what
/// every app understands; HMAC does not suffer from what is wrong with SHA-1.
enum OneTimeCodes {
    static let stepMilliseconds: Int64 = 30_000
    static let digits = 6
    static let secretBytes = 20
    /// How many steps a clock may be off, either way.
    static let window: Int64 = 1

    static func step(_ now: Instant) -> Int64 { now.milliseconds / stepMilliseconds }

    /// The code of a step (RFC 4226, section 5.3).
    static func code(_ secret: [UInt8], step: Int64, digits: Int = digits) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let hash = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: Data(counter), using: SymmetricKey(data: secret)))
        let offset = Int(hash[hash.count - 1] & 0x0F)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 })
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// The step that a code is of, later than `last`; `nil` for any other code. Every step is looked at, in the same time.
    static func step(of code: String, secret: [UInt8], after last: Int64, now: Instant) -> Int64? {
        let given = Array(code.utf8)
        let current = step(now)
        var found: Int64?
        for step in (current - window)...(current + window)
        where ConstantTime.areEqual(Array(self.code(secret, step: step).utf8), given) {
            found = step
        }
        return found.flatMap { $0 > last ? $0 : nil }
    }

    /// The most that a picture of ours holds.
    static let longestAddress = 213

    /// What an app reads from a picture.
    static func address(_ secret: String, account: String, issuer: String) -> String {
        // A long name is cut: it is there to be recognised.
        var issuer = issuer
        while true {
            let text = "otpauth://totp/\(encode(account))?secret=\(secret.uppercased())&issuer=\(encode(issuer))"
            if text.utf8.count <= longestAddress || issuer.isEmpty { return text }
            issuer.removeLast()
        }
    }

    private static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~".utf8.contains(byte)
            bytes += isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Codes on paper for the day on which the phone is lost: each works once.
enum RecoveryCodes {
    static let count = 10
    static let bytes = 10

    /// Sixteen letters and digits in four groups.
    static func text(_ bytes: [UInt8]) -> String {
        let letters = Array(Base32.encode(bytes))
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: "-")
    }

    /// The same code, however it was typed; `nil` for what is none.
    static func normalized(_ text: String) -> [UInt8]? {
        let letters = text.lowercased().filter { $0 != "-" && $0 != " " }
        guard letters.utf8.count == 16, Base32.isEncoded(letters) else { return nil }
        return Array(letters.utf8)
    }
}
