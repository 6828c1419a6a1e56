import Primitives

/// Reads JSON Feed 1.0 and 1.1 (jsonfeed.org).
enum JSONFeedReader {
    static func read(_ document: JSONValue, limit: Int) -> (feed: Feed, entries: [FeedEntry])? {
        guard let version = document["version"]?.stringValue,
            version.contains("jsonfeed.org/version/1"), let items = document["items"]?.arrayValue
        else { return nil }
        var feed = Feed(format: .jsonFeed)
        feed.title = PlainText.line(document["title"]?.stringValue ?? "")
        feed.language = document["language"]?.stringValue.flatMap { LanguageTag($0) }
        let authors = people(document)
        let entries = items.prefix(limit).map { item in
            var entry = entry(item)
            // Items without authors have those of their feed.
            if entry.people.isEmpty { entry.people = authors }
            return entry
        }
        return (feed, entries)
    }

    private static func entry(_ item: JSONValue) -> FeedEntry {
        var entry = FeedEntry()
        // The specification asks readers to take a number for an id.
        entry.id = item["id"]?.stringValue ?? item["id"]?.intValue.map { String($0) }
        entry.link = item["url"]?.stringValue ?? item["external_url"]?.stringValue
        entry.title = PlainText.line(item["title"]?.stringValue ?? "")
        entry.summary = PlainText.paragraphs(item["summary"]?.stringValue ?? "")
        if let html = item["content_html"]?.stringValue {
            entry.content = HTMLText.plain(html)
        } else {
            entry.content = PlainText.paragraphs(item["content_text"]?.stringValue ?? "")
        }
        entry.published = item["date_published"]?.stringValue ?? item["date_modified"]?.stringValue
        entry.people = people(item)
        entry.categories = (item["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
        entry.image = item["image"]?.stringValue ?? item["banner_image"]?.stringValue
        entry.language = item["language"]?.stringValue
        for attachment in (item["attachments"]?.arrayValue ?? []).prefix(100) {
            guard let address = attachment["url"]?.stringValue else { continue }
            let seconds = attachment["duration_in_seconds"]?.doubleValue
            entry.media.append(
                .init(
                    address: address, type: (attachment["mime_type"]?.stringValue ?? "").lowercased(),
                    seconds: seconds.flatMap { Int(exactly: $0.rounded()) }))
        }
        return entry
    }

    /// `authors` of version 1.1, `author` of version 1.0.
    private static func people(_ value: JSONValue) -> [FeedEntry.Person] {
        let list = value["authors"]?.arrayValue ?? value["author"].map { [$0] } ?? []
        return list.prefix(100).map { author in
            FeedEntry.Person(
                name: author["name"]?.stringValue ?? "", page: author["url"]?.stringValue,
                picture: author["avatar"]?.stringValue)
        }
    }
}
