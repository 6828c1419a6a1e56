extension Texts {
    static let enStyles = StyleTexts(
        title: "What I enjoy",
        link: "Twelve questions, if you like, that put challenges in your order",
        intro: "Twelve questions, only if you like. Your answers are kept nowhere.",
        questions: [
            "It makes me happy if I am able to help others.",
            "I like being part of a team.",
            "I like mastering difficult tasks.",
            "If the reward is sufficient, I will put in the effort.",
            "It is important to me to follow my own path.",
            "I see myself as a rebel.",
            "The well-being of others is important to me.",
            "I enjoy group activities.",
            "I enjoy emerging victorious out of difficult circumstances.",
            "Rewards are a great way to motivate me.",
            "Being independent is important to me.",
            "I dislike following rules.",
        ],
        answers: [
            "Strongly disagree", "Disagree", "Somewhat disagree", "Neutral", "Somewhat agree", "Agree",
            "Strongly agree",
        ],
        choose: "Choose",
        show: "Show what fits",
        source: "The questions are those of Hexad-12 (Krath and others, 2023).",
        unanswered: "Nothing was kept. One of the questions has no answer yet.",
        found: "What fits your answers",
        activity: { style in
            switch style {
            case .philanthropist: "Doing something for others: giving, explaining, making somebody welcome."
            case .socialiser: "Doing things together: a team, a challenge with others, an evening out."
            case .achiever: "Finishing something: steps, stages, a challenge with an end."
            case .player: "Having something to earn: challenges that give points."
            case .freeSpirit: "Finding your own way: sets to discover and goals you choose yourself."
            case .disruptor: "Doing it differently: what you join of your own accord, and proposals for other rules."
            }
        },
        use: "Keep it, and challenges of this kind come first on Play. It is used for nothing else.",
        keep: "Keep this",
        again: "Ask me again",
        evenly: "Your answers lie close together: no kind of challenge comes first.",
        yours: "Kept",
        forget: "Remove it",
        kept: "Kept. Play has the new order.",
        removed: "It is gone. Play has the usual order.")
}
