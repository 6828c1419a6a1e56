/// Words of what members join and choose, of levels, badges that were taken back, and parcels.
struct JoiningTexts: Sendable {
    var join: String
    var leave: String
    var joined: String
    var locked: String
    var goalLabel: String
    var goalSave: String
    var payWith: String
    var parcelNext: String
    var parcelPacked: String
    var parcelSent: String
    var level: Texts.One
    var nextLevel: Texts.One
    var toldJoined: String
    var toldLeft: String
    var toldGoal: Texts.One
    var toldLevel: Texts.One
    var toldBadgeGone: Texts.One
}
