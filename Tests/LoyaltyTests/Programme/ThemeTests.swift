import Primitives
import Testing

@testable import Loyalty

@Suite struct ThemeTests {
    // MARK: Contrast

    /// Known answers: black on white by definition; #767676 and #777777 are the greys on either side of 4.5 to 1 on white.
    @Test(arguments: [("000000", 21.0), ("ffffff", 1), ("767676", 4.54), ("777777", 4.478), ("ff0000", 3.99)])
    func contrastIsThatOfWCAG(hex: String, ratio: Double) throws {
        let colour = try #require(Colour(hex))
        let contrast = colour.contrast(with: .white)
        #expect(abs(contrast - ratio) < 0.01, "\(contrast)")
        #expect(colour.hex == hex)
    }

    @Test(arguments: ["", "#", "12345", "1234567", "#12345g", "+12345", "-12345", "red", "１２３４５６", "#fff"])
    func whatIsNoColourIsNone(text: String) {
        #expect(Colour(text) == nil)
    }

    /// What letters, and what can be filled in, must be against: 4.5 and 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
    private static func faults(_ palette: Palette, letters: Double = 4.5) -> [String] {
        var faults: [String] = []
        func need(_ ratio: Double, _ name: String, _ one: Colour, _ other: Colour) {
            let found = one.contrast(with: other)
            if found < ratio { faults.append("\(name): #\(one.hex) on #\(other.hex) is \(found)") }
        }
        for (name, ground) in [("paper", palette.paper), ("surface", palette.surface), ("sunken", palette.sunken)] {
            need(letters, "ink on \(name)", palette.ink, ground)
            need(letters, "muted on \(name)", palette.muted, ground)
            need(letters, "accent on \(name)", palette.accent, ground)
            need(letters, "good on \(name)", palette.good, ground)
            need(letters, "bad on \(name)", palette.bad, ground)
            need(3, "edge on \(name)", palette.edge, ground)
        }
        need(4.5, "letters on accent", palette.onAccent, palette.accent)
        need(4.5, "letters on strong accent", palette.onAccent, palette.accentStrong)
        need(4.5, "good on soft", palette.good, palette.goodSoft)
        need(4.5, "bad on soft", palette.bad, palette.badSoft)
        for soft in [palette.accentSoft, palette.goodSoft, palette.badSoft] {
            need(4.5, "ink on soft", palette.ink, soft)
        }
        return faults
    }

    @Test(arguments: Palette.Scheme.allCases) func theHousesOwnColoursCanBeRead(scheme: Palette.Scheme) {
        let palette = Palette(.standard, scheme)
        #expect(Self.faults(palette) == [])
        #expect(Self.faults(palette.strong(scheme), letters: 7) == [])
        #expect(Theme.standard.problems.isEmpty)
    }

