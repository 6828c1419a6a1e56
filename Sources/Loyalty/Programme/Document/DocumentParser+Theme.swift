internal import Catalogue
internal import Primitives

/// `theme.yaml`: how the pages look.
extension DocumentParser {
    func theme(_ node: DocumentNode) -> Theme? {
        let keys = ["name", "logo", "colours", "fonts", "texts"]
        guard let section = DocumentSection(reader, node, what: "the theme", name: "theme", keys: keys) else {
            return nil
        }
        reader.remember("theme", node)
        var theme = Theme(name: localized(section, "name"))
        for (language, name) in theme.name.values.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where name.count > Theme.nameCharacters {
            reader.report(
                "The name in \(language.rawValue) has more than \(Theme.nameCharacters) characters.",
                at: section.node("name")?.mark, fix: "It stands below a picture on a phone: a short one is best.")
        }
        theme.logo = section.node("logo").flatMap(logo)
        if let colours = section.section("colours", what: "the colours", keys: ["accent", "paper", "ink", "dark"]) {
            theme.light = self.colours(colours)
            if let dark = colours.section("dark", what: "the dark colours", keys: ["accent", "paper", "ink"]) {
                theme.dark = self.colours(dark)
            }
        }
        if let fonts = section.section("fonts", what: "the fonts", keys: ["headings", "text"]) {
            let expected = "a family of letters"
            if let headings: Theme.Letters = fonts.node("headings").flatMap({ reader.choice($0, expected) }) {
                theme.headings = headings
            }
            if let text: Theme.Letters = fonts.node("text").flatMap({ reader.choice($0, expected) }) {
                theme.text = text
            }
        }
        if let texts = section.section("texts", what: "the texts", keys: Theme.Text.allCases.map(\.rawValue)) {
            for text in Theme.Text.allCases where texts.node(text.rawValue) != nil {
                let words = localized(texts, text.rawValue)
                if !words.isEmpty { theme.texts[text] = words }
            }
        }
        for problem in theme.problems {
            reader.report(
                problem.message, at: reader.sources.place(of: "theme." + problem.field)?.mark, fix: problem.fix)
        }
        return theme
    }

    private func colours(_ section: DocumentSection) -> Theme.Colours {
        Theme.Colours(
            accent: section.node("accent").flatMap(colour), paper: section.node("paper").flatMap(colour),
            ink: section.node("ink").flatMap(colour))
    }

    private func colour(_ node: DocumentNode) -> Colour? {
        guard let scalar = reader.scalar(node, "a colour") else { return nil }
        if let colour = Colour(scalar.text) { return colour }
        reader.report(
            scalar.text.isEmpty
                ? "Here stands nothing where a colour was expected."
                : "'\(scalar.text.prefix(80))' is not a colour.", at: scalar.mark,
            fix: "Write six hexadecimal digits between quotes, as in '#9c3a22': without quotes a # begins a comment.")
        return nil
    }

    private func logo(_ node: DocumentNode) -> String? {
        guard let text = reader.text(node, "an SVG drawing", maximum: Theme.logoBytes) else { return nil }
        guard text.utf8.count <= Theme.logoBytes else {
            reader.report("The logo has more than \(Theme.logoBytes) bytes.", at: node.mark)
            return nil
        }
        do throws(Drawing.Problem) {
            let drawing = try Drawing.clean(text)
            // What is kept is what is exported, and must be read again.
            guard drawing.utf8.count <= Theme.logoBytes else {
                reader.report(
                    "Written out in full, the logo has more than \(Theme.logoBytes) bytes.", at: node.mark,
                    fix: "Make it simpler: fewer shapes, coarser paths.")
                return nil
            }
            return drawing
        } catch {
            reader.report(
                "This cannot be the logo: \(error.reason).", at: node.mark,
                fix: "Write an SVG drawing of shapes, gradients and text only.")
            return nil
        }
    }
}
