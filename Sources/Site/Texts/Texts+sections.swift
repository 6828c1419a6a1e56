/// The member's page of gifts.
struct GiftTexts: Sendable {
    var title: String
    var intro: String
    var link: String
    var offerHeading: String
    var amount: String
    var terms: Texts.Two
    var offer: String
    var codeHeading: String
    var codeText: Texts.One
    var acceptHeading: String
    var code: String
    var accept: String
    var accepted: Texts.One
    var withdrawn: String
    var refused: String
    var unknown: String
    var waitingHeading: String
    var until: Texts.One
    var withdraw: String
    var noneText: String
    var walletsHeading: String
    var members: Texts.Counted
    var given: Texts.One
    var draw: String
    var leave: String
    var show: String
    var hide: String
    var openHeading: String
    var open: String
    var opened: String
    var joined: String
    var changed: String
}

/// The console's pages of jobs and of what is owed.
struct BooksTexts: Sendable {
    var title: String
    var intro: String
    var outstanding: String
    var breakage: String
    var deferred: String
    var chart: Texts.One
    var month: String
    var opening: String
    var issued: String
    var redeemed: String
    var expired: String
    var other: String
    var closing: String
}

struct JobTexts: Sendable {
    var title: String
    var intro: String
    var action: String
    var grant: String
    var activate: String
    var expire: String
    var unit: String
    var amount: String
    var condition: String
    var start: String
    var problem: Texts.One
    var started: String
    var cancel: String
    var progress: Texts.One
    var changed: String
    var unchanged: String
    var refused: String
    var waiting: String
    var running: String
    var done: String
    var cancelled: String
    var failed: String
    var emptyTitle: String
    var emptyText: String
}
