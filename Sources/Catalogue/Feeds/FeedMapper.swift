import Crypto
import Primitives

/// Turns feed entries into drafts that the catalogue takes: texts shortened to their limits, what is not usable left out.
struct FeedMapper {
    let defaults: FeedDefaults
    let base: WebAddress?
    let limits: CatalogueLimits

    /// Adds what `entries` offer to `feed`.
    func fill(_ feed: inout Feed, with entries: [FeedEntry]) {
        var ids: Set<String> = []
        var makers: [String: MakerDraft] = [:]
        for (index, entry) in entries.enumerated() {
            var entry = entry
            // Only what a page can show: people without a usable name are no makers.
            entry.people = Array(entry.people.compactMap(clean).uniqued().prefix(limits.makersPerItem))
            guard let draft = draft(entry, language: feed.language) else {
                feed.faults.append(
                    DraftFault(
                        index: index, field: "id", problem: "the entry has neither an id nor a link, or no text at all",
                        fix: "Give it a guid and a title"))
                continue
            }
            guard ids.insert(draft.id).inserted else {
                feed.faults.append(
                    DraftFault(
                        index: index, field: "id", problem: "an earlier entry of this feed has the same id",
                        fix: "Give each entry its own"))
                continue
            }
            for person in entry.people {
                guard let id = Label.nearest(to: person.name), makers[id] == nil else { continue }
                var maker = MakerDraft(id: id, name: person.name)
                let base = entryBase(entry)
                maker.page = person.page.flatMap { FeedLink.resolve($0, base: base)?.text }
                maker.face = person.picture.flatMap { FeedLink.resolve($0, base: base)?.text }
                makers[id] = maker
            }
            feed.items.append(draft)
        }
        feed.makers = makers.values.sorted { $0.id < $1.id }
    }

    private func draft(_ entry: FeedEntry, language feedLanguage: LanguageTag?) -> ItemDraft? {
        let base = entryBase(entry)
        let link = entry.link.flatMap { FeedLink.resolve($0, base: base) }
        guard let id = identifier(entry.id) ?? identifier(link?.text) else { return nil }
        let language = entry.language.flatMap { LanguageTag(PlainText.line($0)) } ?? feedLanguage ?? defaults.language
        let tag = (language ?? .undetermined).name
        let summary = entry.summary.isEmpty ? entry.content : entry.summary
        let title = PlainText.shortened(
            entry.title.isEmpty
                ? PlainText.shortened(PlainText.line(summary), bytes: 120) : PlainText.line(entry.title),
            bytes: limits.titleBytes)
        guard !title.isEmpty else { return nil }
        var draft = ItemDraft(id: id, kind: kind(entry).rawValue, title: [tag: title])
        let standfirst = PlainText.shortened(summary, bytes: min(1_200, limits.standfirstBytes))
        if !standfirst.isEmpty { draft.standfirst = [tag: standfirst] }
        let text = entry.content.isEmpty ? entry.summary : entry.content
        if defaults.keepsBody, !text.isEmpty {
            draft.body = [tag: PlainText.shortened(text, bytes: limits.bodyBytes)]
        }
        if !entry.content.isEmpty { draft.wordCount = min(HTMLText.wordCount(entry.content), limits.wordCount) }
        draft.url = link?.text
        draft.image = entry.image.flatMap { FeedLink.resolve($0, base: base)?.text }
        draft.series = defaults.series?.text
        draft.makers = entry.people.compactMap { Label.nearest(to: $0.name) }.uniqued()
        let topics = entry.categories.compactMap { Label.nearest(to: $0) }
        draft.topics = Array((defaults.topics + topics).uniqued().prefix(limits.topicsPerItem))
        draft.language = language?.name
        draft.access = defaults.access.text
        draft.publishedAt = entry.published.flatMap { DateText.read($0) }
        let seconds = entry.seconds ?? entry.media.lazy.compactMap(\.seconds).first
        draft.durationSeconds = seconds.flatMap { (0...limits.durationSeconds).contains($0) ? $0 : nil }
        return draft
    }

    private func entryBase(_ entry: FeedEntry) -> WebAddress? {
        entry.base.flatMap { FeedLink.resolve($0, base: base) } ?? base
    }

    private func kind(_ entry: FeedEntry) -> ItemKind {
        if let kind = defaults.kind { return kind }
        if entry.media.contains(where: { $0.type.hasPrefix("audio") }) { return .episode }
        return entry.media.contains { $0.type.hasPrefix("video") } ? .video : .article
    }

    /// The entry's own id where it fits; a longer one by its hash, so that it stays the same from fetch to fetch.
    private func identifier(_ text: String?) -> String? {
        guard let text = text.map({ PlainText.line($0) }), !text.isEmpty else { return nil }
        let id = defaults.idPrefix + text
        if ItemID(id) != nil { return id }
        let hash = SHA256.hash(data: Array(text.utf8)).map { byte in
            String(StaticHexDigits.high(byte)) + String(StaticHexDigits.low(byte))
        }.joined()
        let hashed = defaults.idPrefix + "sha256-" + hash
        return ItemID(hashed)?.text
    }

    /// A name that can stand in public: an e-mail address is none (RSS asks for one), and is not kept.
    private func clean(_ person: FeedEntry.Person) -> FeedEntry.Person? {
        var person = person
        var name = PlainText.line(person.name)
        if name.contains("@") {
            // RSS 2.0: `jan@example.org (Jan Jansen)`.
            guard let open = name.firstIndex(of: "("), let close = name.lastIndex(of: ")"), open < close else {
                return nil
            }
            name = PlainText.line(name[name.index(after: open)..<close])
        }
        guard !name.isEmpty, !name.contains("@"), Label.nearest(to: name) != nil else { return nil }
        person.name = PlainText.shortened(name, bytes: 200)
        return person
    }
}

private enum StaticHexDigits {
    private static let digits = Array("0123456789abcdef")

    static func high(_ byte: UInt8) -> Character { digits[Int(byte >> 4)] }
    static func low(_ byte: UInt8) -> Character { digits[Int(byte & 15)] }
}

extension Sequence where Element: Hashable {
    /// The elements in order, each once.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
