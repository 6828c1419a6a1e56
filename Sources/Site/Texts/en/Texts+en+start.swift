internal import Loyalty

extension Texts {
    static let enStart = StartTexts(
        title: "Set up",
        emptyTitle: "Nothing here yet",
        emptyText:
            "This Stamgast has no programme. Whoever runs the server finds a link that sets it up where the server was started; every start without a programme prints a new one.",
        hubTitle: "Set up a programme",
        hubText: "Five steps, from a name to the first members. Leave when you like: what is done stays done.",
        hubNew: "Begin a programme",
        hubGoOn: "Go on",
        stateClosed: "not open yet",
        statePilot: { "open to \($0) of the members" },
        stateOpen: "open to everybody",
        progress: { "Step \($0) of \($1)" },
        steps: ["Name and languages", "Starter programme", "First event", "Look", "Launch"],
        goOn: "Go on",
        back: "Back",
        later: "Later",
        nameIntro: "How members know you, and where their days begin and end.",
        name: "Name of the programme",
        nameHint: "Members read it above every page.",
        nameBad: "1 to 80 characters on one line",
        id: "Short name",
        idHint:
            "For files and addresses; it never changes. Small letters, digits and hyphens. Left empty, it follows from the name.",
        idBad: "small letters, digits and hyphens, a letter first, at most 40",
        idTaken: "another programme here is called so already",
        languages: "Languages",
        languagesHint: "Every text is there in each of them. The first is used where a member chose none.",
        languagesBad: "choose one at least",
        zone: "Time zone",
        zoneHint: "For members who chose none. Days, weeks and streaks follow it.",
        zoneBad: "this is not a time zone",
        currency: "Currency of your books",
        currencyHint: "A point is worth about a cent in the report of what is owed. You can change that later.",
        site: "Address of your site",
        siteHint: "For the example of an event in step 3. It may be left empty.",
        siteBad: "an address such as https://www.example.org",
        starterIntro:
            "A complete programme to begin with: change all of it later. Nobody takes part before you launch it.",
        kindName: { kind in
            switch kind {
            case .newspaper: "Newspaper"
            case .streaming: "Streaming"
            case .podcast: "Podcast"
            case .museum: "Museum"
            case .employees: "Employees"
            case .mobility: "Mobility"
            }
        },
        kindText: { kind in
            switch kind {
            case .newspaper: "Reading to the end, coming back, joining the conversation."
            case .streaming: "Watching to the end, watching live, a story a week."
            case .podcast: "Hearing an episode out, asking the makers, coming along."
            case .museum: "Coming by, looking longer, learning something."
            case .employees: "Real breaks, learning, helping each other, by choice."
            case .mobility: "Lighter trips, at one's own pace, without places."
            }
        },
        brings: { counts in
            func say(_ count: Int, _ one: String, _ other: String) -> String { "\(count) \(count == 1 ? one : other)" }
            return [
                say(counts.events, "kind of event", "kinds of events"), say(counts.rules, "rule", "rules"),
                say(counts.challenges, "challenge", "challenges"), say(counts.streaks, "streak", "streaks"),
                say(counts.badges, "badge", "badges"), say(counts.tiers, "tier", "tiers"),
                say(counts.rewards, "reward", "rewards"),
            ].joined(separator: ", ")
        },
        week: { "For example \($0): that gives \($1)." },
        choose: { "Begin with \($0)" },
        refused: { "The programme cannot be made like this: \($0)" },
        eventIntro: "Tell Stamgast what somebody did on your site. This page says at once whether it was understood.",
        keyHeading: "A key",
        keyText:
            "A key for your server may name your members. A key for pages stands in their source and speaks for visitors only.",
        keyMake: "Make a key",
        keyServer: "for a server",
        keyPage: "for pages",
        keyOwner: "Only an owner makes keys. Ask one for a key that may send events.",
        keyOnce: "Copy it now: it is shown this once.",
        keyMadeBefore: "This key was made before, and its text was shown then. Make another if it is lost.",
        keyLabel: "First events",
        snippetHeading: "An event",
        snippetServer: "From your server, or from any command line",
        snippetPage: "From a page, for a visitor who is not signed in",
        sampleGives: { "To a new member who takes part this event gives \($0)." },
        sampleNothing: "This event alone gives nothing; it counts for what comes later.",
        heardHeading: "What came",
        heardNone: "Nothing yet. Send the event above: it appears here by itself, or when you check again.",
        heardAgain: "Check again",
        heardLooks: { "Looked at by: \($0)." },
        heardNobody: "Understood, and no rule looks at it.",
        heardClosed: "Nobody takes part yet, so events are understood and give nothing.",
        refusalsHeading: "What was turned away",
        refusalsText:
            "Requests of the last hour that this server could not take. It cannot tell whose they were.",
        fault: { fault in
            switch fault {
            case .key: "The key is missing, mistyped or revoked. It goes into the header “Authorization: Bearer …”."
            case .scope:
                "The key may not do this: it needs the scope events:write, and a key for pages names no members."
            case .form: "It is not an event as it should be. The answer to the request says which field is wrong."
            case .size: "It was too large, or too much came at once."
            }
        },
        lookIntro: "A colour and a logo, so that members see whose programme it is. Both can wait.",
        accent: "Your colour",
        accentHint: "Of buttons, links and progress: six digits such as #1f5f8b. Left empty, it is Stamgast's own.",
        logo: "Your logo as SVG",
        logoHint: "The text of the file, at most 8 KB. Left empty, it is Stamgast's mark.",
        lookTry: "Look first",
        lookTake: "Take over",
        lookSee: "See every part like this",
        lookDone: "This is the look from now on.",
        lookHas: "The programme has a look of its own.",
        lookWhole: "Letters, more colours and texts: on the page Look of the console.",
        outdated: "Nothing has changed: another version of the programme came in between. Try once more.",
        launchIntro: "Begin small: open the programme to some of the members, see how it goes, then to more.",
        launchHow:
            "Chance decides who takes part, and it stays decided: a larger share adds members and takes nobody away. Of members who do not take part yet, events are understood and give nothing, also not later.",
        percent: "Share of members",
        percentHint: "In per cent, from 1 to 100. With 100 it is open to everybody.",
        percentBad: "a whole number from 1 to 100",
        launch: "Launch",
        launchChange: "Change the share",
        launched: { "Open to \($0) of the members. Events count from now on." },
        launchedAll: "Open to everybody. Events count from now on.",
        toConsole: "To the console")
}
