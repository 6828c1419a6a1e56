/// An address that is safe in a link or an image: a path on this server or an `http(s)` address, never another scheme.
public struct WebLink: Sendable, Hashable, CustomStringConvertible {
    public let address: String

    /// `nil` unless `address` is an absolute path (`/…`, not `//…`) or starts with `https://` or `http://`, has no
    /// white space, control characters or backslashes, and at most 2,048 bytes.
    public init?(_ address: some StringProtocol) {
        let lowered = address.prefix(8).lowercased()
        let isPath = address.hasPrefix("/") && !address.hasPrefix("//")
        guard isPath || lowered.hasPrefix("https://") || lowered.hasPrefix("http://"), address.utf8.count <= 2_048,
            address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" })
        else { return nil }
        self.address = String(address)
    }

    /// A path made of segments; each is percent-encoded except for the unreserved characters of RFC 3986, section 2.3.
    public init(path segments: [String]) {
        address = "/" + segments.map(Self.encode).joined(separator: "/")
    }

    public var description: String { address }

    static func encode(_ segment: String) -> String {
        var out = ""
        for byte in segment.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return out
    }
}
