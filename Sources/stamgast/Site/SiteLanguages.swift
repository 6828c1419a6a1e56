import Catalogue
import Loyalty
import Site

typealias PageLanguage = Site.Language
typealias DocumentLanguage = Loyalty.Language
typealias CatalogueText = Catalogue.LocalizedText
typealias ProgrammeText = Loyalty.LocalizedText

extension Site.Language {
    /// The same language, as the programme's document has it.
    var document: DocumentLanguage {
        switch self {
        case .nl: .nl
        case .en: .en
        case .ja: .ja
        }
    }

    var tag: LanguageTag? { LanguageTag(rawValue) }
}

extension Loyalty.Language {
    var page: PageLanguage {
        switch self {
        case .nl: .nl
        case .en: .en
        case .ja: .ja
        }
    }
}

extension Loyalty.LocalizedText {
    /// The text with the language that it is really in; `nil` if there is none.
    func wording(_ language: PageLanguage) -> Wording? {
        for candidate in [language.document, .en, .nl, .ja] {
            if let text = values[candidate], !text.isEmpty { return Wording(text, candidate.rawValue) }
        }
        return nil
    }
}

extension Catalogue.LocalizedText {
    /// The text with the language that it is really in; `nil` if there is none.
    func wording(_ language: PageLanguage) -> Wording? {
        let found =
            versions.first { $0.language.primary == language.rawValue }
            ?? versions.first { $0.language.primary == "en" } ?? versions.first
        return found.map { Wording($0.text, $0.language.name) }
    }
}

extension Loyalty.PrivacyLevel {
    var page: Site.PrivacyLevel {
        switch self {
        case .off: .off
        case .session: .session
        case .persona: .persona
        case .personal: .personal
        }
    }
}

extension Catalogue.ItemKind {
    /// The page's four kinds; what has no page of its own reads like an article.
    var page: Site.ItemKind {
        switch self {
        case .video: .video
        case .episode, .podcast: .episode
        case .event: .event
        case .article, .newsletter, .gallery, .other: .article
        }
    }
}
