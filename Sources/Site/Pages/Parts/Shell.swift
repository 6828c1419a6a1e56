internal import Loyalty

/// What surrounds every page: its language, title, menu and the way out.
struct Shell: Sendable, Equatable {
    struct Link: Sendable, Equatable {
        var label: String
        var href: String
        var current: Bool
    }

    /// Links under a heading, for menus that are longer than a line.
    struct Section: Sendable, Equatable {
        var title: String?
        var links: [Link]
    }

    struct LanguageLink: Sendable, Equatable {
        var code: String
        /// The language's own name for itself.
        var label: String
        var href: String
        var current: Bool
    }

    struct Form: Sendable, Equatable {
        var action: String
        var csrf: String
    }

    var language: Language
    var lang: String
    /// The title of the page, without the name of the programme.
    var title: String
    var programme: String
    var publisher: String?
    var links: [Link]
    var hasLinks: Bool
    var sections: [Section]
    var hasSections: Bool
    /// What the menu has open, for its closed form on a phone.
    var current: String
    var languages: [LanguageLink]
    var hasLanguages: Bool
    var signOut: Form?
    /// Where the style sheet of the programme's look is.
    var stylesheet: String
    /// The colours of the window around the page, `#` included.
    var paperLight: String
    var paperDark: String
    /// The publisher's logo, and the house's mark where there is none.
    var logo: String
    var ownLogo: Bool
    /// The publisher's own words at the foot.
    var foot: String?
    /// Whether it belongs to the app that a member may keep on a home screen.
    var isApp: Bool

    /// - Parameter path: the path of this page, to come back to after another language was chosen; `nil` for a page whose
    ///   address is a secret, which then offers no choice.
    init(
        language: Language, title: String, programme: String, publisher: WebLink? = nil, path: String?,
        links: [Link] = [], sections: [Section] = [],
        signOut: Form? = nil, look: ProgrammeLook = .standard, isApp: Bool = false
    ) {
        self.language = language
        lang = language.rawValue
        self.title = title
        self.programme = programme
        self.publisher = publisher?.address
        self.links = links
        hasLinks = !links.isEmpty
        self.sections = sections
        hasSections = !sections.isEmpty
        current = sections.flatMap(\.links).first(where: \.current)?.label ?? title
        languages =
            path.map { path in
                Language.allCases.map { other in
                    LanguageLink(
                        code: other.rawValue, label: Self.ownName(of: other),
                        href: "/language/\(other.rawValue)?back=\(WebLink.encode(path))", current: other == language)
                }
            } ?? []
        hasLanguages = !languages.isEmpty
        self.signOut = signOut
        stylesheet = ThemeSheet.path(of: look.theme)
        paperLight = "#" + Palette(look.theme, .light).paper.hex
        paperDark = "#" + Palette(look.theme, .dark).paper.hex
        ownLogo = look.logo != nil
        logo = look.logo?.address ?? Assets.embedded.named("mark.svg")?.path ?? ""
        foot = look.text(.foot, language)
        self.isApp = isApp
    }

    static func ownName(of language: Language) -> String {
        switch language {
        case .nl: "Nederlands"
        case .en: "English"
        case .ja: "日本語"
        }
    }
}
