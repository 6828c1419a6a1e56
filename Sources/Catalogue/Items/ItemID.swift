/// The publisher's own name for an item, e.g. `article-123`: what its pages, its events and its CMS call it.
///
/// Kept exactly as given: case and punctuation matter, nothing is normalised, and two ids are equal when their bytes are, as
/// in the database.
public struct ItemID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    /// 1 to 200 bytes of UTF-8 without white space at either end and without control characters; otherwise `nil`.
    public init?(_ text: some StringProtocol) {
        guard Identifier.isValid(text) else { return nil }
        self.text = String(text)
    }

    /// A key that nobody checked, to look up by.
    init(unchecked text: String) {
        self.text = text
    }

    public var description: String { text }

    public static func == (left: ItemID, right: ItemID) -> Bool { Identifier.same(left.text, right.text) }
    public func hash(into hasher: inout Hasher) { Identifier.hash(text, into: &hasher) }
    public static func < (left: ItemID, right: ItemID) -> Bool { Identifier.precedes(left.text, right.text) }
}

/// What makes an item, maker or series id acceptable.
enum Identifier {
    static let maximumBytes = 200

    static func isValid(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.reversed().first, bytes.count <= maximumBytes else {
            return false
        }
        return first != UInt8(ascii: " ") && last != UInt8(ascii: " ")
            && text.unicodeScalars.allSatisfy { !PlainText.isForbidden($0) && $0 != "\n" && $0 != "\t" }
    }

    /// Equality and order of the UTF-8 bytes: Swift's own would take two spellings of `é` for one id, and databases do not.
    static func same(_ left: String, _ right: String) -> Bool {
        left == right && left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
    }

    static func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

    static func hash(_ text: String, into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
