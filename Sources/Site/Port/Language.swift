/// A language of the pages themselves. Content (titles, reasons) carries its own language in `Wording`.
public enum Language: String, Sendable, CaseIterable, Codable {
    case nl, en, ja

    /// The language of a BCP 47 tag, by its primary subtag (`nl-BE` is `nl`); `nil` for a language without pages.
    public init?(tag: some StringProtocol) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        self.init(rawValue: primary)
    }

    /// The best of our languages for an `Accept-Language` header (RFC 9110, section 12.5.4); `nil` when none is acceptable.
    ///
    /// Equal weights keep the order of the header. At most 16 ranges are read.
    public static func preferred(acceptLanguage header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for range in header.split(separator: ",").prefix(16) {
            let parts = range.split(separator: ";").map { $0.trimmingSpaces() }
            guard let tag = parts.first, let language = Language(tag: tag) else { continue }
            var weight = 1.0
            for parameter in parts.dropFirst() where parameter.hasPrefix("q=") {
                weight = Double(parameter.dropFirst(2)) ?? 0
            }
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }
}

extension StringProtocol {
    /// Without leading and trailing spaces and tabs.
    func trimmingSpaces() -> String {
        var rest = Substring(self)
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
