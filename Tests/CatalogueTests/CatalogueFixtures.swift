import Primitives
import Storage

@testable import Catalogue

/// What the tests of this room share. Texts carry an `é`, so that nothing works for ASCII only.
enum Fixture {
    static let morning = Instant(seconds: 1_772_352_000)  // 2026-03-01T08:00:00Z
    static let day = 20_513

    static func programme(_ name: String = "avondblad") throws -> ProgrammeID {
        try required(ProgrammeID(name))
    }

    static func id(_ text: String) throws -> ItemID { try required(ItemID(text)) }

    static func draft(
        _ id: String, title: String = "Café aan zee", kind: ItemKind = .article, topics: [String] = [],
        language: String = "nl", publishedAt: Instant? = nil
    ) -> ItemDraft {
        var draft = ItemDraft(id: id, kind: kind.rawValue, title: [language: title])
        draft.language = language
        draft.topics = topics
        draft.publishedAt = publishedAt
        return draft
    }

    /// A live item as the catalogue would hold it.
    static func item(_ draft: ItemDraft) throws -> Item {
        let checked = ItemCheck(limits: .standard).check([draft])
        let item = try required(checked.items.first, checked.faults.description)
        return Item(id: item.id, state: .live, content: item.content, revision: 1)
    }

    static func required<Value>(_ value: Value?, _ what: String = "") throws -> Value {
        guard let value else { throw Missing(what: what) }
        return value
    }

    struct Missing: Error {
        let what: String
    }
}

extension [UInt8] {
    init(text: String) { self = Array(text.utf8) }

    init(utf16 text: String, bigEndian: Bool) {
        self = []
        for unit in text.utf16 {
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            append(bigEndian ? high : low)
            append(bigEndian ? low : high)
        }
    }
}
