/// Reads RSS 2.0 and its predecessors, RSS 1.0 (RDF) included, with the iTunes, Media RSS, Dublin Core and content modules.
enum RSSReader {
    static func read(_ root: XMLElement, limit: Int) -> (feed: Feed, entries: [FeedEntry])? {
        let channel = root.elements.first { $0.name.local == "channel" }
        guard let channel else { return nil }
        var feed = Feed(format: .rss)
        feed.title = PlainText.line(HTMLText.plain(channel.child("title")?.text ?? ""))
        let language = channel.child("language") ?? channel.child("language", in: .dublinCore)
        feed.language = language.flatMap { LanguageTag(PlainText.line($0.text)) }
        // In RSS 1.0 the items stand beside the channel.
        let items = channel.all("item") + root.all("item")
        return (feed, items.prefix(limit).map(entry))
    }

    private static func entry(_ item: XMLElement) -> FeedEntry {
        var entry = FeedEntry()
        entry.base = item.xmlAttribute("base")
        var author: [FeedEntry.Person] = []
        var credited: [FeedEntry.Person] = []
        for element in item.elements {
            switch (element.vocabulary, element.name.local) {
            case (.core, "guid"):
                entry.id = element.text
                let isLink = element.attribute("isPermaLink")?.lowercased() != "false"
                if isLink, entry.link == nil, WebAddress(PlainText.line(element.text)) != nil {
                    entry.link = element.text
                }
            case (.core, "link"): if !PlainText.line(element.text).isEmpty { entry.link = element.text }
            case (.atom, "link"):
                if entry.link == nil, element.attribute("rel") ?? "alternate" == "alternate" {
                    entry.link = element.attribute("href")
                }
            case (.core, "title"): entry.title = HTMLText.plain(element.text)
            case (.itunes, "title"), (.media, "title"), (.dublinCore, "title"):
                if entry.title.isEmpty { entry.title = HTMLText.plain(element.text) }
            case (.core, "description"): entry.summary = HTMLText.plain(element.text)
            case (.itunes, "summary"), (.itunes, "subtitle"), (.media, "description"), (.dublinCore, "description"):
                if entry.summary.isEmpty { entry.summary = HTMLText.plain(element.text) }
            case (.content, "encoded"): entry.content = HTMLText.plain(element.text)
            case (.core, "pubDate"): entry.published = element.text
            case (.dublinCore, "date"), (.dublinCore, "created"), (.atom, "published"):
                if entry.published == nil { entry.published = element.text }
            case (.dublinCore, "creator"): credited.append(.init(name: HTMLText.plain(element.text)))
            case (.core, "author"), (.itunes, "author"): author.append(.init(name: HTMLText.plain(element.text)))
            case (.core, "category"), (.dublinCore, "subject"): entry.categories.append(HTMLText.plain(element.text))
            case (.itunes, "duration"): entry.seconds = seconds(element.text)
            case (.itunes, "image"): if entry.image == nil { entry.image = element.attribute("href") }
            case (.dublinCore, "language"): entry.language = element.text
            case (.core, "enclosure"): medium(element, into: &entry)
            case (.media, "content"), (.media, "thumbnail"), (.media, "group"): media(element, into: &entry)
            default: break
            }
        }
        entry.people = credited.isEmpty ? author : credited
        return entry
    }

    /// Media RSS: `media:content` may stand in a `media:group` and hold its own `media:thumbnail`.
    private static func media(_ element: XMLElement, into entry: inout FeedEntry) {
        if element.name.local == "thumbnail" {
            if entry.image == nil { entry.image = element.attribute("url") }
            return
        }
        if element.name.local == "content" { medium(element, into: &entry) }
        for child in element.elements where child.vocabulary == .media {
            if child.name.local == "content" || child.name.local == "thumbnail" { media(child, into: &entry) }
        }
    }

    private static func medium(_ element: XMLElement, into entry: inout FeedEntry) {
        guard let address = element.attribute("url") else { return }
        let type = (element.attribute("type") ?? element.attribute("medium") ?? "").lowercased()
        if type.hasPrefix("image") {
            if entry.image == nil { entry.image = address }
        } else {
            entry.media.append(
                .init(address: address, type: type, seconds: element.attribute("duration").flatMap(seconds)))
        }
    }

    /// `5025`, `83:45` or `01:23:45`.
    static func seconds(_ text: String) -> Int? {
        let parts = PlainText.line(text).split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var total = 0
        for (index, part) in parts.enumerated() {
            // The seconds may have a fraction.
            let whole = index == parts.count - 1 ? part.prefix { $0 != "." } : part
            guard let value = Int(whole), (0...100_000_000).contains(value) else { return nil }
            total = total * 60 + value
        }
        return total
    }
}
