/// The member's page of leaderboards.
struct BoardTexts: Sendable {
    var title: String
    var intro: String
    var under: Texts.One
    var standing: Texts.Two
    var topHeading: String
    var aroundHeading: String
    var friendsHeading: String
    var finishedHeading: String
    var me: String
    var tooFew: String
    var nothingYet: String
    var join: String
    var leave: String
    var rename: String
    var noneText: String
}
