/// The words of what members join and choose about challenges.
extension Texts {
    static let nlJoining = JoiningTexts(
        join: "Meedoen",
        leave: "Stoppen",
        joined: "Je doet mee.",
        locked: "Dit gaat open als gedaan is wat ervoor komt.",
        goalLabel: "Je eigen doel",
        goalSave: "Kies",
        payWith: "Betaal met",
        parcelNext: "Volgende",
        parcelPacked: "Ingepakt",
        parcelSent: "Verstuurd",
        level: { "Niveau \($0)" },
        nextLevel: { "Het volgende niveau ligt bij \($0)." },
        toldJoined: "Je deed mee.",
        toldLeft: "Je stopte. Wat je al had gedaan, blijft.",
        toldGoal: { "Je koos als doel \($0)." },
        toldLevel: { "Je bereikte niveau \($0)." },
        toldBadgeGone: { "Het insigne \($0) is teruggenomen. Waar het voor was, kun je opnieuw verdienen." })
}
