internal import Primitives

extension DocumentTree {
    static func theme(_ theme: Theme, _ languages: [Language]) -> DocumentTree {
        func colours(_ colours: Theme.Colours) -> [(String, DocumentTree?)] {
            [("accent", colours.accent), ("paper", colours.paper), ("ink", colours.ink)].map { name, colour in
                (name, colour.map { .text("#" + $0.hex) })
            }
        }
        func some(_ entries: [(String, DocumentTree?)]) -> DocumentTree? {
            let known = entries.compactMap { key, value in value.map { Entry(key: key, value: $0) } }
            return known.isEmpty ? nil : .mapping(known)
        }
        return .mapping(
            ("name", localized(theme.name, languages)), ("logo", theme.logo.map { .text($0) }),
            ("colours", some(colours(theme.light) + [("dark", some(colours(theme.dark)))])),
            (
                "fonts",
                some([
                    ("headings", theme.headings == .serif ? nil : .raw(theme.headings.rawValue)),
                    ("text", theme.text == .sans ? nil : .raw(theme.text.rawValue)),
                ])
            ),
            (
                "texts",
                some(
                    Theme.Text.allCases.map { text in
                        (text.rawValue, theme.texts[text].flatMap { localized($0, languages) })
                    })
            ))
    }
}
