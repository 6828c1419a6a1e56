/// What works on the member's own device. `{count}`, `{name}`, `{persona}` and `{year}` are filled in there: what they stand
/// for is not known here.
struct DeviceTexts: Sendable {
    var heading: String
    var intro: String
    var needsScript: String
    var kept: String
    var empty: String
    var erase: String
    var erased: String
    var personaLabel: String
    var personaSelf: String
    var chosen: String
    var set: String
    var declared: String
    var unknown: String
    var note: String
    var becauseTopic: String
    var becauseMaker: String
    var becausePersona: String
    var becauseSurprise: String
    var yearTitle: String
    var yearHub: String
    var yearIntro: String
    var yearEmpty: String
    var yearEmptyText: String
    var yearNone: String
    var yearLabel: String
    var yearItems: String
    var yearDays: String
    var yearRun: String
    var yearTopics: String
    var yearMakers: String
    var yearMonths: String
    var yearShare: String
    var yearShareText: String
    var yearPicture: String
    var yearPictureLabel: String
    var yearSave: String
    var yearShareButton: String
    var yearHow: String
}
