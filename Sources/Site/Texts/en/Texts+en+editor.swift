internal import Loyalty

extension Texts {
    static let enEditor = EditorTexts(
        title: "Programme",
        intro:
            "Everything members can earn, as it is written. What you change gathers in a draft; nothing counts until "
            + "you put it in force.",
        inForce: { "Version \($0) is in force since \($1), by \($2)." },
        versions: "Versions",
        versionsIntro: "Every version that was ever in force. Open one to see what it changed, or to go back to it.",
        version: "Version",
        versionNumber: { "Version \($0)" },
        since: "In force from",
        byWhom: "By",
        sinceBy: { "In force from \($0), by \($1)" },
        older: "Earlier versions",
        versionChanged: "What it changed",
        versionFirst: "There is nothing before it to compare with.",
        backTo: { "Back to version \($0)" },
        backText: "This is what would change now. Going back makes a new version that says the same as this one.",
        back: "Go back to it",
        document: "The whole document",
        documentIntro: "All files as one text, the same that the command line reads. It is kept in the draft.",
        documentHint: "Each file starts with a line such as --- # rules/curious-reader.yaml.",
        draft: "Draft",
        draftBy: { "Last changed by \($0), \($1)" },
        draftOpen: "See the draft",
        draftGone: "There is no draft any more.",
        discard: "Throw the draft away",
        discardText: "Every change in it is lost. What is in force stays as it is.",
        discarded: "The draft is gone.",
        saved: "It stands in the draft.",
        save: "Keep in the draft",
        notSaved: "Nothing was kept yet: something is wrong.",
        notApplied: "Nothing has changed: something is wrong.",
        needsText: "This is written in a way that the form cannot change. Change it in the YAML.",
        badName: "small letters, digits and hyphens, starting with a letter; a name that is not taken",
        badTime: "a point in time to come",
        outdated: "Nothing has changed: somebody was there before you. Look at it again.",
        outdatedDraft: { "The draft began at version \($0), but version \($1) is in force." },
        rebase: "Bring the draft up to date",
        rebased: "The draft is up to date.",
        rebaseOwn: "Keep the draft's",
        rebaseOther: "Take the other",
        conflicts: "Both changed these files:",
        plan: "Plan it",
        planDone: "The draft comes into force by itself.",
        planBack: "The plan is taken back.",
        unplan: "Take the plan back",
        plannedFor: { "It comes into force: \($0)." },
        plannedClosed: "The draft is planned. Take the plan back to change anything.",
        when: "When",
        whenComes: "In the time zone of the programme.",
        apply: "Put in force",
        applyNow: "Put in force now",
        applied: "The new version is in force.",
        questions: "Members are in the middle of these. What becomes of them?",
        because: "Why it changes",
        becauseText: "Members read this beside what has changed. Leave it empty to say nothing.",
        difference: "What changes",
        noDifference: "Nothing changes.",
        noticed: "Members notice this as well:",
        what: "What",
        before: "Before",
        after: "After",
        nothing: "nothing",
        new: "new",
        gone: "gone",
        problems: "Something is wrong",
        wrong: "it cannot be kept like this",
        place: { "Line \($0), column \($1):" },
        try: "Try an event",
        tryText: "What the draft would give somebody new. Nothing is stored.",
        data: "Data",
        dataHint: "As JSON, such as { \"share\": 0.9, \"seconds\": 120 }.",
        nothingLooks: "Nothing looks at events like this.",
        backtest: "Hold it against history",
        backtestText: "What the draft would have given. Nothing of it touches a member.",
        form: "Form",
        formText: "What the form does not show stays as it is written.",
        yaml: "YAML",
        yamlHint: "Comments and order stay as you write them.",
        noForm: "There is no form for this; it is changed as it is written.",
        views: "Views of the entry",
        add: "Add",
        newEntry: { "New: \($0)" },
        idHint: "Small letters, digits and hyphens. It cannot be changed later.",
        whenHint: "A condition in CEL, such as event.share >= 0.7. Empty is always.",
        amountHint: "A number, or a calculation such as event.months * 10.",
        copy: "Duplicate",
        copyName: "Name of the copy",
        remove: "Take out",
        removeText: "It goes from the draft. Members keep what it gave them.",
        removed: "It is taken out of the draft.",
        turnOn: "Switch on",
        turnOnText: "It works again once the draft is in force.",
        turnOff: "Switch off",
        turnOffText: "It stays in the document and does nothing once the draft is in force.",
        changedHere: "changed in the draft",
        sectionEmpty: "Nothing here yet.",
        section: { name in
            switch name {
            case "programme": "General"
            case "events": "Events"
            case "rules": "Rules"
            case "challenges": "Challenges"
            case "tiers": "Tiers"
            case "rewards": "Rewards"
            case "streaks": "Streaks"
            case "badges": "Badges"
            case "texts": "Texts"
            case "leaderboards": "Leaderboards"
            case "raffles": "Raffles"
            case "referrals": "Referral"
            case "quizzes": "Quizzes"
            case "contests": "Predictions"
            case "recognition": "Recognition"
            case "personas": "Personas"
            case "access": "Access"
            case "examples": "Worked examples"
            case "simulation": "Simulation"
            default: name
            }
        },
        kindName: { kind in
            switch kind {
            case "rule": "rule"
            case "challenge": "challenge"
            case "reward": "reward"
            case "tier": "tier"
            case "text": "text"
            default: kind
            }
        },
        field: { name in
            switch name {
            case "id": "Name for machines"
            case "why": "Reason that members read"
            case "name": "Name"
            case "text": "Text"
            case "trigger": "Event"
            case "count": "Counts events of"
            case "when": "Condition"
            case "amount": "Amount"
            case "unit": "Unit"
            case "limit": "Limit per member"
            case "limit-number": "At most"
            case "limit-period": "Per"
            case "from": "From"
            case "until": "Until"
            case "target": "Target"
            case "every": "Begins anew every"
            case "join": "How members join"
            case "kind": "Kind"
            case "price": "Price"
            case "price-unit": "Paid in"
            case "stock": "How many there are"
            case "per-member": "At most per member"
            case "withdrawn": "Taken out of the shop"
            case "at": "Reached at"
            default: name
            }
        },
        limit: { $0 == "none" ? "No limit" : $0 == "times" ? "A number of times" : "An amount" },
        period: { name in
            switch name {
            case "day": "day"
            case "week": "week"
            case "month": "month"
            case "year": "year"
            default: "ever"
            }
        },
        join: { $0 == "member" ? "By choosing it" : "By themselves" },
        rewardKind: { name in
            switch name {
            case "preview": "Early access"
            case "questions": "Question to a maker"
            case "digital": "Digital"
            case "ticket": "Ticket"
            case "experience": "Experience"
            case "workshop": "Workshop"
            case "advice": "Advice"
            case "stream": "Live stream"
            case "minutes": "Minutes"
            case "analysis": "Analysis"
            case "physical": "Sent by post"
            case "donation": "Donation"
            case "conversion": "Another unit"
            case "credit": "Credit"
            default: name
            }
        },
        state: { state in
            switch state {
            case .on: "on"
            case .later: "later"
            case .off: "off"
            }
        },
        choice: { choice in
            switch choice {
            case .keep: "They keep what they have"
            case .convert: "It is worked out again under the new terms"
            case .restart: "They begin anew"
            }
        },
        outcome: { outcome in
            switch outcome {
            case .gives: "gives"
            case .reduced: "gives less"
            case .refused: "is at its limit"
            case .nothing: "comes to nothing"
            case .notMet: "condition not met"
            case .notYet: "not yet"
            case .noLonger: "no longer"
            case .excluded: "another rule comes first"
            case .heldOut: "held out to measure"
            }
        },
        refusal: { refusal in
            switch refusal {
            case .outdated: "It was not put in force as planned: another version came in between."
            case .problems: "It was not put in force as planned: the draft has errors."
            case .undecided: "It was not put in force: it does not say what becomes of members who are in the middle."
            case .role: "It was not put in force as planned: whoever planned it may not change the programme any more."
            }
        })
}
