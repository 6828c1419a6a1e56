internal import Crypto
internal import Primitives
public import Vault

/// The text of an API key: `sg_live_<id>_<secret><checksum>`, or `sg_page_…` for a publishable one.
///
/// The prefix lets secret scanners find keys that were committed by accident; the checksum tells a typing error from a
/// foreign key without asking a database. It proves nothing: anybody can compute it.
public struct APIKeyText: Sendable, Hashable, Unprintable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A secret of the publisher's servers.
        case live
        /// Publishable: stands in the source of pages and may only send events.
        case page
    }

    public let kind: Kind
    /// The public part: names the key in lists, logs and the audit.
    public let id: String
    let secret: [UInt8]

    static let idBytes = 8
    static let secretBytes = 20
    private static let idLength = 13
    private static let secretLength = 32
    private static let checksumLength = 7

    /// - Parameter form: what the public part follows from, for a key that is made once; random without it.
    init(kind: Kind, form: ID128? = nil, random: any RandomBytes) {
        self.kind = kind
        let named = form.map { form in (0..<8).map { UInt8(truncatingIfNeeded: form.low >> (UInt64($0) * 8)) } }
        id = Base32.encode(named ?? random.bytes(Self.idBytes))
        secret = Array(Base32.encode(random.bytes(Self.secretBytes)).utf8)
    }

    /// Reads a key; `nil` for anything that is not one, a wrong checksum included.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "sg", let kind = Kind(rawValue: String(parts[1])),
            parts[2].utf8.count == Self.idLength, parts[3].utf8.count == Self.secretLength + Self.checksumLength,
            Base32.isEncoded(parts[2]), Base32.isEncoded(parts[3])
        else { return nil }
        self.kind = kind
        id = String(parts[2])
        secret = Array(parts[3].utf8.prefix(Self.secretLength))
        guard Self.checksum(unchecked) == parts[3].suffix(Self.checksumLength) else { return nil }
    }

    /// Reads an `Authorization` header: `Bearer KEY`, or `Basic` with the key as the user name, as Segment's libraries
    /// send their write key.
    public init?(authorization header: String) {
        guard header.utf8.count <= 512, let space = header.firstIndex(of: " ") else { return nil }
        let value = header[header.index(after: space)...].drop { $0 == " " }
        switch header[..<space].lowercased() {
        case "bearer": self.init(value)
        case "basic":
            let unpadded = value.replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
            guard let bytes = Base64URL.decode(unpadded), let text = String(validating: bytes, as: UTF8.self) else {
                return nil
            }
            self.init(text.prefix { $0 != ":" })
        default: return nil
        }
    }

    /// The whole key. Shown once, when it is made.
    public var text: String { unchecked + Self.checksum(unchecked) }

    private var unchecked: String { "sg_\(kind.rawValue)_\(id)_" + String(decoding: secret, as: UTF8.self) }

    static func checksum(_ text: String) -> String {
        Base32.encode(SHA256.hash(data: Array(text.utf8)).prefix(4))
    }
}
