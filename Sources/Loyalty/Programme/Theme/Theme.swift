/// How a publisher's pages look: a name, a logo, colours, letters and a few texts of its own. One file of the document.
public struct Theme: Sendable, Hashable {
    /// What a publisher chooses for light or dark surroundings; the rest of the palette follows from it.
    public struct Colours: Sendable, Hashable {
        /// Of buttons, links and progress.
        public var accent: Colour?
        /// Behind everything.
        public var paper: Colour?
        /// Of texts.
        public var ink: Colour?

        public init(accent: Colour? = nil, paper: Colour? = nil, ink: Colour? = nil) {
            (self.accent, self.paper, self.ink) = (accent, paper, ink)
        }
    }

    /// Families of letters that every system has: nothing is fetched from anybody.
    public enum Letters: String, Sendable, Hashable, CaseIterable {
        case serif, sans, rounded, slab, mono
    }

    /// The texts that a publisher may say in its own words.
    public enum Text: String, Sendable, Hashable, CaseIterable {
        /// Below the welcome on the page where a member signs in.
        case signIn = "sign-in"
        /// At the foot of the member's pages.
        case foot
    }

    /// A short name, for the home screen of a phone; the programme's own if there is none.
    public var name: LocalizedText
    /// An SVG drawing, cleaned; the house's own mark if there is none.
    public var logo: String?
    public var light: Colours
    public var dark: Colours
    public var headings: Letters
    public var text: Letters
    public var texts: [Text: LocalizedText]

    public init(
        name: LocalizedText = LocalizedText([:]), logo: String? = nil, light: Colours = Colours(),
        dark: Colours = Colours(), headings: Letters = .serif, text: Letters = .sans,
        texts: [Text: LocalizedText] = [:]
    ) {
        self.name = name
        self.logo = logo
        self.light = light
        self.dark = dark
        self.headings = headings
        self.text = text
        self.texts = texts
    }

    public static let standard = Theme()

    /// Bytes of a logo. The whole file fits into a form of the console.
    public static let logoBytes = 8_192
    /// Characters of the short name: more does not fit below a picture on a home screen.
    public static let nameCharacters = 30
}
