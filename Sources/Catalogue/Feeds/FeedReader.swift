import Primitives

/// Reads RSS, Atom and JSON Feed from bytes into drafts. Pure: the same bytes give the same drafts.
public struct FeedReader: Sendable {
    public struct Limits: Hashable, Sendable {
        /// Of the document.
        public var bytes = 10_000_000
        /// Entries; those behind are left, since feeds put the newest first.
        public var entries = 2_000

        public init() {}
    }

    private let defaults: FeedDefaults
    private let limits: Limits
    private let catalogueLimits: CatalogueLimits

    public init(
        defaults: FeedDefaults = FeedDefaults(), limits: Limits = Limits(), catalogueLimits: CatalogueLimits = .standard
    ) {
        self.defaults = defaults
        self.limits = limits
        self.catalogueLimits = catalogueLimits
    }

    /// - Parameters:
    ///   - contentType: as the server said; only its charset is used, and only where the document names none.
    ///   - base: where the document came from: relative links start there.
    /// - Throws: ``FeedProblem`` when the document as a whole cannot be used. What is wrong with single entries is in
    ///   ``Feed/faults``.
    public func read(_ bytes: [UInt8], contentType: String? = nil, base: WebAddress? = nil) throws(FeedProblem) -> Feed
    {
        guard bytes.count <= limits.bytes else { throw .tooLarge(bytes: bytes.count, limit: limits.bytes) }
        let found: (feed: Feed, entries: [FeedEntry])
        if isJSON(bytes) {
            found = try json(bytes)
        } else {
            found = try xml(bytes, charset: contentType.flatMap(charset))
        }
        var feed = found.feed
        FeedMapper(defaults: defaults, base: base, limits: catalogueLimits).fill(&feed, with: found.entries)
        return feed
    }

    private func isJSON(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let first = bytes[start...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        // UTF-16 has a zero byte beside its first character, and JSON is UTF-8 (RFC 8259, section 8.1).
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private func json(_ bytes: [UInt8]) throws(FeedProblem) -> (Feed, [FeedEntry]) {
        let document: JSONValue
        do throws(JSONProblem) {
            // RFC 8259 lets a reader ignore a byte order mark.
            document = try JSONValue(
                parsing: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
        } catch {
            throw .notWellFormed(error.description)
        }
        guard let found = JSONFeedReader.read(document, limit: limits.entries) else {
            throw .notAFeed(found: "JSON without a JSON Feed version and items")
        }
        return found
    }

    private func xml(_ bytes: [UInt8], charset: String?) throws(FeedProblem) -> (Feed, [FeedEntry]) {
        let root: XMLElement
        do throws(XMLProblem) {
            root = try XMLReader.read(bytes.trimmingLeadingSpace(), charset: charset)
        } catch {
            throw .notWellFormed(error.description)
        }
        switch root.name.local.lowercased() {
        case "rss", "rdf":
            guard let found = RSSReader.read(root, limit: limits.entries) else {
                throw .notAFeed(found: "RSS without a channel")
            }
            return found
        case "feed" where root.vocabulary == .atom: return AtomReader.read(root, limit: limits.entries)
        default: throw .notAFeed(found: "<\(root.name.local.quoted)>")
        }
    }

    private func charset(_ contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, PlainText.line(parts[0]).lowercased() == "charset" else { continue }
            return PlainText.line(parts[1]).replacing("\"", with: "")
        }
        return nil
    }
}

extension [UInt8] {
    /// Feeds written by templates often begin with an empty line, which XML forbids.
    fileprivate func trimmingLeadingSpace() -> [UInt8] {
        guard let first, first == 0x20 || first == 0x0A || first == 0x0D || first == 0x09 else { return self }
        return Array(drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 })
    }
}
