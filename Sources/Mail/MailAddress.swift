/// An address that mail can be sent to (RFC 5321, a sensible part of it): `local@domain`, ASCII, no comments, no quotes.
public struct MailAddress: Sendable, Hashable {
    /// As typed, the domain in small letters.
    public let text: String

    /// `nil` for anything that is not an address.
    public init?(_ typed: String) {
        let parts = typed.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count), (3...253).contains(parts[1].count),
            parts[0].allSatisfy(Self.isLocal), parts[0].first != UInt8(ascii: "."),
            parts[0].last != UInt8(ascii: ".")
        else { return nil }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard
            labels.allSatisfy({ label in
                (1...63).contains(label.count) && label.allSatisfy(Self.isDomain)
                    && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            })
        else { return nil }
        text = String(Substring(parts[0])) + "@" + String(Substring(parts[1])).lowercased()
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
        }
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
