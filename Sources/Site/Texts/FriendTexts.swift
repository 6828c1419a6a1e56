/// The pages of bringing others.
struct FriendTexts: Sendable {
    var title: String
    var intro: String
    /// One sentence on the way to the page.
    var hub: String
    var link: String
    var code: String
    var qr: String
    var friends: Texts.Counted
    var waiting: Texts.Counted
    var standing: Texts.One
    var next: Texts.Two
    var thanks: String
    var draw: String
    var drawText: String
    var claimHeading: String
    var claimText: String
    var claim: String
    var done: String
    var refused: String
    var noneText: String
    // The member's history
    var toldClaimed: String
    var toldEnded: String
    var toldAmbassador: String
    // The console
    var consoleIntro: String
    var counts: Texts.Two
}
