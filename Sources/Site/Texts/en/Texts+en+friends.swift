extension Texts {
    static let enFriends = FriendTexts(
        title: "Bring somebody along",
        intro: "Do you know somebody who would like to read here? Pass your link on. We tell nobody who brought whom.",
        hub: "Pass your link on to who would like to read here.",
        link: "Your link",
        code: "Or this code",
        qr: "Your link as a QR code",
        friends: { $0 == 1 ? "\($1) friend has stayed" : "\($1) friends have stayed" },
        waiting: { $0 == 1 ? "\($1) has just begun" : "\($1) have just begun" },
        standing: { "You are \($0)." },
        next: { "\($0) more and you are \($1)." },
        thanks: "Thank you for naming us to others.",
        draw: "Make a new link",
        drawText: "The old one works no longer then.",
        claimHeading: "Did somebody bring you?",
        claimText: "Enter the code that you were given.",
        claim: "It was them",
        done: "Done.",
        refused: "That cannot be done: see whether the code is right, and somebody else's.",
        noneText: "In this programme you bring nobody along.",
        toldClaimed: "Somebody brought you along.",
        toldEnded: "What you were brought along for did not come about.",
        toldAmbassador: "You have a new name as an ambassador.",
        consoleIntro:
            "Those who bring others along, and how many stayed. Who they are nobody here knows.",
        counts: { "\($0) waiting, \($1) have stayed" })
}
