/// The words of the member's main pages.
extension Texts {
    static let enHub = HubTexts(
        play: "Take part",
        menuProgramme: "Programme",
        menuPeople: "People",
        menuOperations: "Operations",
        playLink: "Everything to take part in",
        playIntro: "Join in with what you like. Everything may, nothing must.",
        playEmpty: "As soon as there is something to take part in, it will be here.",
        challenges: "Challenges",
        together: "Together, and for fun",
        habits: "Your habits",
        me: "Me",
        cardText: "The code for the counter.",
        ticketsText: "Your codes and tickets, with QR code.",
        historyText: "Every line, with its reason.")
}
