/// What a member says about subjects, and what personas are.
struct SubjectTexts: Sendable {
    var title: String
    var link: String
    var intro: String
    var kept: String
    var removed: String
    var off: String
    var levels: String
    var today: String
    var waiting: String
    var nobody: String
    var topics: String
    var none: String
    var more: String
    var less: String
    var keep: String
    var forget: String
    var empty: String
    var known: String
    var aboutLink: String
    var aboutTitle: String
    var aboutIntro: String
    var minimum: Texts.One
    var whoHeading: String
    var who: String
    var knownHeading: String
    var knownText: String
    var madeHeading: String
    var made: String
}
