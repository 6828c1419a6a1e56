public import Loyalty

/// The style sheet of a theme: the sheet of the house, and after it the colours and letters that a publisher chose.
///
/// A theme's sheet has an address that says all of it, so it is served without asking whose programme it is, and a preview
/// needs nothing that is stored. An address can say nothing but colours and families of letters.
enum ThemeSheet {
    private static var fields: [WritableKeyPath<Theme.Colours, Colour?>] { [\.accent, \.paper, \.ink] }

    /// A theme in an address: six colours, or `-` for one that was not chosen, and the letters of headings and texts.
    static func code(of theme: Theme) -> String {
        let colours = [theme.light, theme.dark].flatMap { part in fields.map { part[keyPath: $0]?.hex ?? "-" } }
        return (colours + [theme.headings.rawValue, theme.text.rawValue]).joined(separator: ".")
    }

    /// The theme that an address says; `nil` for what `code(of:)` never writes.
    static func theme(code: String) -> Theme? {
        let parts = code.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 8, let headings = Theme.Letters(rawValue: String(parts[6])),
            let text = Theme.Letters(rawValue: String(parts[7]))
        else { return nil }
        var theme = Theme(headings: headings, text: text)
        for (index, field) in fields.enumerated() {
            for (part, offset) in [(\Theme.light, 0), (\Theme.dark, 3)] {
                let word = parts[offset + index]
                if word == "-" { continue }
                guard let colour = Colour(word) else { return nil }
                theme[keyPath: part][keyPath: field] = colour
            }
        }
        return Self.code(of: theme) == code ? theme : nil
    }

    /// Where the style sheet of a theme is.
    static func path(of theme: Theme, assets: Assets = .embedded) -> String {
        guard let sheet = assets.named("site.css") else { return "" }
        let code = code(of: theme)
        return code == Self.code(of: .standard) ? sheet.path : "/look/\(sheet.hash)/\(code).css"
    }

    /// The tokens of a theme: light and dark, each also for readers who ask for more contrast.
    static func tokens(of theme: Theme) -> String {
        let (light, dark) = (Palette(theme, .light), Palette(theme, .dark))
        func block(_ palette: Palette) -> String {
            ":root{" + palette.tokens.map { "--\($0.name):#\($0.colour.hex)" }.joined(separator: ";") + "}"
        }
        var sheet = block(light) + "\n@media (prefers-color-scheme: dark){\(block(dark))}\n"
        sheet += "@media (prefers-contrast: more){\(block(light.strong(.light)))}\n"
        sheet += "@media (prefers-contrast: more) and (prefers-color-scheme: dark){\(block(dark.strong(.dark)))}\n"
        if theme.headings != .serif { sheet += ":root{--serif:\(stack(theme.headings))}\n" }
        if theme.text != .sans { sheet += ":root{--sans:\(stack(theme.text))}\n" }
        return sheet
    }

    /// Letters that systems have, the nearest first.
    private static func stack(_ letters: Theme.Letters) -> String {
        switch letters {
        case .serif: "\"Iowan Old Style\",\"Palatino Linotype\",Palatino,P052,Georgia,serif"
        case .sans: "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\",sans-serif"
        case .rounded: "ui-rounded,\"Hiragino Maru Gothic ProN\",Quicksand,Comfortaa,Manjari,Nunito,sans-serif"
        case .slab: "Rockwell,\"Rockwell Nova\",\"Roboto Slab\",\"DejaVu Serif\",\"Sitka Small\",serif"
        case .mono: "ui-monospace,\"SF Mono\",Menlo,Consolas,\"Liberation Mono\",monospace"
        }
    }
}

/// How the pages of a programme look, as every page is told.
public struct ProgrammeLook: Sendable, Hashable {
    public var theme: Theme
    /// Where the logo is; `nil` for the house's own mark.
    public var logo: WebLink?

    public init(theme: Theme = .standard, logo: WebLink? = nil) {
        self.theme = theme
        self.logo = logo
    }

    public static let standard = ProgrammeLook()

    func text(_ text: Theme.Text, _ language: Language) -> String? {
        guard let words = theme.texts[text], let language = Loyalty.Language(rawValue: language.rawValue) else {
            return nil
        }
        return words.text(language)
    }
}
