/// Every colour of the pages, under the name of its token.
///
/// The house's own palettes are chosen by hand. Where a theme says its own accent, paper or ink, what stands on or beside
/// it is derived, so that a publisher chooses three colours and not thirty.
public struct Palette: Sendable, Hashable {
    public enum Scheme: String, Sendable, Hashable, CaseIterable { case light, dark }

    public var paper: Colour
    public var surface: Colour
    public var sunken: Colour
    public var ink: Colour
    public var muted: Colour
    public var line: Colour
    /// Of what can be filled in: stands out from what is around it (WCAG 2.2, 1.4.11).
    public var edge: Colour
    public var accent: Colour
    public var accentStrong: Colour
    public var onAccent: Colour
    public var accentSoft: Colour
    public var good: Colour
    public var goodSoft: Colour
    public var bad: Colour
    public var badSoft: Colour
    public var ring: Colour

    /// The palette of a theme.
    public init(_ theme: Theme, _ scheme: Scheme) {
        self = scheme == .light ? Self.light : Self.dark
        let own = scheme == .light ? theme.light : theme.dark
        // Away from the paper: to black in the light, to white in the dark.
        let far = scheme == .light ? Colour.black : .white
        if own.paper != nil || own.ink != nil {
            paper = own.paper ?? paper
            ink = own.ink ?? ink
            surface = paper.mixed(with: .white, scheme == .light ? 0.6 : 0.04)
            sunken = paper.mixed(with: far, 0.05)
            line = paper.mixed(with: far, 0.14)
            ring = paper.mixed(with: far, 0.18)
            muted = paper.mixed(with: ink, 0.5).standing(out: 5, from: [paper, surface, sunken], towards: ink)
            good = good.standing(out: 4.6, from: [paper, surface, sunken], towards: far)
            bad = bad.standing(out: 4.6, from: [paper, surface, sunken], towards: far)
            goodSoft = soft(good)
            badSoft = soft(bad)
            accentSoft = soft(accent)
            good = good.standing(out: 4.6, from: [goodSoft], towards: far)
            bad = bad.standing(out: 4.6, from: [badSoft], towards: far)
        }
        // A colour for the light says which one is meant; in the dark it is the same, as light as it has to be.
        let chosen = own.accent ?? (scheme == .dark ? theme.light.accent.map { lightened($0) } : nil)
        if let chosen {
            accent = chosen
            accentStrong = accent.mixed(with: far, 0.18)
            accentSoft = soft(accent)
            let grounds = [accent, accentStrong]
            func least(_ colour: Colour) -> Double { grounds.map { colour.contrast(with: $0) }.min() ?? 1 }
            onAccent = least(.white) >= least(.black) ? .white : .black
            // Two shades of a middling colour may want black and white letters: then only the text's side is darkened.
            if least(onAccent) < 4.5 {
                accentStrong = accent.mixed(with: onAccent == .white ? .black : .white, 0.18)
            }
        }
        edge = paper.mixed(with: ink, 0.3).standing(out: 3.1, from: [paper, surface, sunken], towards: ink)
    }

    /// A surface tinted with a colour, no more than the ink on it bears.
    private func soft(_ colour: Colour) -> Colour {
        for share in [0.13, 0.1, 0.07, 0.04] {
            let tinted = surface.mixed(with: colour, share)
            if ink.contrast(with: tinted) >= 4.5 { return tinted }
        }
        return surface
    }

    private func lightened(_ colour: Colour) -> Colour {
        colour.standing(out: 4.6, from: [paper, surface, sunken], towards: .white)
    }

    /// The same for readers who ask for more contrast: nothing muted, nothing faint, an accent that reads at 7 to 1.
    public func strong(_ scheme: Scheme) -> Palette {
        var palette = self
        let far = scheme == .light ? Colour.black : .white
        palette.paper = scheme == .light ? .white : .black
        palette.surface = palette.paper
        palette.sunken = palette.paper.mixed(with: far, 0.06)
        palette.ink = far
        palette.muted = far.mixed(with: palette.paper, 0.12)
        palette.line = palette.muted
        palette.edge = far
        palette.ring = palette.paper.mixed(with: far, 0.35)
        let grounds = [palette.paper, palette.sunken]
        palette.accent = accent.standing(out: 7, from: grounds, towards: far)
        palette.accentStrong = palette.accent.mixed(with: far, 0.3)
        palette.onAccent = palette.paper
        palette.good = good.standing(out: 7, from: grounds, towards: far)
        palette.bad = bad.standing(out: 7, from: grounds, towards: far)
        (palette.goodSoft, palette.badSoft) = (palette.sunken, palette.sunken)
        palette.accentSoft = palette.sunken
        return palette
    }

    /// The names of the tokens with their colours, in the order of the style sheet.
    public var tokens: [(name: String, colour: Colour)] {
        [
            ("paper", paper), ("surface", surface), ("sunken", sunken), ("ink", ink), ("muted", muted), ("line", line),
            ("edge", edge), ("accent", accent), ("accent-strong", accentStrong), ("on-accent", onAccent),
            ("accent-soft", accentSoft), ("good", good), ("good-soft", goodSoft), ("bad", bad), ("bad-soft", badSoft),
            ("ring", ring),
        ]
    }

    private init(_ values: [UInt32]) {
        let colours = values.map { Colour($0) }
        (paper, surface, sunken, ink) = (colours[0], colours[1], colours[2], colours[3])
        (muted, line, edge, accent) = (colours[4], colours[5], colours[6], colours[7])
        (accentStrong, onAccent, accentSoft) = (colours[8], colours[9], colours[10])
        (good, goodSoft, bad, badSoft, ring) = (colours[11], colours[12], colours[13], colours[14], colours[15])
    }

    /// Paper, surface, sunken, ink; muted, line, edge, accent; strong, on and soft accent; good, bad; ring.
    private static let light = Palette([
        0xFBF8F3, 0xFFFDFA, 0xF3ECE1, 0x231D18, 0x685D53, 0xE4DACB, 0x8A7F74, 0x9C3A22, 0x7F2C17, 0xFFFAF4, 0xF6E4D9,
        0x2C654A, 0xE2EFE6, 0x9A2A2A, 0xF8E3DF, 0xE4D5C3,
    ])
    private static let dark = Palette([
        0x181513, 0x211D1A, 0x26211D, 0xF2EBE2, 0xB5A99C, 0x3A332C, 0x857A70, 0xEC9A7B, 0xF5B79F, 0x2A120A, 0x3B261D,
        0x8FCAA8, 0x1F3128, 0xF0A197, 0x3D2320, 0x40372F,
    ])
}
