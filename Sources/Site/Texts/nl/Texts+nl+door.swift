extension Texts {
    static let nlDoor = DoorTexts(
        text: "Vul je e-mailadres in, dan sturen we je een link. Een wachtwoord is niet nodig.",
        address: "E-mailadres",
        addressBad: "Dit is geen e-mailadres. Het ziet eruit als anna@example.org.",
        send: "Stuur me een link",
        sentTitle: "Kijk in je mail",
        sentText:
            "Er is een mail onderweg naar het adres dat je invulde. De link erin werkt één keer, 30 minuten lang.",
        sentHint: """
            Na vijf minuten nog niets? Kijk bij de ongewenste mail. We sturen hooguit vier mails per uur naar één adres.
            """,
        again: "Gebruik een ander adres",
        closedText: "Je logt in via de site van de uitgever: daar vind je de weg naar deze pagina.",
        toSite: "Naar de site van de uitgever",
        chooseTitle: "Waar wil je inloggen?",
        chooseText: "Hier wonen meer programma's. Kies het jouwe.",
        box: "Open de brievenbus van de demo",
        boxTitle: "De brievenbus van de demo",
        boxText:
            "Deze demo verstuurt geen mail. De laatste twintig die hij had verstuurd liggen hier, voor iedereen te lezen.",
        boxEmpty: "De bus is leeg. Een mail die net gevraagd is, ligt er binnen een seconde.",
        boxAgain: "Kijk opnieuw",
        mailSubject: { "Je link voor \($0)" },
        mailText: { "Met deze link log je in bij \($0)." },
        mailJoinText: {
            """
            Met deze link word je lid van \($0). Niemand is daar nog onder dit adres bekend; het wordt bewaard zodra je de \
            link hebt gebruikt.
            """
        },
        mailOnce: "De link werkt één keer, 30 minuten lang. Wie hem heeft kan inloggen: geef hem aan niemand door.",
        mailUnknownSubject: { "Inloggen bij \($0)" },
        mailUnknownText: {
            "Je wilde inloggen bij \($0), maar onder dit adres is daar niemand bekend. Misschien gaf je een ander adres op."
        },
        mailNotYou: "Heb je hier niet om gevraagd? Dan hoef je niets te doen.")
}
