extension Texts {
    static let enSubjects = SubjectTexts(
        title: "My subjects",
        link: "What you come for, and what you would rather see less of",
        intro: "You say what counts. Nothing here is guessed.",
        kept: "Kept. It counts from the next page on.",
        removed: "Everything you said here is gone.",
        off: "Suggestions are the same for everybody now, so nothing of this counts.",
        levels: "Choose your level",
        today: "Today I am here for",
        waiting: "This counts from the level “persona” on.",
        nobody: "Nothing in particular",
        topics: "More or less of a subject",
        none: "As it comes",
        more: "More of it",
        less: "Rather not",
        keep: "Keep this",
        forget: "Remove all of it",
        empty: "There is nothing to choose yet.",
        known: "What you say here is kept as your own words, until you remove it:",
        aboutLink: "What these are, and how they are made",
        aboutTitle: "What people come for",
        aboutIntro: "Bundles of subjects, made by editors. They say what somebody comes for, not who somebody is.",
        minimum: { "Nothing is counted or shown below \($0) members." },
        whoHeading: "Who counts",
        who: "Whoever chose it, and as long as they leave it chosen. Nobody is put in one by what they read.",
        knownHeading: "What is known",
        knownText: "Of each member: which one they chose. No reading, no times, no list of who belongs to it.",
        madeHeading: "How it is made",
        made: """
            An editor names the subjects and their weights. The list is what is about them, by how much all members \
            together open it and how new it is: the same for everybody.
            """)
}
