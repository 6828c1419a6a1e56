/// The pages of friends on leaderboards and of teams, leaderboards in the console, and word of finished periods.
struct TogetherTexts: Sendable {
    // Friends
    var circle: String
    var circleHub: String
    var circleIntro: String
    var circleNone: String
    var notBoth: String
    var onBoard: Texts.Two
    var giveHeading: String
    /// For how many days a code connects.
    var giveText: Texts.Counted
    var give: String
    var codeHeading: String
    var codeText: String
    var acceptHeading: String
    var acceptLabel: String
    var accept: String
    var part: String
    var parted: String
    var connected: String
    var codeRefused: String
    // Teams
    var teams: String
    var teamsIntro: String
    var teamsNone: String
    var members: Texts.Counted
    var reached: Texts.Two
    var quarters: Texts.One
    var quartersWhy: String
    var own: Texts.One
    var partOf: Texts.Two
    var until: Texts.One
    var othersHeading: String
    var shows: String
    var hides: String
    var show: String
    var hide: String
    var invite: String
    var inviteText: String
    var teamCodeText: String
    var leave: String
    var leaveText: String
    var openHeading: String
    var open: Texts.One
    var waitsFor: Texts.One
    var joinHeading: String
    var joinLabel: String
    var join: String
    var done: String
    var teamRefused: String
    var teamUnknown: String
    // The console
    var consoleIntro: String
    var board: String
    var period: String
    var people: String
    var prizes: String
    var running: String
    var waiting: Texts.One
    var finished: String
    var days: Texts.Two
    var everybody: Texts.Counted
    var cohort: Texts.Two
    var few: Texts.One
    var given: Texts.Counted
    var stillOpen: Texts.Counted
    var worth: Texts.One
    var ofTeams: Texts.One
    var noBoards: String
    // The member's history
    var toldPrize: Texts.One
    var toldFixed: String
}
