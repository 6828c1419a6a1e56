extension Texts {
    static let nlLook = LookTexts(
        title: "Vormgeving",
        intro:
            "Eén bestand bepaalt naam, logo, kleuren, letters en een paar teksten. Niets verandert voor je het overneemt.",
        file: "theme.yaml",
        fileHint: "Leeg is het uiterlijk van Stamgast zelf. Kleuren staan tussen aanhalingstekens: accent: '#1f5f8b'.",
        wrong: "zo kan het niet worden overgenomen",
        line: { "Regel \($0):" },
        check: "Bekijk eerst",
        take: "Neem over",
        takeText: "Het bestand klopt. Bekijk het in de stijlgids; overnemen maakt een nieuwe versie van het programma.",
        preview: "Bekijk alle onderdelen zo",
        taken: "Dit is vanaf nu het uiterlijk.",
        outdated:
            "Er is niets veranderd: intussen kwam er een andere versie van het programma. Kijk opnieuw en probeer het nog eens.",
        contrast: "Leesbaarheid",
        contrastText: "Contrast volgens WCAG 2.2. Tekst vraagt minstens 4,5 op 1.",
        letters: "Letters",
        ground: "Ondergrond",
        light: "Licht",
        dark: "Donker",
        ratio: { "\($0) op 1" },
        offlineTitle: "Geen verbinding",
        offlineText:
            "Je pagina's staan bij ons en niet op dit toestel. Zodra er verbinding is, zijn ze er weer. Er raakt niets kwijt.",
        offlineAgain: "Probeer opnieuw")
}
