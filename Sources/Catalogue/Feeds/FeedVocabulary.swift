/// The namespaces that feeds use, by any of the spellings found in the wild.
enum FeedVocabulary {
    case core
    case atom
    case content
    case dublinCore
    case itunes
    case media
    case other

    init(namespace: String) {
        switch namespace.lowercased() {
        case "", "http://purl.org/rss/1.0/", "http://backend.userland.com/rss2",
            "http://blogs.law.harvard.edu/tech/rss":
            self = .core
        case "http://www.w3.org/2005/atom", "atom": self = .atom
        case "http://purl.org/rss/1.0/modules/content/", "content": self = .content
        case "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/", "dc", "dcterms": self = .dublinCore
        case "http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes": self = .itunes
        case "http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "media": self = .media
        default: self = .other
        }
    }
}

extension XMLElement {
    var vocabulary: FeedVocabulary { FeedVocabulary(namespace: name.namespace) }

    func isNamed(_ local: String, in vocabulary: FeedVocabulary) -> Bool {
        name.local == local && self.vocabulary == vocabulary
    }

    func child(_ local: String, in vocabulary: FeedVocabulary = .core) -> XMLElement? {
        for case .element(let element) in children where element.isNamed(local, in: vocabulary) { return element }
        return nil
    }

    func all(_ local: String, in vocabulary: FeedVocabulary = .core) -> [XMLElement] {
        elements.filter { $0.isNamed(local, in: vocabulary) }
    }

    /// `xml:base`, and `xml:lang`.
    func xmlAttribute(_ local: String) -> String? {
        attributes[Name(namespace: "xml", local: local)]
            ?? attributes[Name(namespace: "http://www.w3.org/XML/1998/namespace", local: local)]
    }
}
