extension Texts {
    static let nlFriends = FriendTexts(
        title: "Neem iemand mee",
        intro:
            "Ken je iemand die hier graag zou lezen? Geef je link door. Wie er komt, zien wij niet aan jou en jij niet aan ons.",
        hub: "Geef je link door aan wie hier graag zou lezen.",
        link: "Jouw link",
        code: "Of deze code",
        qr: "Jouw link als QR-code",
        friends: { $0 == 1 ? "\($1) vriend is gebleven" : "\($1) vrienden zijn gebleven" },
        waiting: { $0 == 1 ? "\($1) is net begonnen" : "\($1) zijn net begonnen" },
        standing: { "Je bent \($0)." },
        next: { "Nog \($0) en je bent \($1)." },
        thanks: "Dankjewel dat je ons bij anderen noemt.",
        draw: "Maak een nieuwe link",
        drawText: "De oude werkt dan niet meer.",
        claimHeading: "Heeft iemand jou meegenomen?",
        claimText: "Vul de code in die je kreeg.",
        claim: "Dat was hij of zij",
        done: "Gedaan.",
        refused: "Dat kan niet: kijk of de code klopt en van een ander is.",
        noneText: "In dit programma neem je niemand mee.",
        toldClaimed: "Iemand heeft je meegenomen.",
        toldEnded: "Het meenemen ging niet door.",
        toldAmbassador: "Je hebt een nieuwe naam als ambassadeur.",
        consoleIntro:
            "Wie anderen meeneemt, en hoeveel er bleven. Wie het zijn, weet niemand hier.",
        counts: { "\($0) wachten, \($1) zijn gebleven" })
}
