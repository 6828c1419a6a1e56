internal import Foundation

/// A colour of a theme with which something could not be read.
public struct ThemeProblem: Sendable, Hashable {
    /// Its place in the file: `colours.accent`, `colours.dark.ink`.
    public var field: String
    /// What is wrong, for people, with the contrast there is and the one there has to be.
    public var message: String
    /// The nearest colour that would do.
    public var instead: Colour

    public var fix: String { "'#\(instead.hex)' would do." }
}

extension Theme {
    /// Letters on their ground (WCAG 2.2, success criterion 1.4.3, level AA).
    static let lettersContrast = 4.5
    /// Paper against black in the light, against white in the dark: between the two nothing reads well on it.
    static let paperContrast = 12.0

    /// Every colour that a publisher chose and readers could not read, with what would do.
    ///
    /// Checked are the paper, and ink and accent as letters on paper, surface and sunken surface. What is derived from them
    /// is derived so that it can be read; `ThemeTests` holds all of it against the same numbers.
    public var problems: [ThemeProblem] {
        Palette.Scheme.allCases.flatMap { problems(in: $0) }
    }

    private func problems(in scheme: Palette.Scheme) -> [ThemeProblem] {
        let own = scheme == .light ? light : dark
        let prefix = scheme == .light ? "colours." : "colours.dark."
        let (far, near) = scheme == .light ? (Colour.black, Colour.white) : (.white, .black)
        if let paper = own.paper, paper.contrast(with: far) < Self.paperContrast {
            let (kind, ends) = scheme == .light ? ("dark", "black") : ("light", "white")
            return [
                ThemeProblem(
                    field: prefix + "paper",
                    message:
                        "'#\(paper.hex)' is too \(kind) for paper in \(scheme.rawValue) surroundings: its contrast "
                        + "with \(ends) is \(Self.text(paper.contrast(with: far))) to 1, and must be "
                        + "\(Self.text(Self.paperContrast)).",
                    instead: paper.standing(out: Self.paperContrast, from: [far], towards: near))
            ]
        }
        let palette = Palette(self, scheme)
        let grounds = [("paper", palette.paper), ("surface", palette.surface), ("sunken", palette.sunken)]
        func check(_ field: String, _ colour: Colour?) -> ThemeProblem? {
            guard let colour else { return nil }
            let worst = grounds.map { (name: $0.0, ratio: colour.contrast(with: $0.1)) }.min { $0.ratio < $1.ratio }
            guard let worst, worst.ratio < Self.lettersContrast else { return nil }
            return ThemeProblem(
                field: prefix + field,
                message: "'#\(colour.hex)' has a contrast of \(Self.text(worst.ratio)) to 1 on \(worst.name) in "
                    + "\(scheme.rawValue) surroundings; letters need \(Self.text(Self.lettersContrast)) (WCAG 2.2 AA).",
                instead: colour.standing(out: Self.lettersContrast, from: grounds.map(\.1), towards: far))
        }
        return [check("ink", own.ink), check("accent", own.accent), houseAccent(own, palette, prefix)].compactMap { $0 }
    }

    /// Paper of the publisher's own on which the house's accent cannot be read.
    private func houseAccent(_ own: Colours, _ palette: Palette, _ prefix: String) -> ThemeProblem? {
        guard own.paper != nil, own.accent == nil else { return nil }
        let grounds = [palette.paper, palette.surface, palette.sunken]
        let least = grounds.map { palette.accent.contrast(with: $0) }.min() ?? 21
        guard least < Self.lettersContrast else { return nil }
        let far = prefix == "colours." ? Colour.black : .white
        let instead = palette.accent.standing(out: Self.lettersContrast, from: grounds, towards: far)
        return ThemeProblem(
            field: prefix + "paper",
            message:
                "On this paper '#\(palette.accent.hex)', which buttons and links have unless the theme says another "
                + "accent, has a contrast of \(Self.text(least)) to 1; letters need \(Self.text(Self.lettersContrast)) "
                + "(WCAG 2.2 AA). Choose an accent as well, for example",
            instead: instead)
    }

    /// Rounded down, so that 4.49 is not called 4.5.
    private static func text(_ ratio: Double) -> String {
        let tenths = Int((ratio * 10 + 1e-9).rounded(.down))
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
