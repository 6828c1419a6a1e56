internal import Loyalty

extension Texts {
    static let nlEditor = EditorTexts(
        title: "Het programma",
        intro:
            "Alles wat leden kunnen verdienen, zoals het geschreven staat. Wat je wijzigt komt in een concept; niets telt "
            + "tot je het laat ingaan.",
        inForce: { "Versie \($0) geldt sinds \($1), door \($2)." },
        versions: "Versies",
        versionsIntro:
            "Elke versie die ooit gold. Open er een om te zien wat ze veranderde, of om ernaar terug te gaan.",
        version: "Versie",
        versionNumber: { "Versie \($0)" },
        since: "Geldt sinds",
        byWhom: "Door",
        sinceBy: { "Geldt sinds \($0), door \($1)" },
        older: "Eerdere versies",
        versionChanged: "Wat ze veranderde",
        versionFirst: "Er is niets ervoor om mee te vergelijken.",
        backTo: { "Terug naar versie \($0)" },
        backText: "Dit zou nu veranderen. Teruggaan maakt een nieuwe versie die hetzelfde zegt als deze.",
        back: "Ga ernaar terug",
        document: "Het hele document",
        documentIntro: "Alle bestanden als één tekst, dezelfde die de opdrachtregel leest. Hij komt in het concept.",
        documentHint: "Elk bestand begint met een regel als --- # rules/curious-reader.yaml.",
        draft: "Concept",
        draftBy: { "Laatst gewijzigd door \($0), \($1)" },
        draftOpen: "Bekijk het concept",
        draftGone: "Er is geen concept meer.",
        discard: "Gooi het concept weg",
        discardText: "Elke wijziging erin gaat verloren. Wat geldt blijft zoals het is.",
        discarded: "Het concept is weg.",
        saved: "Het staat in het concept.",
        save: "Bewaar in het concept",
        notSaved: "Er is nog niets bewaard: er klopt iets niet.",
        notApplied: "Er is niets veranderd: er klopt iets niet.",
        needsText: "Dit is geschreven op een manier die het formulier niet kan wijzigen. Wijzig het in de YAML.",
        badName: "kleine letters, cijfers en streepjes, met een letter vooraan; een naam die nog vrij is",
        badTime: "een moment dat nog komt",
        outdated: "Er is niets veranderd: iemand was je voor. Kijk er opnieuw naar.",
        outdatedDraft: { "Het concept begon bij versie \($0), maar versie \($1) geldt." },
        rebase: "Breng het concept bij",
        rebased: "Het concept is bij.",
        rebaseOwn: "Houd dat van het concept",
        rebaseOther: "Neem het andere",
        conflicts: "Deze bestanden zijn aan beide kanten gewijzigd:",
        plan: "Plan het",
        planDone: "Het concept gaat vanzelf in.",
        planBack: "Het plan is ingetrokken.",
        unplan: "Trek het plan in",
        plannedFor: { "Het gaat in: \($0)." },
        plannedClosed: "Het concept is gepland. Trek het plan in om iets te wijzigen.",
        when: "Wanneer",
        whenComes: "In de tijdzone van het programma.",
        apply: "Laten ingaan",
        applyNow: "Nu laten ingaan",
        applied: "De nieuwe versie geldt.",
        questions: "Leden zijn hier midden in. Wat wordt er van hen?",
        because: "Waarom het verandert",
        becauseText: "Leden lezen dit bij wat er veranderd is. Laat het leeg om niets te zeggen.",
        difference: "Wat er verandert",
        noDifference: "Er verandert niets.",
        noticed: "Dit merken leden ook:",
        what: "Wat",
        before: "Eerst",
        after: "Straks",
        nothing: "niets",
        new: "nieuw",
        gone: "weg",
        problems: "Er klopt iets niet",
        wrong: "het kan zo niet bewaard worden",
        place: { "Regel \($0), kolom \($1):" },
        try: "Probeer een gebeurtenis",
        tryText: "Wat het concept iemand zou geven die nieuw is. Er wordt niets bewaard.",
        data: "Gegevens",
        dataHint: "Als JSON, bijvoorbeeld { \"share\": 0.9, \"seconds\": 120 }.",
        nothingLooks: "Niets kijkt naar zulke gebeurtenissen.",
        backtest: "Houd het tegen de geschiedenis",
        backtestText: "Wat het concept gegeven zou hebben. Geen lid merkt er iets van.",
        form: "Formulier",
        formText: "Wat het formulier niet toont, blijft zoals het geschreven staat.",
        yaml: "De YAML",
        yamlHint: "Commentaar en volgorde blijven zoals je ze schrijft.",
        noForm: "Hiervoor is geen formulier; het wordt gewijzigd zoals het geschreven staat.",
        views: "Weergaven",
        add: "Toevoegen",
        newEntry: { "Nieuw: \($0)" },
        idHint: "Kleine letters, cijfers en streepjes. Later kan dit niet meer anders.",
        whenHint: "Een voorwaarde in CEL, bijvoorbeeld event.share >= 0.7. Leeg is altijd.",
        amountHint: "Een getal, of een berekening zoals event.months * 10.",
        copy: "Dupliceren",
        copyName: "Naam van de kopie",
        remove: "Eruit halen",
        removeText: "Het gaat uit het concept. Leden houden wat het hun gaf.",
        removed: "Het is uit het concept gehaald.",
        turnOn: "Aanzetten",
        turnOnText: "Het werkt weer zodra het concept geldt.",
        turnOff: "Uitzetten",
        turnOffText: "Het blijft in het document en doet niets meer zodra het concept geldt.",
        changedHere: "gewijzigd in het concept",
        sectionEmpty: "Hier is nog niets.",
        section: { name in
            switch name {
            case "programme": "Algemeen"
            case "events": "Gebeurtenissen"
            case "rules": "Regels"
            case "challenges": "Uitdagingen"
            case "tiers": "Niveaus"
            case "rewards": "Beloningen"
            case "streaks": "Reeksen"
            case "badges": "Insignes"
            case "texts": "Teksten"
            case "leaderboards": "Ranglijsten"
            case "raffles": "Lotingen"
            case "referrals": "Aanbrengen"
            case "quizzes": "Quizzen"
            case "contests": "Voorspellingen"
            case "recognition": "Waardering"
            case "personas": "Persona’s"
            case "access": "Toegang"
            case "examples": "Uitgewerkte voorbeelden"
            case "simulation": "Simulatie"
            default: name
            }
        },
        kindName: { kind in
            switch kind {
            case "rule": "regel"
            case "challenge": "uitdaging"
            case "reward": "beloning"
            case "tier": "niveau"
            case "text": "tekst"
            default: kind
            }
        },
        field: { name in
            switch name {
            case "id": "Naam voor machines"
            case "why": "Reden die leden lezen"
            case "name": "Naam"
            case "text": "Tekst"
            case "trigger": "Gebeurtenis"
            case "count": "Telt gebeurtenissen van"
            case "when": "Voorwaarde"
            case "amount": "Hoeveel"
            case "unit": "Eenheid"
            case "limit": "Grens per lid"
            case "limit-number": "Hoogstens"
            case "limit-period": "Per"
            case "from": "Vanaf"
            case "until": "Tot"
            case "target": "Doel"
            case "every": "Begint opnieuw elke"
            case "join": "Hoe leden meedoen"
            case "kind": "Soort"
            case "price": "Prijs"
            case "price-unit": "Te betalen in"
            case "stock": "Hoeveel er zijn"
            case "per-member": "Hoogstens per lid"
            case "withdrawn": "Uit de winkel gehaald"
            case "at": "Bereikt bij"
            default: name
            }
        },
        limit: { $0 == "none" ? "Geen grens" : $0 == "times" ? "Een aantal keren" : "Een hoeveelheid" },
        period: { name in
            switch name {
            case "day": "dag"
            case "week": "week"
            case "month": "maand"
            case "year": "jaar"
            default: "ooit"
            }
        },
        join: { $0 == "member" ? "Door ervoor te kiezen" : "Vanzelf" },
        rewardKind: { name in
            switch name {
            case "preview": "Vroege toegang"
            case "questions": "Vraag aan een maker"
            case "digital": "Digitaal"
            case "ticket": "Kaartje"
            case "experience": "Belevenis"
            case "workshop": "Workshop"
            case "advice": "Advies"
            case "stream": "Livestream"
            case "minutes": "Minuten"
            case "analysis": "Analyse"
            case "physical": "Per post"
            case "donation": "Donatie"
            case "conversion": "Een andere eenheid"
            case "credit": "Tegoed"
            default: name
            }
        },
        state: { state in
            switch state {
            case .on: "aan"
            case .later: "later aan"
            case .off: "uit"
            }
        },
        choice: { choice in
            switch choice {
            case .keep: "Zij houden wat zij hebben"
            case .convert: "Het wordt opnieuw berekend onder de nieuwe voorwaarden"
            case .restart: "Zij beginnen opnieuw"
            }
        },
        outcome: { outcome in
            switch outcome {
            case .gives: "geeft"
            case .reduced: "geeft minder"
            case .refused: "is aan zijn grens"
            case .nothing: "komt op niets uit"
            case .notMet: "voorwaarde niet vervuld"
            case .notYet: "nog niet"
            case .noLonger: "niet meer"
            case .excluded: "een andere regel gaat voor"
            case .heldOut: "buiten gehouden om te meten"
            }
        },
        refusal: { refusal in
            switch refusal {
            case .outdated: "Het is niet ingegaan zoals gepland: er kwam een andere versie tussen."
            case .problems: "Het is niet ingegaan zoals gepland: in het concept zitten fouten."
            case .undecided: "Het is niet ingegaan: het zegt niet wat er wordt van leden die er midden in zijn."
            case .role: "Het is niet ingegaan zoals gepland: wie het plande mag het programma niet meer wijzigen."
            }
        })
}
