public import Primitives

/// A text in the demo's three languages.
public struct Words: Hashable, Sendable {
    public let nl: String
    public let en: String
    public let ja: String

    public init(nl: String, en: String, ja: String) {
        self.nl = nl
        self.en = en
        self.ja = ja
    }

    /// By language tag, in the order nl, en, ja.
    public var document: JSONValue { ["nl": .string(nl), "en": .string(en), "ja": .string(ja)] }

    /// With a capital at the start.
    var capitalised: Words {
        Words(nl: nl.prefix(1).uppercased() + nl.dropFirst(), en: en.prefix(1).uppercased() + en.dropFirst(), ja: ja)
    }

    /// Each language filled from the same language of the given words, at `{0}`, `{1}`…
    func filled(_ words: [Words]) -> Words {
        Words(
            nl: Self.fill(nl, words.map(\.nl)), en: Self.fill(en, words.map(\.en)), ja: Self.fill(ja, words.map(\.ja)))
    }

    /// A word that comes to stand at the start of a sentence gets its capital.
    static func fill(_ text: String, _ words: [String]) -> String {
        var text = text
        for (index, word) in words.enumerated() {
            while let place = text.firstRange(of: "{\(index)}") {
                let before = text[..<place.lowerBound]
                let startsSentence = before.isEmpty || before.hasSuffix(". ") || before.hasSuffix("? ")
                text.replaceSubrange(
                    place, with: startsSentence ? word.prefix(1).uppercased() + word.dropFirst() : word)
            }
        }
        return text
    }
}
