/// The words of what members join and choose about challenges.
extension Texts {
    static let enJoining = JoiningTexts(
        join: "Join in",
        leave: "Step out",
        joined: "You take part.",
        locked: "It opens when what comes before it is done.",
        goalLabel: "Your own target",
        goalSave: "Choose",
        payWith: "Pay with",
        parcelNext: "Next",
        parcelPacked: "Packed",
        parcelSent: "Sent",
        level: { "Level \($0)" },
        nextLevel: { "The next level is at \($0)." },
        toldJoined: "You joined in.",
        toldLeft: "You stepped out. What you had done stays.",
        toldGoal: { "You chose a target of \($0)." },
        toldLevel: { "You reached level \($0)." },
        toldBadgeGone: { "The badge \($0) was taken back. What it was for can be earned again." })
}
