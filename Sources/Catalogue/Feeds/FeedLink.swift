/// Reads the links of feeds, which are often relative or carelessly written.
enum FeedLink {
    /// The absolute address that `text` stands for in a document at `base` (RFC 3986, section 5.2, without dot segments:
    /// they go to the server as they are); `nil` when it is none, or not `http(s)`.
    static func resolve(_ text: String, base: WebAddress?) -> WebAddress? {
        let link = percentEncoded(PlainText.line(text))
        guard !link.isEmpty else { return nil }
        if hasScheme(link) { return WebAddress(link) }
        guard let base = base?.text, let authority = base.firstRange(of: "://") else { return nil }
        if link.hasPrefix("//") { return WebAddress(base[..<authority.lowerBound] + ":" + link) }
        let rest = base[authority.upperBound...]
        // By scalars: a `/` with a combining mark after it is one `Character`, and not a slash.
        let host = rest.unicodeScalars.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let origin = base[..<host.endIndex]
        if link.hasPrefix("/") { return WebAddress(origin + link) }
        let path = Substring(rest[host.endIndex...].unicodeScalars.prefix { $0 != "?" && $0 != "#" })
        if link.hasPrefix("#") || link.hasPrefix("?") { return WebAddress(origin + path + link) }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return WebAddress(origin + folder + link)
    }

    private static func hasScheme(_ link: String) -> Bool {
        guard let colon = link.firstIndex(of: ":") else { return false }
        let scheme = link[..<colon]
        return !scheme.isEmpty
            && scheme.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.".utf8.contains($0)
            }
    }

    private static func percentEncoded(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if " \"<>\\^`{|}".unicodeScalars.contains(scalar) {
                result += "%" + String(scalar.value, radix: 16, uppercase: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
