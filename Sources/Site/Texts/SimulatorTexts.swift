/// The console's page of the simulator.
struct SimulatorTexts: Sendable {
    var title: String
    var intro: String
    var members: String
    var days: String
    var seed: String
    var start: String
    var busy: String
    var failed: String
    var progress: Texts.One
    var about: Texts.Two
    var reached: String
    var neverReached: String
    var cancel: Texts.Two
    var holdOut: Texts.Two
    var noHoldOut: String
    var effect: String
    var issued: String
    var redeemed: String
    var expired: String
    var chart: Texts.One
    var week: String
    var outstanding: String
    var challenges: String
    var tiers: String
    var rewards: String
    var what: String
    var people: String
    var silent: String
    var derived: String
    var candidate: String
    var candidateHint: String
    var running: String
    var other: String
    var difference: String
    var differences: String
    var noDifference: String
    var refused: String
    var earlier: String
    var compared: String
    /// Of each figure that two programmes are compared by.
    var figures: Figures

    struct Figures: Sendable {
        var reached: String
        var neverReached: String
        var issued: String
        var redeemed: String
        var expired: String
        var outstanding: String
        var times: String
        var completed: String
        var members: String
        var taken: String
        var cancel: String
        var visits: String
    }
}
