/// The console's page of what has changed.
struct MeasureTexts: Sendable {
    var title: String
    var intro: String
    var who: String
    var members: String
    var before: String
    var now: String
    var changed: String
    var all: String
    var treated: String
    var heldOut: String
    var tooFew: String
    var few: Texts.One
    var interval: Texts.Two
    var change: Texts.One
    var emptyTitle: String
    var emptyText: String
    /// The member's own.
    var own: String
    var ownIntro: String
    var ownUntil: Texts.One
    var ownTooFew: String
    var ownNothing: String
}
