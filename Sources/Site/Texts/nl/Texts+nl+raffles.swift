extension Texts {
    static let nlRaffles = RaffleTexts(
        title: "Loterijen",
        intro: "Iedereen kan narekenen hoe er getrokken is. Wie jij bent, staat nergens op de lijst.",
        hub: "Doe mee, en reken na hoe er getrokken is.",
        days: { "Van \($0) tot en met \($1)" },
        prizesHeading: "Te winnen",
        mine: { "Je hebt \($0) van ten hoogste \($1) loten" },
        free: "Neem een gratis lot",
        buy: { "Koop een lot voor \($0)" },
        take: { "Neem je prijs aan: \($0)" },
        takeUntil: { "Hij wacht tot en met \($0), daarna gaat hij naar een ander." },
        won: { "Gewonnen: \($0)" },
        stage: { stage in
            switch stage {
            case .announced: "Aangekondigd"
            case .open: "Open"
            case .ended: "Voorbij; de lijst gaat bijna dicht"
            case .closed: "De lijst is dicht; er is nog niet getrokken"
            case .drawn: "Getrokken"
            }
        },
        refused: "Dat kan niet: kijk naar je saldo, je loten en de dagen.",
        done: "Gedaan.",
        proofHeading: "Hoe er getrokken wordt, en hoe je het narekent",
        proofText:
            "Voor het begin kiezen we een geheim getal en laten we de vingerafdruk ervan zien. Na de laatste dag gaat de lijst dicht en staat ook daarvan de vingerafdruk vast. Bij de trekking laten we het geheim zien. Wie won, volgt daar dan uit, en niemand kan er nog iets aan veranderen.",
        proofTrust:
            "Eén ding vraagt vertrouwen: wij kennen het geheim voordat de lijst dichtgaat. Waar een openbare waarde wordt meegemengd die wij niet kiezen, is ook dat niet meer nodig.",
        commitment: "Vingerafdruk van het geheim",
        root: "Vingerafdruk van de lijst",
        seed: "Het geheim",
        beacon: "De openbare waarde",
        announced: "Wordt meegemengd",
        lines: "Jouw regel op de lijst",
        entries: { $0 == 1 ? "\($1) deelnemer" : "\($1) deelnemers" },
        document: "Alles wat nodig is om het na te rekenen (JSON)",
        noneText: "Er is nu geen loterij.",
        toldTickets: { $0 == 1 ? "\($1) lot" : "\($1) loten" },
        toldWon: "Je hebt gewonnen.",
        toldOffered: "Er wacht een prijs op je.",
        consoleIntro:
            "Een lijst gaat vanzelf dicht als ook late gebeurtenissen binnen zijn. Trekken doe je hier, één keer.",
        close: "Sluit de lijst",
        draw: "Trek",
        drawConfirm: { "‘\($0)’ wordt één keer getrokken. Het geheim wordt openbaar en de prijzen gaan eruit." },
        drawFinal: "Trek nu",
        value: "De openbare waarde, precies zoals ze bekendgemaakt is",
        taken: { "\($0) uitgereikt, \($1) wachten" },
        raffle: "Loterij",
        state: "Stand",
        cancel: "Nog niet")
}
