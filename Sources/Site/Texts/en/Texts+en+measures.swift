extension Texts {
    static let enMeasures = MeasureTexts(
        title: "What changed",
        intro: "Against everyone's own beginning. Figures of several people together; nobody can be looked up here.",
        who: "Who",
        members: "People",
        before: "At first",
        now: "Since then",
        changed: "Change",
        all: "Everybody",
        treated: "With the nudge",
        heldOut: "Without it, to compare",
        tooFew: "too few",
        few: { "Nothing is shown that rests on fewer than \($0) people." },
        interval: { low, high in "(\(low) to \(high))" },
        change: { "The nudge itself made a difference of \($0)." },
        emptyTitle: "Nothing is measured",
        emptyText: "The programme names no behaviour that is to change.",
        own: "Against your own beginning",
        ownIntro: "Only you see this. You are compared with nobody else.",
        ownUntil: { "Your beginning lasts until \($0). After that you will see what has changed." },
        ownTooFew: "Too little has happened since your beginning to say anything.",
        ownNothing: "Nothing of yours has been seen yet. Your beginning starts with the first time.")
}
