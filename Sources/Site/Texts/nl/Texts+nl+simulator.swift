extension Texts {
    static let nlSimulator = SimulatorTexts(
        title: "Simulatie",
        intro: """
            Wat dit programma doet met verzonnen mensen van wie smaak en gewoonten bekend zijn. Het zegt waar de regels op \
            uitkomen; niet wat je lezers gaan doen. Geen lid merkt er iets van.
            """,
        members: "Mensen",
        days: "Dagen",
        seed: "Welke mensen (een getal)",
        start: "Simuleer",
        busy: "Er loopt al een simulatie. Eén tegelijk.",
        failed: "De simulatie kon niet worden afgemaakt.",
        progress: { "Voortgang: \($0)" },
        about: { "\($0) mensen, \($1) dagen" },
        reached: "Kregen iets",
        neverReached: "Kregen niets",
        cancel: { "\($0) zeggen hun abonnement op; zonder het programma zouden dat er \($1) zijn." },
        holdOut: { "Een controlegroep zou het effect tussen \($0) en \($1) procentpunt schatten." },
        noHoldOut: "Een controlegroep uit deze mensen zou niets laten zien.",
        effect: "Wat het teweegbrengt",
        issued: "Uitgegeven",
        redeemed: "Besteed",
        expired: "Verlopen",
        chart: { "Openstaand aan het eind van elke week; het hoogste is \($0)." },
        week: "Week tot",
        outstanding: "Openstaand",
        challenges: "Volbrachte uitdagingen",
        tiers: "Niveaus aan het eind",
        rewards: "Gekozen beloningen",
        what: "Wat",
        people: "Mensen",
        silent: "Regels die nooit afgaan",
        derived: """
            Dit programma zegt niet hoe mensen zich gedragen. Daarom is aangenomen dat iedereen een beetje doet \
            van alles wat het noemt. Een bestand in simulation/ zegt meer.
            """,
        candidate: "Vergelijk met (mag leeg blijven)",
        candidateHint: """
            Een gewijzigd programma als één tekst, die begint met „--- # programme.yaml”. Beide worden op \
            dezelfde mensen geprobeerd.
            """,
        running: "Van kracht",
        other: "Kandidaat",
        difference: "Verschil",
        differences: "Wat er anders zou zijn",
        noDifference: "Beide komen op hetzelfde uit.",
        refused: "De kandidaat is niet begrepen:",
        earlier: "Eerdere simulaties",
        compared: "vergeleken",
        figures: SimulatorTexts.Figures(
            reached: "Mensen die iets kregen",
            neverReached: "Mensen die niets kregen",
            issued: "Uitgegeven",
            redeemed: "Besteed",
            expired: "Verlopen",
            outstanding: "Openstaand aan het eind",
            times: "Keren dat de regel iets gaf",
            completed: "Volbracht door",
            members: "Leden aan het eind",
            taken: "Keren gekozen",
            cancel: "Zeggen hun abonnement op",
            visits: "Bezoeken per dag"))
}
