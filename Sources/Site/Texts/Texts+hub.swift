/// The member's main pages, and the ways from them.
struct HubTexts: Sendable {
    var play: String
    var menuProgramme: String
    var menuPeople: String
    var menuOperations: String
    var playLink: String
    var playIntro: String
    var playEmpty: String
    var challenges: String
    var together: String
    var habits: String
    var me: String
    var cardText: String
    var ticketsText: String
    var historyText: String
}
