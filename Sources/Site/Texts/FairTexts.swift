/// What waits on the member's page, shared devices, ambassadors, and tickets that are given back.
struct FairTexts: Sendable {
    // What waits, on the member's page
    var waitsHeading: String
    var waitsAmount: Texts.One
    var waitsOther: String
    var waitsUntil: Texts.One
    // Devices in the console
    var devices: String
    var devicesIntro: String
    var deviceMembers: Texts.Counted
    var noDevices: String
    var others: Texts.Counted
    // Ambassadors
    var ambassador: String
    var ambassadorIntro: Texts.One
    var since: Texts.One
    var gives: String
    var givesAccess: String
    var thanks: String
    var invitation: Texts.One
    var accept: String
    var decline: String
    var none: String
    var toPage: String
    var toldInvited: String
    // The console
    var ambassadors: String
    var ambassadorFriends: Texts.Counted
    var noAmbassadors: String
    var invite: String
    var inviteText: String
    var standing: String
    var withdraw: String
    var toReviews: String
    // Raffles
    var giveBack: String
    var giveBackText: String
}
