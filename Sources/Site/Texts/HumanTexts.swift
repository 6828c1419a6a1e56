/// The pages about people: letters, makers, what changed, proposals.
struct LetterTexts: Sendable {
    var title: String
    var intro: String
    var menu: String
    var empty: String
    var why: String
    var heart: String
    var thanks: String
    var takeBack: String
    var answeredHeart: String
    var answeredThanks: String
    var from: Texts.Two
    var settings: String
    var on: String
    var off: String
    var turnOn: String
    var turnOff: String
    var birthday: String
    var birthdayText: String
    var birthdaySave: String
    var birthdayForget: String
    var older: String
    var toldOf: Texts.One
}

struct MakerTexts: Sendable {
    var title: String
    var intro: String
    var link: String
    var following: String
    var others: String
    var follow: String
    var unfollow: String
    var followers: Texts.One
    var made: String
    var page: String
    var empty: String
}

struct ChangeTexts: Sendable {
    var title: String
    var intro: String
    var link: String
    var ahead: String
    var from: Texts.One
    var since: Texts.One
    var began: String
    var because: String
    var proposed: String
    var empty: String
    var older: String
}

struct ProposalTexts: Sendable {
    var title: String
    var intro: String
    var link: String
    var closed: String
    var make: String
    var kind: String
    var rule: String
    var reward: String
    var idea: String
    var text: String
    var send: String
    var openHeading: String
    var answeredHeading: String
    var mineHeading: String
    var openEmpty: String
    var until: Texts.One
    var inFavour: String
    var against: String
    var chosen: Texts.One
    var takeBack: String
    var withdraw: String
    var counts: Texts.Two
    var few: String
    var waiting: String
    var open: String
    var over: String
    var refused: String
    var adopted: String
    var declined: String
    var withdrawn: String
    var outcomeFor: String
    var outcomeAgainst: String
    var outcomeNoQuorum: String
    var answer: String
    var done: String
    var sent: String
    var unreadable: String
    var tooMany: String
    var notYet: String
    var decided: String
}

/// The console's pages about them.
struct WriterTexts: Sendable {
    var letters: String
    var lettersIntro: String
    var lettersEmptyTitle: String
    var lettersEmptyText: String
    var signs: String
    var reader: Texts.One
    var letter: String
    var send: String
    var skip: String
    var tally: Texts.One
    var hearts: Texts.One
    var thanks: Texts.One
    var proposals: String
    var proposalsIntro: String
    var waitingHeading: String
    var waitingEmpty: String
    var openHeading: String
    var overHeading: String
    var reason: String
    var accept: String
    var refuse: String
    var adopt: String
    var decline: String
    var inVersion: Texts.One
    var done: String
    var unreadable: String
    var over: String
}
