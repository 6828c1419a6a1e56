public import Vault

/// A secret that is handed out once: a sign-in link's code, a session cookie. 256 random bits, of which only a keyed
/// hash is stored.
public struct SecretToken: Sendable, Hashable, Unprintable {
    let bytes: [UInt8]

    static let count = 32

    init(random: any RandomBytes) {
        bytes = random.bytes(Self.count)
    }

    /// Reads the text form; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 43, let bytes = Base64URL.decode(text), bytes.count == Self.count else { return nil }
        self.bytes = bytes
    }

    /// 43 characters, safe in addresses and cookies.
    public var text: String { Base64URL.encode(bytes) }
}
