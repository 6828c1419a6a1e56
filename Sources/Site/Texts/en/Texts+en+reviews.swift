extension Texts {
    static let enReviews = ReviewTexts(
        title: "To look at",
        intro: """
            Something about these days looks as if no reader was behind it. Nothing is taken away: it waits until you \
            decide, and is released by itself if nobody does.
            """,
        total: { count, shown in count == 1 ? "\(shown) case waits" : "\(shown) cases wait" },
        all: "All of",
        reason: "Reason",
        release: "Release",
        refuse: "Refuse",
        member: "Member",
        until: { "released by itself on \($0)" },
        badges: "badges",
        nothing: "nothing is held",
        caseLabel: { check, day in "\(check) on \(day)" },
        decided: { count, shown in count == 1 ? "\(shown) case is decided." : "\(shown) cases are decided." },
        emptyTitle: "Nothing waits",
        emptyText: "No day of a member looks suspicious.",
        waits: { "\($0) is being looked at. You need do nothing; you will hear from us here." },
        waitsPlain: "This is being looked at. You need do nothing; you will hear from us here.",
        released: "We have looked, and all is well. Everything is yours.",
        refused: "We have looked, and could not count this. Write to us if you see it differently.")
}
