/// The words of the member's main pages.
extension Texts {
    static let nlHub = HubTexts(
        play: "Meedoen",
        menuProgramme: "Programma",
        menuPeople: "Mensen",
        menuOperations: "Beheer",
        playLink: "Alles om aan mee te doen",
        playIntro: "Doe mee met wat je leuk vindt. Alles mag, niets moet.",
        playEmpty: "Zodra er iets is om aan mee te doen, staat het hier.",
        challenges: "Uitdagingen",
        together: "Samen en spel",
        habits: "Je gewoonten",
        me: "Ik",
        cardText: "De code voor aan de balie.",
        ticketsText: "Je codes en tickets, met QR-code.",
        historyText: "Elke regel, met zijn reden.")
}
