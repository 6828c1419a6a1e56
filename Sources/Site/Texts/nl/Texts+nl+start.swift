internal import Loyalty

extension Texts {
    static let nlStart = StartTexts(
        title: "Inrichten",
        emptyTitle: "Hier is nog niets",
        emptyText:
            "Deze Stamgast heeft geen programma. Wie de server beheert, vindt een link om hem in te richten op de plek waar de server werd gestart; elke start zonder programma geeft een nieuwe.",
        hubTitle: "Een programma inrichten",
        hubText: "Vijf stappen, van een naam tot de eerste leden. Stop wanneer je wilt: wat klaar is, blijft klaar.",
        hubNew: "Een programma beginnen",
        hubGoOn: "Verder",
        stateClosed: "nog niet open",
        statePilot: { "open voor \($0) van de leden" },
        stateOpen: "open voor iedereen",
        progress: { "Stap \($0) van \($1)" },
        steps: ["Naam en talen", "Startprogramma", "Eerste gebeurtenis", "Uiterlijk", "Lancering"],
        goOn: "Verder",
        back: "Terug",
        later: "Nu nog niet",
        nameIntro: "Hoe leden je kennen, en waar hun dagen beginnen en eindigen.",
        name: "Naam van het programma",
        nameHint: "Leden lezen hem boven elke pagina.",
        nameBad: "1 tot 80 tekens op één regel",
        id: "Korte naam",
        idHint:
            "Voor bestanden en adressen; hij verandert nooit. Kleine letters, cijfers en streepjes. Leeg gelaten volgt hij uit de naam.",
        idBad: "kleine letters, cijfers en streepjes, eerst een letter, hooguit 40",
        idTaken: "een ander programma hier heet al zo",
        languages: "Talen",
        languagesHint: "Elke tekst is er in al deze talen. De eerste geldt voor leden die niets kozen.",
        languagesBad: "kies er minstens één",
        zone: "Tijdzone",
        zoneHint: "Voor leden die niets kozen. Dagen, weken en reeksen volgen haar.",
        zoneBad: "dit is geen tijdzone",
        currency: "Munt van je boekhouding",
        currencyHint: "Een punt is ongeveer een cent waard in het overzicht van wat openstaat. Dat kan later anders.",
        site: "Adres van je site",
        siteHint: "Voor het voorbeeld van een gebeurtenis in stap 3. Het mag leeg blijven.",
        siteBad: "een adres zoals https://www.example.org",
        starterIntro:
            "Een volledig programma om mee te beginnen: verander er later alles aan. Niemand doet mee voordat je het lanceert.",
        kindName: { kind in
            switch kind {
            case .newspaper: "Krant"
            case .streaming: "Streamingdienst"
            case .podcast: "Podcasts"
            case .museum: "Musea"
            case .employees: "Medewerkers"
            case .mobility: "Mobiliteit"
            }
        },
        kindText: { kind in
            switch kind {
            case .newspaper: "Tot het einde lezen, terugkomen, meepraten."
            case .streaming: "Tot het einde kijken, live kijken, een verhaal per week."
            case .podcast: "Een aflevering uitluisteren, de makers iets vragen, erbij zijn."
            case .museum: "Langskomen, langer kijken, iets leren."
            case .employees: "Echte pauzes, leren, elkaar helpen, uit vrije keuze."
            case .mobility: "Lichtere ritten, in eigen tempo, zonder plaatsen."
            }
        },
        brings: { counts in
            func say(_ count: Int, _ one: String, _ other: String) -> String { "\(count) \(count == 1 ? one : other)" }
            return [
                say(counts.events, "soort gebeurtenis", "soorten gebeurtenissen"), say(counts.rules, "regel", "regels"),
                say(counts.challenges, "uitdaging", "uitdagingen"), say(counts.streaks, "reeks", "reeksen"),
                say(counts.badges, "badge", "badges"), say(counts.tiers, "niveau", "niveaus"),
                say(counts.rewards, "beloning", "beloningen"),
            ].joined(separator: ", ")
        },
        week: { "Bijvoorbeeld \($0): dat geeft \($1)." },
        choose: { "Begin met \($0)" },
        refused: { "Het programma kan zo niet worden gemaakt: \($0)" },
        eventIntro: "Vertel Stamgast wat iemand op je site deed. Deze pagina zegt meteen of het is begrepen.",
        keyHeading: "Een sleutel",
        keyText:
            "Een sleutel voor je server mag je leden noemen. Een sleutel voor pagina's staat in hun broncode en spreekt alleen voor bezoekers.",
        keyMake: "Maak een sleutel",
        keyServer: "voor een server",
        keyPage: "voor pagina's",
        keyOwner: "Alleen een eigenaar maakt sleutels. Vraag er een die gebeurtenissen mag sturen.",
        keyOnce: "Kopieer hem nu: hij wordt maar één keer getoond.",
        keyMadeBefore: "Deze sleutel is eerder gemaakt en toen getoond. Maak een andere als hij weg is.",
        keyLabel: "Eerste gebeurtenissen",
        snippetHeading: "Een gebeurtenis",
        snippetServer: "Vanaf je server, of vanaf elke opdrachtregel",
        snippetPage: "Vanaf een pagina, voor een bezoeker die niet is aangemeld",
        sampleGives: { "Een nieuw lid dat meedoet, krijgt voor deze gebeurtenis \($0)." },
        sampleNothing: "Deze gebeurtenis alleen geeft niets; ze telt voor wat later komt.",
        heardHeading: "Wat er kwam",
        heardNone:
            "Nog niets. Stuur de gebeurtenis hierboven: ze verschijnt hier vanzelf, of als je opnieuw kijkt.",
        heardAgain: "Kijk opnieuw",
        heardLooks: { "Hier kijken naar: \($0)." },
        heardNobody: "Begrepen, en geen regel kijkt ernaar.",
        heardClosed: "Er doet nog niemand mee, dus gebeurtenissen worden begrepen en geven niets.",
        refusalsHeading: "Wat werd geweigerd",
        refusalsText:
            "Verzoeken van het laatste uur die deze server niet kon aannemen. Van wie ze waren, weet hij niet.",
        fault: { fault in
            switch fault {
            case .key:
                "De sleutel ontbreekt, is verkeerd getypt of ingetrokken. Hij hoort in de kop “Authorization: Bearer …”."
            case .scope:
                "De sleutel mag dit niet: hij heeft events:write nodig, en een sleutel voor pagina's noemt geen leden."
            case .form:
                "Het is geen gebeurtenis zoals het hoort. Het antwoord op het verzoek zegt welk veld niet klopt."
            case .size: "Het was te groot, of er kwam te veel tegelijk."
            }
        },
        lookIntro: "Een kleur en een logo, zodat leden zien van wie het programma is. Beide kunnen wachten.",
        accent: "Je kleur",
        accentHint:
            "Van knoppen, links en voortgang: zes cijfers zoals #1f5f8b. Leeg gelaten is het die van Stamgast.",
        logo: "Je logo als SVG",
        logoHint: "De tekst van het bestand, hooguit 8 kB. Leeg gelaten is het het merk van Stamgast.",
        lookTry: "Eerst kijken",
        lookTake: "Overnemen",
        lookSee: "Bekijk elk onderdeel zo",
        lookDone: "Zo ziet het er voortaan uit.",
        lookHas: "Het programma heeft een eigen uiterlijk.",
        lookWhole: "Letters, meer kleuren en teksten: op de pagina Uiterlijk van de console.",
        outdated: "Er is niets veranderd: er kwam een andere versie van het programma tussen. Probeer het nog eens.",
        launchIntro: "Begin klein: open het programma voor een deel van de leden, kijk hoe het gaat, en dan voor meer.",
        launchHow:
            "Het toeval bepaalt wie meedoet, en dat blijft zo: een groter deel voegt leden toe en neemt niemand weg. Van leden die nog niet meedoen, worden gebeurtenissen begrepen; ze geven niets, ook later niet.",
        percent: "Deel van de leden",
        percentHint: "In procenten, van 1 tot 100. Met 100 is het open voor iedereen.",
        percentBad: "een heel getal van 1 tot 100",
        launch: "Lanceren",
        launchChange: "Verander het deel",
        launched: { "Open voor \($0) van de leden. Gebeurtenissen tellen vanaf nu." },
        launchedAll: "Open voor iedereen. Gebeurtenissen tellen vanaf nu.",
        toConsole: "Naar de console")
}
