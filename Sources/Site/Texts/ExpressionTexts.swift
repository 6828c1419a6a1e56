/// The field for conditions, and its page.
struct ExpressionTexts: Sendable {
    var title: String
    var intro: String
    var open: String
    var kind: String
    var kindRule: String
    var kindAmount: String
    var kindChallenge: String
    var kindStreak: String
    var kindOccasion: String
    var kindMeasure: String
    var kindReward: String
    var kindGate: String
    var kindRaffle: String
    var kindJob: String
    var event: String
    var noEvent: String
    var eventHint: String
    var text: String
    var textHint: String
    var check: String
    /// A type, as the language of conditions names it.
    var type: Texts.One
    var good: String
    var faults: Texts.Counted
    var warnings: Texts.Counted
    /// A line and a column.
    var place: Texts.Two
    var meant: Texts.One
    var lacksEvent: String
    var suggestions: String
    var suggested: Texts.Counted
    var keys: String
    var ask: String
    var working: String
    var offline: String
    var matchesHeading: String
    /// How many would match, of how many.
    var found: Texts.Two
    var depends: Texts.One
    var atLeast: Texts.One
    var few: String
    var hidden: String
    var looked: Texts.One
    var kept: String
    var notKept: String
    var noEvents: String
    var unusable: String
    var matched: String
    var dependsShort: String
    var day: String
    var examples: String
    var whole: String
}
