/// The look of the pages: the console's page about it, and what the app says without a network.
struct LookTexts: Sendable {
    var title: String
    var intro: String
    var file: String
    var fileHint: String
    var wrong: String
    var line: Texts.One
    var check: String
    var take: String
    var takeText: String
    var preview: String
    var taken: String
    var outdated: String
    var contrast: String
    var contrastText: String
    var letters: String
    var ground: String
    var light: String
    var dark: String
    var ratio: Texts.One
    var offlineTitle: String
    var offlineText: String
    var offlineAgain: String
}
