extension Texts {
    static let nlRewardDesk = RewardDeskTexts(
        stockHeading: "Voorraad",
        stockIntro: "Wat er is naast wat het programma zegt: gevonden, beschadigd, aan de balie meegegeven.",
        amount: "Hoeveel",
        amountHint: "Met een min ervoor gaat het eraf",
        reason: "Waarom",
        stockSave: "Wijzig de voorraad",
        stockDone: "De voorraad is gewijzigd.",
        stockTooFew: { "Er kunnen er nog \($0) af." },
        stockRefused: "Deze beloning wordt niet geteld.",
        amountBad: "Schrijf een heel getal, geen nul.",
        reasonBad: "Zeg waarom, in hoogstens 500 tekens.",
        changesHeading: "Laatste wijzigingen",
        when: "Wanneer",
        codesHeading: "Toegangscodes",
        codesIntro: "Eén per regel. Ze worden verzegeld en getoond aan het lid dat er een krijgt, en hier niet meer.",
        codesPaste: "Plak de codes",
        codesFile: "Of kies een bestand",
        codesSave: "Voeg toe",
        codesDone: { "Nieuw: \($0). Was er al: \($1). Dubbel in de lijst: \($2)." },
        codesEmpty: "Er staat geen code in.",
        codesTooMany: { "Hoogstens \($0) tegelijk." },
        codesBad: { "Regel \($0) is langer dan 200 bytes of bevat een stuurteken. Er is niets toegevoegd." },
        codesRefused: "Deze beloning heeft geen codes.",
        ticketHeading: "Kaartje controleren",
        ticketText: "Wat onder de QR-code staat",
        ticketCheck: "Alleen kijken",
        ticketAdmit: "Laat binnen",
        ticketState: { state in
            switch state {
            case .good: "Geldig. Nog niet gebruikt."
            case .admitted: "Geldig. Nu genoteerd als gebruikt."
            case .used: "Al eerder gebruikt."
            case .void: "Niet meer geldig."
            }
        },
        ticketUnknown: "Dit is geen kaartje van dit programma.",
        carrier: "Vervoerder",
        tracking: "Volgnummer",
        address: "Adres",
        addressShow: "Toon het adres",
        addressNone: "Er is geen adres bekend.",
        parcelBad: "Dat kan nu niet, of de tekst bevat een stuurteken.",
        toldInReach: "Iets van je lijst ligt nu binnen bereik.",
        toldBack: "Iets van je lijst is er weer.",
        toldOpened: "Dit is er nu voor je: je bent lang genoeg bij ons.",
        toldSeatOffered: "Er is een plaats vrijgekomen; die houden we voor je vast.",
        toldSeatLapsed: "De plaats die we vasthielden, is naar de volgende gegaan.")
}
