extension Texts {
    static let enLook = LookTexts(
        title: "Look",
        intro: "One file sets name, logo, colours, letters and a few texts. Nothing changes until you take it over.",
        file: "The file theme.yaml",
        fileHint: "Empty is Stamgast's own look. Colours stand between quotes: accent: '#1f5f8b'.",
        wrong: "it cannot be taken over like this",
        line: { "Line \($0):" },
        check: "Look first",
        take: "Take over",
        takeText: "The file is right. See it in the style guide; taking it over makes a new version of the programme.",
        preview: "See every part like this",
        taken: "This is the look from now on.",
        outdated:
            "Nothing has changed: another version of the programme came in between. Look again and try once more.",
        contrast: "Legibility",
        contrastText: "Contrast by WCAG 2.2. Text needs at least 4.5 to 1.",
        letters: "Text",
        ground: "On",
        light: "Light",
        dark: "Dark",
        ratio: { "\($0) to 1" },
        offlineTitle: "No connection",
        offlineText:
            "Your pages are with us and not on this device. They are back as soon as there is a connection. Nothing gets lost.",
        offlineAgain: "Try again")
}
