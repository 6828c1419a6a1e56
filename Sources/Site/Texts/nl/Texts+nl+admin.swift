internal import Access

/// The words of the console's administration.
extension Texts {
    static let nlAdmin = AdminTexts(
        auditTitle: "Logboek",
        auditIntro:
            "Wie iets veranderde, wat, wanneer en waarom. Regels komen er alleen bij; elke regel hangt met een controlegetal aan de vorige.",
        ofProgramme: "Dit programma",
        ofHome: "De hele installatie",
        action: "Handeling",
        anyAction: "Alles",
        object: "Onderwerp",
        actor: "Wie",
        from: "Vanaf",
        to: "Tot en met",
        dayBad: "Geef een dag als 2026-11-28.",
        dayTurned: "Deze dag ligt voor de eerste.",
        search: "Zoek",
        clear: "Wis",
        when: "Wanneer",
        change: "Verandering",
        reason: "Reden",
        chainIntact: { "De keten klopt: nagerekend tot en met regel \($0)." },
        chainBroken: {
            "De keten klopt niet: regel \($0) volgt niet uit de vorige, of ontbreekt. Vergelijk met een back-up."
        },
        chainUnchecked: { "De keten telt \($0) regels en is nu niet nagerekend." },
        chainCheck: "Reken de keten na",
        chainMark: "Laatste controlegetal; bewaar het elders:",
        auditNone: "Niets gevonden",
        auditNoneText: "Geen regel past bij deze vraag.",
        newest: "Nieuwste",
        exportCSV: "Download als CSV",
        exportLines: "Download als JSON-regels",
        keysTitle: "API-sleutels",
        keysIntro:
            "Waarmee jullie programma’s bij dit programma kunnen. Geef een sleutel niet meer dan hij nodig heeft, en trek in wat niemand meer gebruikt.",
        keysNone: "Er zijn nog geen sleutels.",
        keyNew: "Nieuwe sleutel",
        label: "Waarvoor",
        labelHint: "Waar de sleutel voor is, in je eigen woorden: webwinkel, kassa in de hal.",
        labelBad: "Schrijf op één regel waar de sleutel voor is, in hoogstens 100 tekens.",
        kind: "Soort",
        kindServer: "Geheim, voor een server",
        kindPage: "Openbaar, in de bron van pagina’s",
        scopes: "Wat hij mag",
        scopesHint: "Een openbare sleutel mag alleen gebeurtenissen sturen.",
        scopesBad: "Kies minstens één ding dat de sleutel mag.",
        scopesPage: "Een openbare sleutel staat in de bron van pagina’s: kies alleen events:write.",
        keyMake: "Maak de sleutel",
        keyMade: "De sleutel is gemaakt",
        keyMadeText: "Bewaar hem nu: hij is hierna nooit meer te zien.",
        keyMadeNote:
            "Wie deze sleutel heeft, kan alles wat hij mag. Kwijt of uitgelekt? Trek hem in en maak een nieuwe.",
        keyMadeBefore:
            "Deze sleutel was al gemaakt en is toen getoond. Heb je hem niet bewaard, trek hem dan in en maak een nieuwe.",
        state: "Toestand",
        keyState: {
            switch $0 {
            case .active: "Geldig"
            case .expired: "Verlopen"
            case .revoked: "Ingetrokken"
            }
        },
        created: "Gemaakt",
        lastUsed: "Laatst gebruikt",
        never: "nooit",
        expires: "Verloopt",
        number: "Kenmerk",
        keyRevoke: "Intrekken",
        keyRevokeText:
            "Vanaf dat moment wordt er niets meer met deze sleutel aangenomen. Het is niet terug te draaien; de sleutel blijft in de lijst staan.",
        keyRevokeSure: "Trek deze sleutel in",
        keyRevoked: "De sleutel is ingetrokken.",
        reasonHint: "Komt in het logboek. Schrijf er niets over personen in.",
        staffTitle: "Medewerkers",
        staffIntro:
            "Wie hier wat mag. Een link die één keer werkt is de eerste weg naar binnen; een wachtwoord kiezen ze zelf.",
        name: "Naam",
        nameHint: "Zoals collega’s zeggen.",
        nameBad: "Schrijf een naam op één regel, in hoogstens 100 tekens.",
        role: "Rol",
        place: "Waar",
        here: "Alleen toegewezen programma’s",
        everywhere: "Alle programma’s",
        since: "Sinds",
        sinceDay: { "sinds \($0)" },
        endedOn: { "weg sinds \($0)" },
        you: "jij",
        sessions: "Open sessies",
        sessionsOpen: { $0 == 1 ? "\($1) open sessie." : "\($1) open sessies." },
        sessionsText: "Beëindigen logt overal uit en maakt ongebruikte links ongeldig.",
        sessionsEnd: "Log overal uit",
        sessionsEnded: "Overal uitgelogd.",
        invite: "Nodig iemand uit",
        inviteSave: "Maak account en link",
        accountMadeBefore:
            "Dit account was al gemaakt en de link is toen getoond. Maak op de pagina van het account een nieuwe.",
        rolesHeading: "Wat elke rol mag",
        linkMade: "Een link die één keer werkt",
        linkText: { "Geldig tot \($0), en hierna niet meer te zien." },
        linkNote: "Geef hem langs een weg die je vertrouwt. Wie de link heeft, heeft het account.",
        linkNew: "Nieuwe link",
        linkNewText: "Voor wie niet meer binnenkomt. Eerdere links blijven geldig tot ze gebruikt of verlopen zijn.",
        linkSave: "Maak een link",
        roleChange: "Andere rol",
        roleSave: "Bewaar rol",
        roleChanged: "De rol geldt vanaf nu, ook in open sessies.",
        lastOwner:
            "Dat kan niet: er moet iemand overblijven die sleutels en medewerkers beheert. Maak eerst iemand anders eigenaar.",
        notYours:
            "Dit account werkt ook voor programma’s die jij niet beheert; alleen wie die ook beheert, kan het veranderen.",
        accountEnded: "Dit account is beëindigd en komt niet terug.",
        remove: "Verwijderen",
        removeText:
            "Sessies en links eindigen meteen. Het account blijft in de lijst staan, omdat het logboek ernaar verwijst.",
        removeSure: "Ja, beëindig dit account voorgoed",
        removeUnsure: "Vink aan dat je het zeker weet.",
        removeSave: "Verwijder account",
        removed: "Het account is beëindigd.",
        scopeMeans: {
            switch $0 {
            case .eventsWrite: "Gebeurtenissen sturen"
            case .membersRead: "Zien wat leden hebben"
            case .membersWrite: "Leden veranderen en wissen"
            case .programmeRead: "Het programma lezen"
            case .programmeWrite: "Het programma veranderen"
            case .catalogueWrite: "De catalogus bijhouden"
            case .console: "Cijfers van de console"
            case .metricsRead: "Metingen van de server"
            case .counter: "Kassa of balie"
            case .aggregatesRead: "Cijfers over groepen"
            }
        },
        roleName: {
            switch $0 {
            case .owner: "Eigenaar"
            case .manager: "Manager"
            case .editor: "Redacteur"
            case .analyst: "Analist"
            case .privacyOfficer: "Privacyfunctionaris"
            case .serviceAgent: "Klantenservice"
            case .clerk: "Baliemedewerker"
            case .teamLead: "Teamleider"
            }
        },
        roleMeans: {
            switch $0 {
            case .owner: "Alles, ook zien wie leden zijn, leden wissen, en sleutels en medewerkers beheren."
            case .manager: "Leden en het programma beheren, en het logboek lezen."
            case .editor: "De catalogus bijhouden en meekijken."
            case .analyst: "Alleen meekijken."
            case .privacyOfficer: "Zien wie leden zijn, leden wissen, en het logboek lezen."
            case .serviceAgent: "Leden helpen, en zien wie zij zijn."
            case .clerk: "Beloningen uitreiken; geen console."
            case .teamLead: "Alleen cijfers over meerdere leden."
            }
        })
}
