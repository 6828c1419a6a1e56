/// How readers come in: whether they may join by themselves, and which site of the publisher hands them over signed in.
/// One file of the document.
public struct Doors: Sendable, Hashable {
    /// Whether who is not known yet becomes a member by signing in.
    public enum Joining: String, Sendable, Hashable, CaseIterable {
        /// Anybody with an e-mail address, or whom the publisher's site vouches for.
        case open
        /// Only members whom the publisher has sent before.
        case closed
    }

    /// What the publisher's site signs its readers' tokens with. A shared secret stands in no document.
    public struct HandOver: Sendable, Hashable {
        public struct Key: Sendable, Hashable {
            /// `kid`, where the publisher names its keys.
            public var id: String?
            /// The 32 bytes of an Ed25519 public key (RFC 8032).
            public var ed25519: [UInt8]

            public init(id: String? = nil, ed25519: [UInt8]) {
                self.id = id
                self.ed25519 = ed25519
            }
        }

        /// `iss`.
        public var issuer: String
        /// `aud`.
        public var audience: String
        public var keys: [Key]

        public init(issuer: String, audience: String, keys: [Key] = []) {
            self.issuer = issuer
            self.audience = audience
            self.keys = keys
        }
    }

    public var joining: Joining
    public var handOver: HandOver?

    public init(joining: Joining = .closed, handOver: HandOver? = nil) {
        self.joining = joining
        self.handOver = handOver
    }

    /// Two while one takes the other's place, and room for a second site.
    public static let mostKeys = 8
}
