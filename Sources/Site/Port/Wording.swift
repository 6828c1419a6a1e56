/// A text with the language it is written in, so that a screen reader pronounces it and a browser breaks its lines well.
public struct Wording: Sendable, Hashable {
    public var text: String
    /// A BCP 47 tag; it need not be a language of the pages.
    public var language: String

    public init(_ text: String, _ language: String) {
        self.text = text
        self.language = language
    }

    public init(_ text: String, _ language: Language) {
        self.init(text, language.rawValue)
    }
}
