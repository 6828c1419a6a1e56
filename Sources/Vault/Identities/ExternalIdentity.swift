/// A name somebody else gave to a person: the publisher's user id, a browser's anonymous id, an e-mail address.
///
/// Only the vault ever stores one, and only sealed; everything else knows a `MemberID`.
public struct ExternalIdentity: Hashable, Sendable, Unprintable {
    /// Who gave the name: two namespaces never share a person by accident.
    public struct Namespace: Hashable, Sendable, CustomStringConvertible {
        public let name: String

        /// `nil` unless 1 to 32 lower-case letters, digits, hyphens and underscores, a letter first.
        public init?(_ name: some StringProtocol) {
            let bytes = Array(name.utf8)
            guard (1...32).contains(bytes.count), let first = bytes.first, Self.isLetter(first),
                bytes.allSatisfy({
                    Self.isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                })
            else { return nil }
            self.name = String(name)
        }

        private init(known name: String) {
            self.name = name
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }

        /// The publisher's id for a signed-in person (`userId` in the Segment API).
        public static let user = Namespace(known: "user")
        /// A device's or browser's id before sign-in (`anonymousId` in the Segment API).
        public static let anonymous = Namespace(known: "anonymous")
        /// A normalised e-mail address: for look-up, never for joining two persons.
        public static let email = Namespace(known: "email")

        public var description: String { name }
    }

    public let namespace: Namespace
    /// 1 to ``maximumBytes`` bytes of UTF-8, compared byte by byte.
    public let value: String

    /// The longest value, in bytes of UTF-8.
    public static let maximumBytes = 255

    /// `nil` when the value is empty, longer than ``maximumBytes`` or contains control characters.
    public init?(_ namespace: Namespace, _ value: String) {
        let count = value.utf8.count
        guard count > 0, count <= Self.maximumBytes, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return nil
        }
        self.namespace = namespace
        self.value = value
    }

    /// The look-up name of an e-mail address.
    public init(_ address: EmailAddress) {
        namespace = .email
        value = address.normalised
    }

    /// Byte by byte: Swift's own comparison takes canonically equivalent texts for one, a publisher's database does not.
    public static func == (left: ExternalIdentity, right: ExternalIdentity) -> Bool {
        left.namespace == right.namespace && left.value.utf8.elementsEqual(right.value.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(namespace)
        for byte in value.utf8 { hasher.combine(byte) }
    }
}

/// An e-mail address that a message can be sent to, as far as its form tells.
public struct EmailAddress: Hashable, Sendable, Unprintable {
    /// As given, without surrounding blanks.
    public let text: String
    /// Lower case throughout: in practice no two people differ in case only, and the same person writes it both ways.
    public var normalised: String { text.lowercased() }

    /// `nil` unless one `@` stands between a local part of at most 64 and a domain of at most 190 bytes without blanks.
    public init?(_ text: some StringProtocol) {
        let trimmed = text.drop(while: \.isWhitespace)
        let end = trimmed.lastIndex { !$0.isWhitespace }
        guard let end else { return nil }
        let address = String(trimmed[...end])
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (1...190).contains(parts[1].utf8.count),
            !address.contains(where: \.isWhitespace),
            address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "<") })
        else { return nil }
        self.text = address
    }
}
