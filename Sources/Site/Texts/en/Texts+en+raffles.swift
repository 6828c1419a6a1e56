extension Texts {
    static let enRaffles = RaffleTexts(
        title: "Raffles",
        intro: "Anyone can compute again how it was drawn. Nothing on the list says who you are.",
        hub: "Take part, and check how it was drawn.",
        days: { "From \($0) to \($1)" },
        prizesHeading: "To be won",
        mine: { "You have \($0) of at most \($1) tickets" },
        free: "Take a free ticket",
        buy: { "Buy a ticket for \($0)" },
        take: { "Take your prize: \($0)" },
        takeUntil: { "It waits until \($0), then it goes to somebody else." },
        won: { "Won: \($0)" },
        stage: { stage in
            switch stage {
            case .announced: "Announced"
            case .open: "Open"
            case .ended: "Over; the list closes soon"
            case .closed: "The list is closed; it is not drawn yet"
            case .drawn: "Drawn"
            }
        },
        refused: "That cannot be done: look at your balance, your tickets and the days.",
        done: "Done.",
        proofHeading: "How it is drawn, and how you check it",
        proofText:
            "Before it begins we choose a secret number and show its fingerprint. After the last day the list closes, and its fingerprint is fixed too. At the draw we show the secret. Who won follows from it, and nobody can change that any more.",
        proofTrust:
            "One thing takes trust: we know the secret before the list closes. Where a public value is mixed in that we do not choose, that is not needed either.",
        commitment: "Fingerprint of the secret",
        root: "Fingerprint of the list",
        seed: "The secret",
        beacon: "The public value",
        announced: "Will be mixed in",
        lines: "Your line of the list",
        entries: { $0 == 1 ? "\($1) participant" : "\($1) participants" },
        document: "All that it takes to compute it again (JSON)",
        noneText: "There is no raffle now.",
        toldTickets: { $0 == 1 ? "\($1) ticket" : "\($1) tickets" },
        toldWon: "You have won.",
        toldOffered: "A prize waits for you.",
        consoleIntro: "A list closes by itself once late events are in. You draw here, once.",
        close: "Close the list",
        draw: "Draw",
        drawConfirm: { "“\($0)” is drawn once. The secret becomes public and the prizes go out." },
        drawFinal: "Draw now",
        value: "The public value, exactly as it was published",
        taken: { "\($0) given, \($1) waiting" },
        raffle: "Raffle",
        state: "State",
        cancel: "Not yet")
}
