/// What somebody enjoys in taking part.
struct StyleTexts: Sendable {
    var title: String
    var link: String
    var intro: String
    /// Of Hexad-12, in the order of `PlayStyle` and then once more.
    var questions: [String]
    /// From strongly disagree to strongly agree.
    var answers: [String]
    var choose: String
    var show: String
    var source: String
    var unanswered: String
    var found: String
    var activity: @Sendable (PlayStyle) -> String
    var use: String
    var keep: String
    var again: String
    var evenly: String
    var yours: String
    var forget: String
    var kept: String
    var removed: String
}