    @Test func whateverThemeIsAllowedCanBeRead() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        func colour() -> Colour { Colour(UInt32(random.next() >> 40)) }
        var allowed = 0
        for _ in 0..<3_000 {
            var theme = Theme.standard
            if random.next() % 2 == 0 { theme.light.accent = colour() }
            if random.next() % 2 == 0 { theme.dark.accent = colour() }
            if random.next() % 3 == 0 { theme.light.paper = Colour.white.mixed(with: colour(), 0.15) }
            if random.next() % 3 == 0 { theme.dark.paper = Colour.black.mixed(with: colour(), 0.15) }
            if random.next() % 4 == 0 { theme.light.ink = colour() }
            if random.next() % 4 == 0 { theme.dark.ink = colour() }
            guard theme.problems.isEmpty else { continue }
            allowed += 1
            for scheme in Palette.Scheme.allCases {
                let palette = Palette(theme, scheme)
                #expect(Self.faults(palette) == [], "seed \(seed): \(theme)")
                #expect(Self.faults(palette.strong(scheme)) == [], "seed \(seed): \(theme)")
            }
        }
        #expect(allowed > 100)
    }

    // MARK: The file

    private static func document(_ theme: String) throws -> ProgrammeDocument {
        try ProgrammeDocument([
            "programme.yaml": "programme: p\nname: { nl: P, en: P }\nlanguages: [nl, en]\n", "theme.yaml": theme,
        ])
    }

    @Test func aThemeReadsBackAsItWasWritten() throws {
        let document = try Self.document(
            """
            name: { nl: Post, en: Post }
            logo: <svg viewBox="0 0 4 4"><circle cx="2" cy="2" r="2"/></svg>
            colours:
              accent: '#1f5f8b'
              paper: fdfdfb
              dark: { accent: '#8fc4ea' }
            fonts: { headings: slab, text: rounded }
            texts:
              sign-in: { nl: Fijn dat je er bent., en: Good to see you. }
              foot: { nl: Uitgegeven in Utrecht., en: Published in Utrecht. }
            """)
        #expect(document.check().errors == [])
        let theme = try #require(try document.programme().theme)
        #expect(theme.light == Theme.Colours(accent: Colour("1f5f8b"), paper: Colour("fdfdfb")))
        #expect(theme.dark.accent == Colour("8fc4ea"))
        #expect(theme.headings == .slab && theme.text == .rounded)
        #expect(theme.texts[.foot]?.text(.en) == "Published in Utrecht.")
        #expect(theme.logo?.hasPrefix("<svg xmlns=") == true)
        let again = try ProgrammeDocument.export(try document.programme())
        #expect(try again.programme() == document.programme())
        let none = try Self.document("colours: { accent: '#1f5f8b' }").programme()
        let changes = ProgrammeDiff(from: none, to: try document.programme()).changes.map(\.description)
        #expect(changes.contains("~ themes: fonts.headings: nothing -> slab"), "\(changes)")
    }

    @Test(arguments: [
        (
            "colours:\n  accent: '#e8b04a'\n", 2,
            "'#e8b04a' has a contrast of 1.6 to 1 on sunken in light surroundings; letters need 4.5 (WCAG 2.2 AA).",
            " would do."
        ),
        (
            "colours:\n  dark: { ink: '#555555' }\n", 2, "'#555555' has a contrast of ", " would do."
        ),
        ("colours:\n  paper: '#3344aa'\n", 2, "'#3344aa' is too dark for paper in light surroundings", " would do."),
        ("colours:\n  accent: #1f5f8b\n", 0, "Here stands nothing where a colour was expected.", "between quotes"),
        ("colours:\n  accent: blue\n", 2, "'blue' is not a colour.", "six hexadecimal digits"),
        ("colours:\n  acent: '#1f5f8b'\n", 2, "There is no 'acent' in the colours.", "Did you mean 'accent'?"),
        ("fonts: { headings: comic }\n", 1, "'comic' is not a family of letters.", "Choose from"),
        ("logo: <svg><script>x</script></svg>\n", 1, "This cannot be the logo", "shapes"),
        ("name: { nl: Een veel te lange naam voor een beginscherm, en: P }\n", 1, "more than 30 characters", "short"),
    ])
    func aFaultNamesItsPlaceAndWhatToDo(file: String, line: Int, message: String, fix: String) throws {
        let errors = try Self.document(file).check().errors
        let found = try #require(errors.first)
        #expect(found.path == "theme.yaml" && (line == 0 || found.line == line))
        #expect(found.message.contains(message), "\(found.message)")
        #expect(found.fix?.contains(fix) == true, "\(found.fix ?? "")")
    }

    @Test func aLogoThatCouldNotBeReadAgainIsRefused() throws {
        let file = "logo: <svg>" + String(repeating: "<g/>", count: 1_200) + "</svg>\n"
        #expect(file.utf8.count < Theme.logoBytes)
        let errors = try Self.document(file).check().errors
        #expect(errors.first?.message.contains("Written out in full") == true, "\(errors)")
    }

    private struct SplitMix: RandomNumberGenerator {
        var seed: UInt64

        mutating func next() -> UInt64 {
            seed &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (seed ^ (seed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
