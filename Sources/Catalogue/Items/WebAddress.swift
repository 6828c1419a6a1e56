/// An absolute `http` or `https` address: the only kind that may become a link, an image or a request.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// `nil` unless `text` is `http(s)://host…`, at most 2,048 bytes, without user name or password, white space, double
    /// quotes, brackets, backslashes or control characters. Other schemes (`javascript:`, `data:`, `file:`) are never addresses.
    public init?(_ text: some StringProtocol) {
        // By bytes: a `/` with a combining mark after it is one `Character`, and not a slash.
        let bytes = Array(text.utf8)
        guard bytes.count <= 2_048 else { return nil }
        let scheme = String(decoding: bytes.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
        guard scheme == "http" || scheme == "https", bytes.dropFirst(scheme.utf8.count).starts(with: "://".utf8) else {
            return nil
        }
        let refused: Set<Unicode.Scalar> = ["\"", "<", ">", "\\", "`", "{", "}", "|", "^"]
        for scalar in text.unicodeScalars
        where scalar.value <= 0x20 || scalar.value == 0x7F || refused.contains(scalar) || PlainText.isForbidden(scalar)
            || scalar.properties.isWhitespace
        {
            return nil
        }
        let rest = bytes.dropFirst(scheme.utf8.count + 3)
        let authority = rest.prefix { !Self.endsAuthority($0) }
        guard let first = authority.first, !authority.contains(UInt8(ascii: "@")), first != UInt8(ascii: ":"),
            first != UInt8(ascii: ".")
        else { return nil }
        self.text = scheme + "://" + String(decoding: rest, as: UTF8.self)
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool { "/?#".utf8.contains(byte) }

    public var description: String { text }

    /// The host as written, lower-case, without port; brackets of an IPv6 literal removed.
    public var host: String {
        let rest = text.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3)
        var host = rest.prefix { !Self.endsAuthority($0) }
        if host.first == UInt8(ascii: "[") {
            host = host.dropFirst().prefix { $0 != UInt8(ascii: "]") }
        } else {
            host = host.prefix { $0 != UInt8(ascii: ":") }
        }
        return String(decoding: host, as: UTF8.self).lowercased()
    }

    public var isSecure: Bool { text.hasPrefix("https:") }
}
