/// A piece of personal data that the vault keeps sealed.
public struct PersonalField: Hashable, Sendable, CustomStringConvertible {
    public let name: String

    /// `nil` unless 1 to 64 lower-case letters, digits, hyphens, underscores and dots, a letter first.
    public init?(_ name: some StringProtocol) {
        let bytes = Array(name.utf8)
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard (1...64).contains(bytes.count), let first = bytes.first, letters.contains(first),
            bytes.allSatisfy({
                letters.contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-_.".utf8.contains($0)
            })
        else { return nil }
        self.name = String(name)
    }

    private init(known name: String) {
        self.name = name
    }

    /// How the person wants to be called.
    public static let name = PersonalField(known: "name")
    /// Also indexed, for look-up and sign-in.
    public static let email = PersonalField(known: "email")
    public static let phone = PersonalField(known: "phone")
    public static let address = PersonalField(known: "address")

    /// A trait that the programme declares to be personal.
    public static func trait(_ name: some StringProtocol) -> PersonalField? {
        PersonalField("trait." + name)
    }

    /// The longest value, in bytes of UTF-8.
    public static let maximumBytes = 4_096

    public var description: String { name }
}
