/// What staff do with rewards, and what members are told of them.
struct RewardDeskTexts: Sendable {
    var stockHeading: String
    var stockIntro: String
    var amount: String
    var amountHint: String
    var reason: String
    var stockSave: String
    var stockDone: String
    var stockTooFew: Texts.One
    var stockRefused: String
    var amountBad: String
    var reasonBad: String
    var changesHeading: String
    var when: String
    var codesHeading: String
    var codesIntro: String
    var codesPaste: String
    var codesFile: String
    var codesSave: String
    /// How many are new, were there already, and stood in the list more than once.
    var codesDone: @Sendable (_ added: String, _ known: String, _ repeated: String) -> String
    var codesEmpty: String
    var codesTooMany: Texts.One
    /// The number of the line.
    var codesBad: Texts.One
    var codesRefused: String
    var ticketHeading: String
    var ticketText: String
    var ticketCheck: String
    var ticketAdmit: String
    var ticketState: @Sendable (TicketFinding.State) -> String
    var ticketUnknown: String
    var carrier: String
    var tracking: String
    var address: String
    var addressShow: String
    var addressNone: String
    var parcelBad: String
    // The member's history
    var toldInReach: String
    var toldBack: String
    var toldOpened: String
    var toldSeatOffered: String
    var toldSeatLapsed: String
}
