extension Texts {
    static let enRewardDesk = RewardDeskTexts(
        stockHeading: "Stock",
        stockIntro: "What is here beside what the programme says: found, damaged, given away at the counter.",
        amount: "How many",
        amountHint: "With a minus to take out",
        reason: "Why",
        stockSave: "Change the stock",
        stockDone: "The stock is changed.",
        stockTooFew: { "Only \($0) are left to take out." },
        stockRefused: "This reward is not counted.",
        amountBad: "Write a whole number other than zero.",
        reasonBad: "Say why, in at most 500 characters.",
        changesHeading: "Latest changes",
        when: "When",
        codesHeading: "Codes",
        codesIntro: "One per line. They are sealed and shown to the member who gets them, and not here again.",
        codesPaste: "Paste codes",
        codesFile: "Or choose a file",
        codesSave: "Put into the pool",
        codesDone: { "New: \($0). In the pool already: \($1). Twice in the list: \($2)." },
        codesEmpty: "There is no code in it.",
        codesTooMany: { "At most \($0) at once." },
        codesBad: { "Line \($0) is longer than 200 bytes or holds a control character. Nothing was put in." },
        codesRefused: "This reward has no pool of codes.",
        ticketHeading: "Check a ticket",
        ticketText: "What is under the QR code",
        ticketCheck: "Only look",
        ticketAdmit: "Let in",
        ticketState: { state in
            switch state {
            case .good: "Good. It was not used yet."
            case .admitted: "Good. It is noted as used now."
            case .used: "It was used before."
            case .void: "It is no longer valid."
            }
        },
        ticketUnknown: "This is not a ticket of this programme.",
        carrier: "Carrier",
        tracking: "Tracking number",
        address: "Address",
        addressShow: "Show the address",
        addressNone: "No address is known.",
        parcelBad: "That cannot come next, or the text holds a control character.",
        toldInReach: "You can have something from your list now.",
        toldBack: "Something from your list is there again.",
        toldOpened: "This is open to you now: you have been with us long enough.",
        toldSeatOffered: "A place came free and is set aside for you.",
        toldSeatLapsed: "The place that was set aside went to the next in line.")
}
