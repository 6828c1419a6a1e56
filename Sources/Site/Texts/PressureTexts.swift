/// How often the programme may urge the member, and what it says then.
struct PressureTexts: Sendable {
    var title: String
    var intro: String
    /// At most on a day, and in seven days.
    var most: Texts.Two
    var unbounded: String
    var quiet: Texts.Two
    var week: Texts.One
    var legend: String
    var normal: String
    var normalText: String
    var less: String
    var lessText: String
    var off: String
    var offText: String
    var save: String
    var free: String
    /// What expires, the first day and the last.
    var expiring: @Sendable (_ amount: String, _ first: String, _ last: String) -> String
}
