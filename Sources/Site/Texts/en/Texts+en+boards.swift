extension Texts {
    static let enBoards = BoardTexts(
        title: "Leaderboards",
        intro: "Only for who likes it. You stand on it under a name that nobody knows as yours, as long as you like.",
        under: { "You take part as \($0)." },
        standing: { rank, score in "Place \(rank), with \(score)" },
        topHeading: "The first places",
        aroundHeading: "Around you",
        friendsHeading: "Your friends",
        finishedHeading: "The last finished period",
        me: "you",
        tooFew: "Too few take part for places.",
        nothingYet: "Your place comes with your first step in this period.",
        join: "Take part",
        leave: "Leave",
        rename: "Draw another name",
        noneText: "This programme has no leaderboards.")
}
