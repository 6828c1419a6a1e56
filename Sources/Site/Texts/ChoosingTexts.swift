/// Which reward stands first, in the console.
struct ChoosingTexts: Sendable {
    var title: String
    var intro: Texts.Two
    var state: String
    var isOn: String
    var isOff: String
    var switchOn: String
    var switchOff: String
    var changed: String
    var kind: String
    var persona: String
    var everybody: String
    var shown: String
    var taken: String
    var share: String
    var now: String
    var few: String
    /// A share and the ends of its interval.
    var rate: @Sendable (String, String, String) -> String
    var empty: String
    var compared: String
    var comparedNote: String
    var chosen: String
    var even: String
    var always: Texts.One
}
