/// One text in the languages it exists in.
public struct LocalizedText: Hashable, Sendable {
    /// Sorted by language, so that equal texts are stored as equal bytes.
    public let versions: [(language: LanguageTag, text: String)]

    public init(_ versions: [LanguageTag: String]) {
        self.versions = versions.sorted { $0.key < $1.key }.map { (language: $0.key, text: $0.value) }
    }

    public static let empty = LocalizedText([:])

    public var isEmpty: Bool { versions.isEmpty }

    /// The version for a reader of `languages`, most wanted first: the exact tag, else the same primary language, else
    /// English, else the first there is; `nil` only when there is none.
    public func text(for languages: [LanguageTag]) -> String? {
        for language in languages {
            if let exact = versions.first(where: { $0.language == language }) { return exact.text }
            if let near = versions.first(where: { $0.language.matches(language) }) { return near.text }
        }
        return (versions.first { $0.language.primary == "en" } ?? versions.first)?.text
    }

    public static func == (left: LocalizedText, right: LocalizedText) -> Bool {
        left.versions.elementsEqual(right.versions) { $0.language == $1.language && $0.text == $1.text }
    }

    public func hash(into hasher: inout Hasher) {
        for version in versions {
            hasher.combine(version.language)
            hasher.combine(version.text)
        }
    }
}
