/// What is known about a member, export, erasure and sessions.
extension Texts {
    static let enOwn = OwnTexts(
        title: "What is known about me",
        link: "What is kept, why and how long. Take it with you, or erase it.",
        intro: "Everything this programme keeps of you, in plain words.",
        levelHeading: "How much is remembered",
        levelIntro: """
            You can change this at any time. When you leave “personal”, what is kept only there is erased at once: what \
            you read, and the time of day.
            """,
        levelSave: "Save the level",
        levelDone: "Your level is saved.",
        levelTooYoung: """
            These levels are open from the age of 16, or when a parent agrees. Nothing has changed; your points are the \
            same on every level.
            """,
        gpcHeading: "Your browser asks for privacy",
        gpcText: """
            It sends Global Privacy Control. So no suggestion in this visit comes from a profile. Your saved level stays \
            as it is.
            """,
        gpcKept: "Your saved level is “off”, so this holds without the signal as well.",
        gpcConfirm: "Save the level “off”",
        vaultHeading: "Who you are",
        vaultIntro: """
            This lies sealed in a vault of its own, apart from your points, so that messages reach you and your points \
            find you. Shown here only in part. Kept until you erase everything.
            """,
        vaultEmpty: "Nothing is kept about who you are.",
        identifierUser: "Your account with the publisher",
        identifierAnonymous: "A browser before you signed in",
        identifierEmail: "Your e-mail address, for looking you up",
        identifierOther: { "Identifier “\($0)”" },
        fieldName: "Name",
        fieldEmail: "E-mail address",
        fieldPhone: "Phone number",
        fieldAddress: "Postal address",
        fieldBirthday: "Birthday, without the year",
        fieldAge: "Age group, without a date",
        fieldOther: { "Field “\($0)”" },
        traitsHeading: "What you or the publisher said about you",
        traitsIntro: "Rules and suggestions may use these. Kept until they are changed or you erase everything.",
        keptHeading: "What is kept under your pseudonym",
        points: "Bookings of points",
        pointsWhy: "So that your balance can be proved, to the point.",
        history: "Lines of your history",
        historyWhy: "So that every point comes with its reason.",
        counters: "Counters",
        countersWhy: "Challenges, streaks and limits count with them: how often, not what.",
        events: "Things you read or did",
        eventsWhy: "Only on the level “personal”, for suggestions that fit.",
        rewards: "Rewards you took",
        rewardsWhy: "So that you get what you chose, and can show it.",
        badges: "Your badges",
        badgesWhy: "So that you keep what you earned.",
        letters: "Letters",
        lettersWhy: "So that you can read them again.",
        questions: "Questions to the service desk",
        questionsWhy: "So that somebody can answer you, and you can read it later.",
        follows: "Makers you follow",
        followsWhy: "So that you hear of what they make.",
        experiments: "Trials you were part of",
        experimentsWhy: "So that a trial treats you the same way every time.",
        keepMember: "Kept until you erase everything.",
        keepEvents: "Gone when their time is over, and at once when you leave that level.",
        notHeading: "What is not kept",
        notReading: "What you read, and at what time of day: on your level only the day and the reason count.",
        notDevice: "Your device, your browser and where you are: nothing here needs to know.",
        notOthers: "What you do on other sites: this programme does not look there.",
        exportHeading: "Take it with you",
        export: "Download my data",
        eraseHeading: "Erase everything",
        eraseText: "You can leave at any time. The next page says what that means; nothing happens before you confirm.",
        eraseLink: "To erasing",
        eraseIntro: "Read this first. Erasing cannot be undone, by you or by us.",
        eraseGoes: "Your profile, history, badges, challenges, letters and identifiers go for good.",
        erasePoints: "Your points and rewards that you have not used yet are lost.",
        eraseStays: """
            Sums of the programme stay, without a person in them, and a random mark by which a restored back-up erases \
            you again.
            """,
        eraseAgain: "You are signed out everywhere. If you come back, you begin anew.",
        eraseSure: "I want everything about me to be erased.",
        eraseMissing: "Tick this box if you are sure.",
        erase: "Erase everything now",
        eraseCancel: "Keep everything",
        goneTitle: "Everything is erased",
        goneText: "Nothing here leads to you any more. Thank you for having been with us.",
        sessionsTitle: "Where I am signed in",
        sessionsLink: "Your sessions, and ending them.",
        sessionsIntro: """
            Each line is a browser in which you are signed in. Of the device itself nothing is kept. A session ends by \
            itself after 60 days without use, and after a year in any case.
            """,
        sessionThis: "This browser",
        sessionOther: "Another browser",
        sessionBegun: { "Signed in: \($0)" },
        sessionUsed: { "Last used: \($0)" },
        sessionEnd: "Sign out there",
        sessionsEnd: "Sign out everywhere else",
        sessionsAlone: "You are signed in nowhere else.",
        sessionEnded: "Done. Nobody is signed in there any more.",
        sessionGone: "That session had ended already.",
        back: "Back to Me")
}
