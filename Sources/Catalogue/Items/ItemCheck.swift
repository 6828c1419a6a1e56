/// A draft that passed: what goes into the store.
struct CheckedItem: Sendable {
    let id: ItemID
    let content: ItemContent
    let body: LocalizedText
}

/// Reads drafts into items, or says for each what is wrong and how to put it right.
///
/// Pure, and complete: every fault of every item is found in one go, so that a publisher corrects a batch once.
struct ItemCheck {
    let limits: CatalogueLimits

    func check(_ drafts: [ItemDraft]) -> (items: [CheckedItem], faults: [DraftFault]) {
        guard drafts.count <= limits.itemsPerCall else {
            return ([], [.tooMany(drafts.count, limit: limits.itemsPerCall)])
        }
        var items: [CheckedItem] = []
        items.reserveCapacity(drafts.count)
        var faults: [DraftFault] = []
        var firstPlaces: [ItemID: Int] = [:]
        for (index, draft) in drafts.enumerated() {
            var reader = FieldCheck(index: index)
            let item = check(draft, with: &reader)
            if let first = firstPlaces.updateValue(index, forKey: ItemID(unchecked: draft.id)) {
                reader.fault("id", "item \(first) of this batch has the same id", "Send each item once")
            }
            faults += reader.faults
            if let item, reader.faults.isEmpty { items.append(item) }
        }
        return faults.isEmpty ? (items, []) : ([], faults)
    }

    private func check(_ draft: ItemDraft, with reader: inout FieldCheck) -> CheckedItem? {
        var content = ItemContent()
        let id = reader.identifier("id", draft.id, ItemID.init)
        if let kind = ItemKind(rawValue: draft.kind) {
            content.kind = kind
        } else {
            let kinds = ItemKind.allCases.map(\.rawValue).joined(separator: ", ")
            reader.fault("kind", "`\(draft.kind.quoted)` is not a kind of item", "Use one of \(kinds)")
        }
        content.title = reader.texts("title", draft.title, .line, limits.titleBytes, limits)
        if draft.title.isEmpty {
            reader.fault("title", "there is no title", "Give it in at least one language, e.g. {\"nl\": \"…\"}")
        }
        content.standfirst = reader.texts("standfirst", draft.standfirst, .paragraphs, limits.standfirstBytes, limits)
        let body = reader.texts("body", draft.body, .paragraphs, limits.bodyBytes, limits)
        content.url = reader.address("url", draft.url)
        content.image = reader.address("image", draft.image)
        content.series = draft.series.flatMap { reader.identifier("series", $0, SeriesID.init) }
        content.makers = reader.list("makers", draft.makers, limit: limits.makersPerItem) { reader, field, text in
            reader.identifier(field, text, MakerID.init)
        }
        content.topics = reader.list("topics", draft.topics, limit: limits.topicsPerItem) { reader, field, text in
            reader.label(field, text)
        }.sorted()
        content.language = draft.language.flatMap { reader.language("language", $0) }
        if let access = ItemAccess(draft.access) {
            content.access = access
        } else {
            reader.fault(
                "access", "`\(draft.access.quoted)` is not a right of access", "Use free, subscriber or tier:NAME")
        }
        content.regions = reader.list("regions", draft.regions, limit: limits.regionsPerItem) { reader, field, text in
            guard text.utf8.count == 2, text.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
            else {
                reader.fault(
                    field, "`\(text.quoted)` is not a region", "Use an ISO 3166-1 code of two capitals, e.g. NL")
                return nil
            }
            return text
        }.sorted()
        content.publishedAt = reader.instant("published_at", draft.publishedAt)
        content.expiresAt = reader.instant("expires_at", draft.expiresAt)
        content.earlyAccess = checkEarly(draft, with: &reader)
        if let start = draft.publishedAt, let end = draft.expiresAt, end <= start {
            reader.fault("expires_at", "the item expires before it is published", "Move expires_at after published_at")
        }
        content.isSensitive = draft.isSensitive
        content.durationSeconds = reader.count("duration_seconds", draft.durationSeconds, limits.durationSeconds)
        content.wordCount = reader.count("word_count", draft.wordCount, limits.wordCount)
        return id.map { CheckedItem(id: $0, content: content, body: body) }
    }

    private func checkEarly(_ draft: ItemDraft, with reader: inout FieldCheck) -> EarlyAccess? {
        guard let early = draft.earlyAccess else { return nil }
        guard let start = draft.publishedAt else {
            reader.fault("early_access", "there is no publication to come before", "Give published_at too")
            return nil
        }
        if early.from >= start {
            reader.fault("early_access.from", "early access begins after publication", "Move it before published_at")
        }
        _ = reader.instant("early_access.from", early.from)
        guard let audience = EarlyAudience(early.audience) else {
            reader.fault(
                "early_access.for", "`\(early.audience.quoted)` is not an audience",
                "Use tier:NAME, badge:NAME or entitlement:NAME")
            return nil
        }
        return EarlyAccess(from: early.from, audience: audience)
    }
}
