/// Where a database lives.
public enum DatabaseLocation: Sendable, Hashable {
    /// A SQLite file; a relative path is relative to the home.
    case sqlite(path: String)
    /// A PostgreSQL connection URI, passed to libpq as it is.
    case postgres(uri: String)

    /// Reads `sqlite:PATH` or `postgres://…` / `postgresql://…`; `nil` for anything else.
    public init?(_ text: String) {
        if text.hasPrefix("sqlite:") {
            let path = String(text.dropFirst("sqlite:".count))
            guard !path.isEmpty else { return nil }
            self = .sqlite(path: path)
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(uri: text)
        } else {
            return nil
        }
    }

    /// The text of a location without its credentials: a URI's user part and its parameters may hold a password.
    static func masked(_ text: String) -> String {
        guard let scheme = text.firstRange(of: "://") else { return text }
        var rest = text[scheme.upperBound...]
        if let question = rest.firstIndex(of: "?") { rest = rest[..<question] }
        let authority = rest.prefix(while: { $0 != "/" })
        if let at = authority.lastIndex(of: "@") {
            return text[..<scheme.upperBound] + "…" + rest[at...]
        }
        return text[..<scheme.upperBound] + String(rest)
    }
}
