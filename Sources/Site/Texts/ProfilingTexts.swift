/// How far profiling goes: the purposes, the dial, the pause and the one question.
struct ProfilingTexts: Sendable {
    var nowHeading: String
    /// The level.
    var nowAll: Texts.One
    /// A purpose and its level.
    var nowOne: Texts.Two
    var legend: String
    var purposes: String
    var purposesIntro: String
    var purposesSave: String
    var recommendations: String
    var recommendationsKept: String
    var rewards: String
    var rewardsKept: String
    var messages: String
    var messagesKept: String
    var surprise: String
    var surpriseIntro: String
    var surpriseNone: String
    var surpriseSave: String
    var pause: String
    var pauseIntro: String
    var pauseToday: String
    var pauseOpen: String
    var resume: String
    var pausedUntil: Texts.One
    var pausedOpen: String
    var done: String
    var askHeading: String
    var askText: String
    var askPersona: String
    var askPersonal: String
    var askStay: String
    var askLater: String
}
