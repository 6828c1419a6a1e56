internal import Loyalty

/// Setting up a programme, from an empty home to a pilot.
struct StartTexts: Sendable {
    var title: String
    var emptyTitle: String
    var emptyText: String
    var hubTitle: String
    var hubText: String
    var hubNew: String
    var hubGoOn: String
    var stateClosed: String
    var statePilot: Texts.One
    var stateOpen: String
    var progress: Texts.Two
    var steps: [String]
    var goOn: String
    var back: String
    var later: String

    var nameIntro: String
    var name: String
    var nameHint: String
    var nameBad: String
    var id: String
    var idHint: String
    var idBad: String
    var idTaken: String
    var languages: String
    var languagesHint: String
    var languagesBad: String
    var zone: String
    var zoneHint: String
    var zoneBad: String
    var currency: String
    var currencyHint: String
    var site: String
    var siteHint: String
    var siteBad: String

    var starterIntro: String
    var kindName: @Sendable (Starter.Kind) -> String
    var kindText: @Sendable (Starter.Kind) -> String
    var brings: @Sendable (StarterCounts) -> String
    var week: Texts.Two
    var choose: Texts.One
    var refused: Texts.One

    var eventIntro: String
    var keyHeading: String
    var keyText: String
    var keyMake: String
    var keyServer: String
    var keyPage: String
    var keyOwner: String
    var keyOnce: String
    var keyMadeBefore: String
    var keyLabel: String
    var snippetHeading: String
    var snippetServer: String
    var snippetPage: String
    var sampleGives: Texts.One
    var sampleNothing: String
    var heardHeading: String
    var heardNone: String
    var heardAgain: String
    var heardLooks: Texts.One
    var heardNobody: String
    var heardClosed: String
    var refusalsHeading: String
    var refusalsText: String
    var fault: @Sendable (StartDesk.Refusal.Fault) -> String

    var lookIntro: String
    var accent: String
    var accentHint: String
    var logo: String
    var logoHint: String
    var lookTry: String
    var lookTake: String
    var lookSee: String
    var lookDone: String
    var lookHas: String
    var lookWhole: String
    var outdated: String

    var launchIntro: String
    var launchHow: String
    var percent: String
    var percentHint: String
    var percentBad: String
    var launch: String
    var launchChange: String
    var launched: Texts.One
    var launchedAll: String
    var toConsole: String
}
