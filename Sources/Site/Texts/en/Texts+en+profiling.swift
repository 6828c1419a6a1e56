/// How far profiling goes.
extension Texts {
    static let enProfiling = ProfilingTexts(
        nowHeading: "How it is now",
        nowAll: { "For everything: \($0)." },
        nowOne: { "\($0): \($1)" },
        legend: "For everything",
        purposes: "Choose it for each use",
        purposesIntro: """
            What is kept follows the highest level that you choose here. Each use looks no further than its own.
            """,
        purposesSave: "Save these three",
        recommendations: "What to read, watch and hear",
        recommendationsKept: """
            With a persona: which one, nothing else. Personal: what you read, to suggest what fits and leave out what \
            you know.
            """,
        rewards: "Rewards and offers",
        rewardsKept: "With a persona: which one, nothing else. Personal: which subjects you come back to.",
        messages: "Messages",
        messagesKept: "With a persona: which one, nothing else. Personal: at what hour you like to hear, and of what.",
        surprise: "Surprise me",
        surpriseIntro: "How much of what you are shown may lie outside what fits you.",
        surpriseNone: "Nothing",
        surpriseSave: "Save the surprise",
        pause: "A pause",
        pauseIntro: """
            While it lasts, what you do counts for your points and for nothing else, and everything is shown as to \
            everyone. Nothing that was kept goes.
            """,
        pauseToday: "Pause for today",
        pauseOpen: "Pause until I resume",
        resume: "Resume",
        pausedUntil: { "Paused until \($0)." },
        pausedOpen: "Paused until you resume.",
        done: "Saved. It holds from now on.",
        askHeading: "One question, once",
        askText: "May suggestions fit you? You earn the same whatever you answer.",
        askPersona: "Yes, with a persona",
        askPersonal: "Yes, with what I read",
        askStay: "No, leave it as it is",
        askLater: "You can change it under Me at any time.")
}
