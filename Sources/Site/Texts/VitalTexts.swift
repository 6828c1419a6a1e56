/// How the regulars are doing: the head of the console's overview.
struct VitalTexts: Sendable {
    var heading: String
    var churn: String
    var churnNote: String
    var value: String
    var active: String
    var activeNote: String
    var days: String
    var daysNote: String
    var between: Texts.Two
    /// Days that there are, and days that are needed.
    var needsDays: Texts.Two
    var needsMembers: Texts.One
    var needsPayments: String
    var compareHeading: String
    /// A rule, how many come again with it, without it, and the difference with its interval.
    var compared: @Sendable (String, String, String, String) -> String
    var nothingToTell: String
    var noComparison: String
    var sample: Texts.One
}
