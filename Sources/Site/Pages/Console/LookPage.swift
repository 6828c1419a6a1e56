internal import Loyalty

/// How the pages look: the file that says it, what is wrong with a new one, and how well it can be read.
struct LookPage: Page {
    static let template = "look"

    enum Outcome: String { case done, outdated }

    struct Swatch: Sendable, Equatable {
        var name: String
        var value: String
    }

    /// How one colour reads on another.
    struct Reading: Sendable, Equatable {
        var letters: String
        var ground: String
        var light: String
        var dark: String
    }

    var shell: Shell
    var csrf: String
    var version: String
    var field: FieldView
    var mayChange: Bool
    var problems: [String]
    var hasProblems: Bool
    /// The style guide in this look.
    var preview: String
    /// Whether a draft was looked at and can be put in force.
    var canTake: Bool
    var readings: [Reading]
    var note: String?
    var isGood: Bool

    init(
        _ desk: LookDesk, shell: Shell, texts: Texts, csrf: String, draft: (file: String, check: LookDraft)? = nil,
        outcome: Outcome? = nil
    ) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.look
        version = String(desk.version)
        mayChange = desk.mayChange
        problems = (draft?.check.problems ?? []).map { problem in
            let place = problem.line > 0 ? words.line(texts.number(Int64(problem.line))) + " " : ""
            return place + problem.message + (problem.fix.map { " " + $0 } ?? "")
        }
        hasProblems = !problems.isEmpty
        field = FieldView(
            area: words.file, name: "file", value: draft?.file ?? desk.file, hint: words.fileHint,
            error: hasProblems ? words.wrong : nil, longest: 12_000)
        let theme = draft?.check.theme ?? desk.look.theme
        preview = StyleGuidePage.path + "?look=" + WebLink.encode(ThemeSheet.code(of: theme))
        canTake = desk.mayChange && draft != nil && !hasProblems
        readings = Self.readings(theme, texts)
        isGood = outcome == .done
        note = outcome.map { $0 == .done ? words.taken : words.outdated }
    }

    /// The pairs that a reader meets most, with their contrast in light and dark.
    private static func readings(_ theme: Theme, _ texts: Texts) -> [Reading] {
        let (light, dark) = (Palette(theme, .light), Palette(theme, .dark))
        let pairs: [(String, String, (Palette) -> (Colour, Colour))] = [
            ("ink", "paper", { ($0.ink, $0.paper) }), ("muted", "sunken", { ($0.muted, $0.sunken) }),
            ("accent", "paper", { ($0.accent, $0.paper) }), ("on-accent", "accent", { ($0.onAccent, $0.accent) }),
            ("good", "good-soft", { ($0.good, $0.goodSoft) }), ("bad", "bad-soft", { ($0.bad, $0.badSoft) }),
        ]
        return pairs.map { letters, ground, pair in
            func ratio(_ palette: Palette) -> String {
                let (one, other) = pair(palette)
                return texts.look.ratio(texts.decimal(one.contrast(with: other), decimals: 1))
            }
            return Reading(letters: letters, ground: ground, light: ratio(light), dark: ratio(dark))
        }
    }
}

/// What the app shows without a network.
struct OfflinePage: Page {
    static let template = "offline"

    var shell: Shell
}
