/// A text and, where it is not in the language of the page, its own language for the `lang` attribute.
struct WordingView: Sendable, Equatable {
    var text: String
    var lang: String?

    init(_ wording: Wording, on language: Language) {
        text = wording.text
        lang = Language(tag: wording.language) == language ? nil : wording.language
    }

    init(plain text: String) {
        self.text = text
    }
}
