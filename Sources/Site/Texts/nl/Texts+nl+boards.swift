extension Texts {
    static let nlBoards = BoardTexts(
        title: "Ranglijsten",
        intro: "Alleen voor wie het leuk vindt: onder een naam die niemand als de jouwe kent, en zolang je wilt.",
        under: { "Je doet mee als \($0)." },
        standing: { rank, score in "Plaats \(rank), met \(score)" },
        topHeading: "De eerste plaatsen",
        aroundHeading: "Om je heen",
        friendsHeading: "Je vrienden",
        finishedHeading: "De laatste afgesloten periode",
        me: "jij",
        tooFew: "Er doen te weinig mensen mee voor plaatsen.",
        nothingYet: "Je plaats komt met je eerste stap in deze periode.",
        join: "Doe mee",
        leave: "Stop ermee",
        rename: "Trek een andere naam",
        noneText: "Dit programma heeft geen ranglijsten.")
}
