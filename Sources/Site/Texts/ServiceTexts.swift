/// The service desk, on both sides of it.
struct ServiceTexts: Sendable {
    // The member's side
    var help: String
    var helpLink: String
    var helpIntro: String
    var newAnswers: Texts.Counted
    var askLine: String
    var aboutLine: String
    var mine: String
    var ask: String
    var subject: String
    var subjectHint: String
    var question: String
    var questionHint: String
    var send: String
    var sent: String
    var noSubject: Texts.One
    var isNew: String
    var state: @Sendable (HelpState) -> String
    var backToAll: String
    var you: String
    var desk: String
    var more: String
    var moreLabel: String
    var didItHelp: String
    var itHelped: String
    var itDidNot: String
    var close: String
    var closed: String
    var saidHelped: String
    var saidNot: String
    var textBad: Texts.One
    var subjectBad: Texts.One
    var tooManyQuestions: String
    var tooManyMessages: String
    var over: String
    // The desk's side
    var title: String
    var intro: String
    var figures: Texts.One
    var answered: Texts.Counted
    var answeredFew: String
    var median: Texts.One
    var ninety: Texts.One
    var waitingHour: Texts.One
    var waitingDay: Texts.One
    var waitingThree: Texts.One
    var waitingLonger: Texts.One
    var member: String
    var about: String
    var aboutOther: String
    var since: String
    var waits: String
    var takenBy: String
    var nobody: String
    var mineNow: String
    var helpedColumn: String
    var empty: String
    var days: Texts.Counted
    var conversation: String
    var note: String
    var answer: String
    var answerHint: String
    var sendAnswer: String
    var keepNote: String
    var take: String
    var leave: String
    var closeIt: String
    var standing: String
    var wholeTimeline: String
    var memberGone: String
    var waitsFor: Texts.One
    var answerSent: String
    var noteKept: String
}

/// Corrections that a second person looks at.
struct ApprovalTexts: Sendable {
    var title: String
    var intro: Texts.One
    var waiting: String
    var emptyTitle: String
    var emptyText: String
    var asked: Texts.Two
    var until: Texts.One
    var member: String
    var own: String
    var reason: String
    var agree: String
    var refuse: String
    var reasonBad: String
    var carriedOut: String
    var refusedNow: String
    var ownRequest: String
    var over: String
    var tooFew: Texts.One
    var impossible: String
    var decided: String
    var change: String
    var state: @Sendable (CorrectionRequest.State) -> String
    var outcome: String
    var askedBy: String
    var decidedBy: String
    var waits: String
    var onMember: String
}
