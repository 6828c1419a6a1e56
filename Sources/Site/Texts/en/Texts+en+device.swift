extension Texts {
    static let enDevice = DeviceTexts(
        heading: "On this device",
        intro: """
            What you read is remembered in this browser alone: the item, its subjects, its makers and the day. It is \
            never sent. Another browser or app remembers its own.
            """,
        needsScript: "This part works with JavaScript, in your own browser. Without it nothing is remembered here.",
        kept: "Remembered here: {count} of at most 500.",
        empty: "Nothing is remembered here.",
        erase: "Erase what this device remembers",
        erased: "Erased from this device.",
        personaLabel: "Subjects to start from",
        personaSelf: "Choose on this device",
        chosen: "Chosen on this device: {persona}. Nobody else is told.",
        set: "Set by you on this device: {persona}. Nobody else is told.",
        declared: "As you said under My subjects: {persona}.",
        unknown: "Nothing is chosen yet: too little was read here.",
        note: "Put in this order on your own device. What you read stays here.",
        becauseTopic: "About {name}, like things you read here",
        becauseMaker: "By {name}, whom you read here before",
        becausePersona: "About {name}, from “{persona}”",
        becauseSurprise: "A surprise, outside your usual subjects",
        yearTitle: "Your year in review",
        yearHub: "What you read this year, counted on your own device",
        yearIntro: "Counted in this browser, from what it remembers itself.",
        yearEmpty: "Nothing to look back on yet",
        yearEmptyText: "As soon as you read something in this browser, it counts here.",
        yearNone: """
            At your level nothing is remembered, here or elsewhere. From the level “persona” on, this browser keeps \
            what it needs.
            """,
        yearLabel: "Year",
        yearItems: "Items: {count}",
        yearDays: "Days: {count}",
        yearRun: "Most days in a row: {count}",
        yearTopics: "Subjects",
        yearMakers: "Makers",
        yearMonths: "Month by month",
        yearShare: "A picture to keep or share",
        yearShareText: "It holds subjects and numbers: no name, no account, nothing that you opened.",
        yearPicture: "My {year} in subjects",
        yearPictureLabel: "The same subjects and months as in the tables above, drawn.",
        yearSave: "Save the picture",
        yearShareButton: "Share it",
        yearHow: """
            This overview is made on this device only, on every level, and counts the last 500 items of this \
            browser. An item that was opened again counts once, on its last day.
            """)
}
