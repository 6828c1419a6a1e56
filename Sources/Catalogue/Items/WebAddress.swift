/// An absolute `http` or `https` address: the only kind that may become a link, an image or a request.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// `nil` unless `text` is `http(s)://host…`, at most 2,048 bytes, without user name or password, white space, double
    /// quotes, brackets, backslashes or control characters. Other schemes (`javascript:`, `data:`, `file:`) are never addresses.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 2_048, let schemeEnd = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<schemeEnd.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let refused: Set<Unicode.Scalar> = ["\"", "<", ">", "\\", "`", "{", "}", "|", "^"]
        for scalar in text.unicodeScalars where scalar.value <= 0x20 || scalar.value == 0x7F || refused.contains(scalar)
        {
            return nil
        }
        guard !text.unicodeScalars.contains(where: { PlainText.isForbidden($0) || $0.properties.isWhitespace }) else {
            return nil
        }
        let rest = text[schemeEnd.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@"), authority.first != ":", authority.first != "." else {
            return nil
        }
        self.text = scheme + "://" + String(rest)
    }

    public var description: String { text }

    /// The host as written, lower-case, without port; brackets of an IPv6 literal removed.
    public var host: String {
        let rest = text.drop { $0 != ":" }.dropFirst(3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if authority.first == "[" { return authority.dropFirst().prefix { $0 != "]" }.lowercased() }
        return authority.prefix { $0 != ":" }.lowercased()
    }

    public var isSecure: Bool { text.hasPrefix("https:") }
}
