extension Texts {
    static let nlSubjects = SubjectTexts(
        title: "Mijn onderwerpen",
        link: "Waarvoor je komt, en wat je liever minder ziet",
        intro: "Jij zegt wat telt. Hier wordt niets geraden.",
        kept: "Bewaard. Het telt vanaf de volgende pagina.",
        removed: "Alles wat je hier zei, is weg.",
        off: "Suggesties zijn nu voor iedereen gelijk, dus hiervan telt niets.",
        levels: "Kies je niveau",
        today: "Vandaag kom ik voor",
        waiting: "Dit telt vanaf het niveau ‘persona’.",
        nobody: "Niets in het bijzonder",
        topics: "Meer of minder van een onderwerp",
        none: "Zoals het komt",
        more: "Meer ervan",
        less: "Liever niet",
        keep: "Bewaar dit",
        forget: "Haal alles weg",
        empty: "Er valt nog niets te kiezen.",
        known: "Wat je hier zegt, wordt als je eigen woorden bewaard, tot je het weghaalt:",
        aboutLink: "Wat dit zijn, en hoe ze gemaakt worden",
        aboutTitle: "Waarvoor mensen komen",
        aboutIntro:
            "Bundels onderwerpen, gemaakt door redacteuren. Ze zeggen waarvoor iemand komt, niet wie iemand is.",
        minimum: { "Onder \($0) leden wordt niets geteld of getoond." },
        whoHeading: "Wie telt mee",
        who: "Wie ervoor koos, en zolang die keuze blijft staan. Niemand komt erin door wat hij of zij leest.",
        knownHeading: "Wat er bekend is",
        knownText: "Van elk lid: welke gekozen is. Niet wat er gelezen werd, geen tijden, geen lijst van leden.",
        madeHeading: "Hoe het gemaakt wordt",
        made: """
            Een redacteur noemt de onderwerpen en hun gewicht. De lijst is wat daarover gaat, naar hoe vaak alle leden \
            samen het openen en hoe nieuw het is: voor iedereen dezelfde.
            """)
}
