internal import Access

extension Texts {
    static let nlStaffDoor = StaffDoorTexts(
        title: "Inloggen op de console",
        text: "Voor wie het programma verzorgt.",
        login: "Inlognaam",
        password: "Wachtwoord",
        button: "Inloggen",
        failed:
            "Dat lukte niet. Kijk na wat je typte; wacht na een paar missers een kwartier of vraag om een link.",
        busy: "Er loggen nu veel mensen in. Probeer het zo weer.",
        expired: "Dat duurde te lang. Begin opnieuw.",
        unlinked: { "Je account bij \($0) is aan geen medewerker gekoppeld. Vraag een eigenaar dat te doen." },
        providerFailed: { "Inloggen met \($0) lukte niet. Probeer het nog eens." },
        linkHint:
            "Nog geen wachtwoord, of kom je er niet in? Vraag een eigenaar om een link waarmee je één keer inlogt.",
        with: { "Inloggen met \($0)" },
        codeTitle: "Nog één stap",
        codeText: "Typ de code die je app nu toont, of een van je herstelcodes.",
        code: "Code van de app",
        again: "Opnieuw beginnen",
        refusedTitle: "Inloggen lukte niet",
        refusedText: "De site van de uitgever vertelde ons niet wie je bent. Ga daarheen terug en probeer het opnieuw.",
        accountTitle: "Mijn account",
        accountIntro: "Hoe je binnenkomt, en waar je bent ingelogd.",
        passwordHeading: "Je wachtwoord",
        passwordNone: "Je hebt er geen: je komt binnen met een link die één keer werkt.",
        passwordSince: { "Gekozen op \($0)." },
        needsSecond: "Met alleen een wachtwoord kom je hier niet binnen. Stel ook een tweede factor in.",
        loginHint: "3 tot 64 letters, cijfers en . _ - @ +",
        current: "Wachtwoord tot nu toe",
        currentPassword: "Je wachtwoord",
        newPassword: "Nieuw wachtwoord",
        newPasswordHint: { "Minstens \($0) tekens: een paar woorden die alleen jij bij elkaar zou zetten." },
        passwordSave: "Wachtwoord bewaren",
        passwordSaved: "Je wachtwoord is bewaard, en elders ben je uitgelogd.",
        secondHeading: "Tweede factor",
        secondNone: "Die is er nog niet. Een app op je telefoon toont elke halve minuut een nieuwe code.",
        secondOn: "Een app toont je codes.",
        secondNeedsPassword: "Kies eerst een wachtwoord.",
        secondStart: "Instellen",
        secondRenew: "Opnieuw instellen",
        secondTitle: "Tweede factor instellen",
        secondText: "Scan dit met een authenticator-app, of typ de letters daarin. Typ dan de code die de app toont.",
        secondPicture: "QR-code voor een authenticator-app",
        secondLetters: "Letters om over te typen",
        secondSave: "In gebruik nemen",
        codesHeading: "Herstelcodes",
        codesText: "Met elk ervan log je één keer in als je telefoon er niet is.",
        codesLeft: { $0 == 1 ? "Er is er nog \($1)." : "Er zijn er nog \($1)." },
        codesRenew: "Nieuwe codes maken",
        codesTitle: "Je herstelcodes",
        codesOnce:
            "Je ziet ze alleen nu. Bewaar ze niet bij je telefoon, op papier bijvoorbeeld. Eerdere zijn vervallen.",
        linked: { "Je account bij \($0) is gekoppeld: daarmee kun je inloggen." },
        sessionsEnd: "Overal elders uitloggen",
        sessionsEnded: "Elders ben je nu uitgelogd.",
        problem: { problem in
            switch problem {
            case .loginBad: "3 tot 64 letters, cijfers en . _ - @ +"
            case .loginTaken: "iemand anders heeft deze naam"
            case .passwordShort: "het is te kort"
            case .passwordLong: "het is te lang"
            case .passwordCommon: "te makkelijk te raden: het is weinig meer dan een naam of een bekend woord"
            case .currentWrong: "dit is je wachtwoord niet, of het was zojuist te vaak fout"
            case .codeWrong: "deze code klopt niet; neem die de app nu toont"
            case .passwordMissing: "kies eerst een wachtwoord"
            case .formOld: "dit formulier is gebruikt of te oud; begin opnieuw"
            case .busy: "er loggen nu veel mensen in; probeer het zo weer"
            }
        },
        way: "Hoe binnen",
        wayLink: "alleen een link",
        wayPassword: "wachtwoord",
        waySecond: "wachtwoord en code",
        wayProvider: "account elders",
        resetHeading: "Wachtwoord en tweede factor",
        resetText: "Neemt beide weg, met de herstelcodes, en logt de persoon uit. Geef daarna een nieuwe link.",
        resetSave: "Wegnemen",
        resetDone: "Wachtwoord en tweede factor zijn weg.",
        identityHeading: { "Account bij \($0)" },
        identityYes: "Er is een account gekoppeld.",
        identityNo: "Er is geen account gekoppeld.",
        identity: "E-mailadres of kenmerk daar",
        identityHint: "Een adres telt als de aanbieder het heeft nagekeken. Zet sub: voor een kenmerk met een @.",
        identitySave: "Koppelen",
        identityEnd: "Ontkoppelen",
        identityLinked: "Het account is gekoppeld.",
        identityUnlinked: "Het account is niet meer gekoppeld.",
        identityTaken: "dit account is aan iemand anders gekoppeld",
        identityBad: "dit is geen e-mailadres en geen kenmerk")
}
