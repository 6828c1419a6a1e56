/// The pages of raffles.
struct RaffleTexts: Sendable {
    var title: String
    var intro: String
    /// One sentence on the way to the page.
    var hub: String
    var days: Texts.Two
    var prizesHeading: String
    var mine: Texts.Two
    var free: String
    var buy: Texts.One
    var take: Texts.One
    var takeUntil: Texts.One
    var won: Texts.One
    var stage: @Sendable (RaffleDesk.Stage) -> String
    var refused: String
    var done: String
    var proofHeading: String
    var proofText: String
    var proofTrust: String
    var commitment: String
    var root: String
    var seed: String
    var beacon: String
    var announced: String
    var lines: String
    var entries: Texts.Counted
    var document: String
    var noneText: String
    // The member's history
    var toldTickets: Texts.Counted
    var toldWon: String
    var toldOffered: String
    // The console
    var consoleIntro: String
    var close: String
    var draw: String
    var drawConfirm: Texts.One
    var drawFinal: String
    var value: String
    var taken: Texts.Two
    var raffle: String
    var state: String
    var cancel: String
}
