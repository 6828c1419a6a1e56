/// Reads Atom (RFC 4287).
enum AtomReader {
    static func read(_ root: XMLElement, limit: Int) -> (feed: Feed, entries: [FeedEntry]) {
        var feed = Feed(format: .atom)
        feed.title = root.child("title", in: .atom).map { PlainText.line(text($0)) } ?? ""
        feed.language = root.xmlAttribute("lang").flatMap { LanguageTag($0) }
        let authors = people(root)
        let base = root.xmlAttribute("base")
        let entries = root.all("entry", in: .atom).prefix(limit).map { element in
            var entry = entry(element)
            // An entry without authors has those of its feed (section 4.2.1).
            if entry.people.isEmpty { entry.people = authors }
            entry.base = entry.base ?? base
            return entry
        }
        return (feed, entries)
    }

    private static func entry(_ element: XMLElement) -> FeedEntry {
        var entry = FeedEntry()
        entry.base = element.xmlAttribute("base")
        entry.language = element.xmlAttribute("lang")
        entry.people = people(element)
        for child in element.elements {
            switch (child.vocabulary, child.name.local) {
            case (.atom, "id"): entry.id = child.text
            case (.atom, "title"): entry.title = text(child)
            case (.atom, "summary"): entry.summary = text(child)
            case (.atom, "content"):
                // Content out of line or of another kind is not text (section 4.1.3).
                let type = child.attribute("type")?.lowercased() ?? "text"
                if child.attribute("src") == nil, ["text", "html", "xhtml"].contains(type) || type.hasPrefix("text/") {
                    entry.content = text(child)
                }
            case (.atom, "published"): entry.published = child.text
            case (.atom, "updated"): entry.published = entry.published ?? child.text
            case (.atom, "category"):
                if let name = child.attribute("label") ?? child.attribute("term") { entry.categories.append(name) }
            case (.atom, "link"): link(child, into: &entry)
            case (.media, "thumbnail"): entry.image = entry.image ?? child.attribute("url")
            case (.media, "group"):
                entry.image = entry.image ?? child.child("thumbnail", in: .media)?.attribute("url")
                if let content = child.child("content", in: .media) { mediaContent(content, into: &entry) }
                if entry.summary.isEmpty, let about = child.child("description", in: .media) {
                    entry.summary = HTMLText.plain(about.text)
                }
            case (.media, "content"): mediaContent(child, into: &entry)
            default: break
            }
        }
        return entry
    }

    private static func mediaContent(_ element: XMLElement, into entry: inout FeedEntry) {
        guard let address = element.attribute("url") else { return }
        let type = (element.attribute("type") ?? element.attribute("medium") ?? "").lowercased()
        if type.hasPrefix("image") {
            entry.image = entry.image ?? address
        } else {
            let seconds = element.attribute("duration").flatMap(RSSReader.seconds)
            entry.media.append(.init(address: address, type: type, seconds: seconds))
        }
    }

    private static func link(_ element: XMLElement, into entry: inout FeedEntry) {
        guard let address = element.attribute("href") else { return }
        let type = element.attribute("type")?.lowercased() ?? ""
        switch element.attribute("rel") ?? "alternate" {
        case "alternate": entry.link = entry.link ?? address
        case "enclosure":
            if type.hasPrefix("image") {
                entry.image = entry.image ?? address
            } else {
                entry.media.append(.init(address: address, type: type, seconds: nil))
            }
        default: break
        }
    }

    private static func people(_ element: XMLElement) -> [FeedEntry.Person] {
        element.all("author", in: .atom).map { author in
            FeedEntry.Person(
                name: author.child("name", in: .atom)?.text ?? "", page: author.child("uri", in: .atom)?.text)
        }
    }

    /// A text construct (section 3.1): plain unless it says that it is HTML; in XHTML the elements are part of the document.
    private static func text(_ element: XMLElement) -> String {
        switch element.attribute("type")?.lowercased() ?? "text" {
        case "html", "text/html": HTMLText.plain(element.text)
        case "xhtml": PlainText.paragraphs(XHTMLText.plain(element))
        default: PlainText.paragraphs(element.text)
        }
    }
}
