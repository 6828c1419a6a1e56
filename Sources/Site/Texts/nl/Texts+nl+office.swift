internal import Runtime

/// *My data* of the member, and the privacy office of the house.
extension Texts {
    static let nlOffice = OfficeTexts(
        dataTitle: "Mijn gegevens",
        dataLink: "Bekijk, verbeter, neem mee of wis wat er bewaard wordt, en lees wie er keek.",
        dataOpen: "Naar mijn gegevens",
        detailsSure: "Niemand leest mee: laat de gegevens hier één keer zien.",
        detailsShow: "Bekijk en verbeter",
        detailsTitle: "Je gegevens",
        detailsIntro: "Deze pagina toont ze deze ene keer. Een leeg veld wordt weggehaald.",
        detailsSave: "Bewaar de verbeteringen",
        detailsDone: "Je gegevens zijn verbeterd.",
        detailsBad: { "Hoogstens \($0) tekens, en geen onzichtbare." },
        looksHeading: "Wie er keek",
        looksIntro: """
            Elke keer dat iemand of iets van het huis verzegelde gegevens van je opende: de dag, waarom, en \
            wat.
            """,
        looksNone: "Er heeft niemand gekeken.",
        purpose: { purpose in
            switch purpose {
            case "delivery": "Een bericht aan jou"
            case "service": "De servicedesk hielp je"
            case "export": "Je eigen uittreksel"
            case "integration": "Een systeem waarmee het programma verbonden is"
            case "privacy-office": "Het privacybureau behandelde je verzoek"
            default: "Doel ‘\(purpose)’"
            }
        },
        exportText: """
            Alles wat er van je bewaard wordt, ook onder je pseudoniem: als pagina om te lezen, en in JSON \
            voor andere programma’s.
            """,
        exportReadable: "Download als pagina",
        rightsHeading: "Vraag het privacybureau",
        rightsIntro: "Iemand gaat na dat het verzoek van jou is, en antwoordt binnen een maand.",
        rightsKind: "Waar het om gaat",
        rightsText: "Wat je wilt zeggen",
        rightsHint: "Mag leeg blijven",
        rightsSend: "Verstuur het verzoek",
        rightsSent: "Je verzoek ligt bij het privacybureau.",
        kind: { kind in
            switch kind {
            case "access": "Inzage in mijn gegevens"
            case "erasure": "Wissen"
            case "rectification": "Verbetering"
            case "restriction": "Beperking van gebruik"
            case "objection": "Bezwaar tegen profilering"
            case "portability": "Gegevens om mee te nemen"
            default: kind
            }
        },
        state: { state in
            switch state {
            case .open: "Loopt"
            case .working: "Wordt uitgevoerd"
            case .done: "Gedaan"
            case .refused: "Geweigerd"
            case .withdrawn: "Ingetrokken"
            case .duplicate: "Beantwoord met een ander verzoek"
            }
        },
        due: { "Te beantwoorden vóór of op \($0)" },
        ended: { "Afgesloten op \($0)" },
        withdraw: "Trek in",
        withdrawn: "Je verzoek is ingetrokken.",
        tooMany: """
            Er lopen zoveel verzoeken van je als het bureau aanneemt. Wacht op antwoord, of trek er een in.
            """,
        textBad: { "Hoogstens \($0) tekens en geen onzichtbare." },
        title: "Privacybureau",
        intro: """
            Verzoeken van leden over hun gegevens, op de dag waarop er antwoord moet zijn. Wie er een leest, \
            laat een regel achter in het logboek van het lid.
            """,
        requests: "Verzoeken",
        empty: "Geen verzoeken.",
        letter: "Per brief",
        letterHeading: "Een verzoek per brief",
        letterMember: "Pseudoniem van het lid",
        letterMemberHint: "Leeg voor wie geen lid is",
        letterMemberBad: "Zo’n lid is er niet.",
        letterReceived: "Ontvangen op",
        letterReceivedBad: "Een dag in het afgelopen jaar, uiterlijk vandaag.",
        letterOpen: "Open het verzoek",
        levelsHeading: "Niveaus nu",
        levelsNote: "Hoeveel leden er op elk niveau van profilering staan. Weinig leden blijven ongetoond.",
        few: "weinig of geen",
        dueColumn: "Antwoord vóór",
        late: "te laat",
        stateColumn: "Stand",
        identityColumn: "Identiteit",
        unchecked: "Nog niet nagegaan",
        identity: { identity in
            switch identity {
            case .knownAddress: "Antwoord vanaf het bekende adres"
            case .account: "Aangemeld met het account van de uitgever"
            case .inPerson: "In persoon"
            case .document: "Een document getoond; er is geen kopie bewaard"
            }
        },
        extended: { reason in
            switch reason {
            case .complex: "Twee maanden langer: ingewikkeld"
            case .many: "Twee maanden langer: veel verzoeken"
            }
        },
        refusal: { reason in
            switch reason {
            case .unfounded: "Geweigerd: ongegrond of buitensporig"
            case .identity: "Geweigerd: identiteit niet aangetoond"
            case .law: "Geweigerd: de wet vraagt anders"
            }
        },
        problem: { problem in
            switch problem {
            case .over: "Dit verzoek is afgesloten."
            case .unchecked: "Nog niemand ging na van wie dit verzoek is. Doe dat eerst."
            case .tooLate: "Het is al verlengd, of de maand is om."
            case .noOriginal: "Dat is geen verzoek van hetzelfde lid over hetzelfde."
            }
        },
        received: { "Ontvangen op \($0)" },
        member: { "Lid \($0)" },
        noMember: "Geen lid",
        writtenHeading: "Wat er geschreven is",
        nothingWritten: "Er is niets bij geschreven.",
        sealed: "Alleen de privacyfunctionaris leest dit.",
        answerHeading: "Antwoord aan het lid",
        check: "Identiteit nagegaan",
        checkHint: "Voor dit verzoek alleen: een ander telt niet mee.",
        complete: "Voer uit en sluit af",
        completeHint: """
            Bezwaar zet het niveau van het lid op ‘uit’, beperking pauzeert ook. Bij de andere soorten is \
            het antwoord wat er gegeven wordt; het mag leeg blijven.
            """,
        eraseHint: "Wist het lid voorgoed. Er kan geen antwoord bewaard blijven.",
        extend: "Verleng",
        refuse: "Weiger",
        reason: "Reden",
        duplicate: "Markeer als dubbel",
        duplicateOf: "Het verzoek dat dit beantwoordt",
        duplicateHint: "Een dubbel verzoek wordt nooit uitgevoerd, en geeft geen controle door.",
        stepDone: "Gedaan, en genoteerd in het auditlog.",
        back: "Terug naar de verzoeken",
        download: "Download als JSON",
        recordsTitle: "Register van verwerkingen",
        recordsIntro: """
            Gemaakt uit het programmadocument dat nu geldt: wat er niet in staat, wordt niet verwerkt. Het \
            kenmerk hoort bij deze feiten; een ander doel, een andere termijn, ontvanger of drempel geeft \
            een ander kenmerk, en vraagt om een nieuwe beoordeling.
            """,
        recordsVersion: { "Versie \($0) van het document" },
        recordsDigest: { "Beoordeling \($0)" },
        recordsFewest: { "Cijfers gaan over minstens \($0) leden" },
        recordsPurpose: { "Doel ‘\($0)’" },
        recordsKeptNot: "gebeurtenis zelf niet bewaard",
        recordsTraits: "Kenmerken van leden",
        recordsRecipients: "Ontvangers",
        recordsNone: "Geen",
        breachTitle: "Oefening datalek",
        breachIntro: "Wat een lek van elke database nu zou blootleggen: geteld, zonder iemand te noemen.",
        breachCounted: { "Geteld om \($0)" },
        breachClock: { "Nu ontdekt, dan melden vóór \($0)" },
        breachSteps: "Wat te doen",
        breachList: [
            "Noteer wanneer het ontdekt is: vanaf dan lopen 72 uur.",
            "Dicht het lek: vervang sleutels, beëindig sessies, stop wat lekt.",
            "Zeg welke database, welke tabellen en hoeveel leden; neem deze pagina mee als JSON.",
            "Weeg het risico voor leden. Meld het aan de toezichthouder, tenzij er geen is.",
            "Vertel het leden meteen als het risico hoog is.",
            "Noteer wat er gebeurde, de gevolgen en wat er gedaan is, gemeld of niet.",
        ],
        breachTable: "Tabel",
        breachMembers: "Leden",
        breachRows: "Rijen",
        breachFacts: "Feiten",
        domain: { $0 == .vault ? "Kluis: per lid verzegeld" : "Hoofddatabase: onder pseudoniemen" })
}
