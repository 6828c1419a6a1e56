extension Texts {
    static let enDoor = DoorTexts(
        text: "Fill in your e-mail address and we send you a link. There is no password to remember.",
        address: "E-mail address",
        addressBad: "This is no e-mail address. It looks like anna@example.org.",
        send: "Send me a link",
        sentTitle: "Look in your mail",
        sentText: "A mail is on its way to the address you filled in. Its link works once, for 30 minutes.",
        sentHint: """
            Nothing there after five minutes? Look among the unwanted mail. We send at most four mails an hour to one \
            address.
            """,
        again: "Use another address",
        closedText: "You sign in through the publisher's own site: your way to this page is there.",
        toSite: "To the publisher's site",
        chooseTitle: "Where do you want to sign in?",
        chooseText: "Several programmes live here. Choose yours.",
        box: "Open the demo's letter box",
        boxTitle: "The demo's letter box",
        boxText: "This demo sends no mail. The last twenty that it would have sent lie here, for anybody to read.",
        boxEmpty: "The box is empty. A mail that was asked for just now is here in a second.",
        boxAgain: "Look again",
        mailSubject: { "Your link for \($0)" },
        mailText: { "With this link you sign in to \($0)." },
        mailJoinText: {
            """
            With this link you become a member of \($0). Nobody is known by this address there yet; it is kept once you \
            have used the link.
            """
        },
        mailOnce: "The link works once, for 30 minutes. Whoever has it can sign in, so pass it on to nobody.",
        mailUnknownSubject: { "Signing in to \($0)" },
        mailUnknownText: {
            "You wanted to sign in to \($0), but nobody is known by this address there. Perhaps you gave another one."
        },
        mailNotYou: "Did you not ask for this? Then there is nothing you need to do.")
}
