internal import Runtime

/// *My data* of the member, and the privacy office of the house.
extension Texts {
    static let enOffice = OfficeTexts(
        dataTitle: "My data",
        dataLink: "See, correct, take along or erase what is kept, and read who looked.",
        dataOpen: "To my data",
        detailsSure: "Nobody is reading along: show the details here, once.",
        detailsShow: "Show and correct",
        detailsTitle: "Your details",
        detailsIntro: "This page shows them this one time. An empty field is taken away.",
        detailsSave: "Save the corrections",
        detailsDone: "Your details are corrected.",
        detailsBad: { "At most \($0) characters, and no invisible ones." },
        looksHeading: "Who looked",
        looksIntro: """
            Each time somebody or something of the house opened sealed data of yours: the day, why, and \
            what.
            """,
        looksNone: "Nobody has looked.",
        purpose: { purpose in
            switch purpose {
            case "delivery": "A message to you"
            case "service": "The service desk helped you"
            case "export": "Your own export"
            case "integration": "A system that the programme is joined to"
            case "privacy-office": "The privacy office handled your request"
            default: "Purpose “\(purpose)”"
            }
        },
        exportText: """
            Everything that is kept of you, also under your pseudonym: as a page to read, and in JSON for \
            other programs.
            """,
        exportReadable: "Download as a page",
        rightsHeading: "Ask the privacy office",
        rightsIntro: "Somebody makes sure that the request is yours, and answers within a month.",
        rightsKind: "What it is about",
        rightsText: "What you want to say",
        rightsHint: "May stay empty",
        rightsSend: "Send the request",
        rightsSent: "Your request is with the privacy office.",
        kind: { kind in
            switch kind {
            case "access": "Access to my data"
            case "erasure": "Erasure"
            case "rectification": "Correction"
            case "restriction": "Restriction of use"
            case "objection": "Objection to profiling"
            case "portability": "Data to take along"
            default: kind
            }
        },
        state: { state in
            switch state {
            case .open: "Open"
            case .working: "Being carried out"
            case .done: "Done"
            case .refused: "Refused"
            case .withdrawn: "Withdrawn"
            case .duplicate: "Answered with another request"
            }
        },
        due: { "To be answered by \($0)" },
        ended: { "Ended on \($0)" },
        withdraw: "Withdraw",
        withdrawn: "Your request is withdrawn.",
        tooMany: "You have as many requests open as the office takes. Wait for an answer, or withdraw one.",
        textBad: { "At most \($0) characters and no invisible ones." },
        title: "Privacy office",
        intro: """
            Requests of members about their data, by the day on which an answer is due. Whoever reads one \
            leaves a line in the member’s own log.
            """,
        requests: "Requests",
        empty: "No requests.",
        letter: "By letter",
        letterHeading: "A request by letter",
        letterMember: "Pseudonym of the member",
        letterMemberHint: "Empty for somebody who is no member",
        letterMemberBad: "There is no such member.",
        letterReceived: "Received on",
        letterReceivedBad: "A day of the past year, today at the latest.",
        letterOpen: "Open the request",
        levelsHeading: "Levels now",
        levelsNote: "How many members are on each level of profiling. Few are not shown.",
        few: "few or none",
        dueColumn: "Answer due",
        late: "late",
        stateColumn: "State",
        identityColumn: "Identity",
        unchecked: "Not checked yet",
        identity: { identity in
            switch identity {
            case .knownAddress: "An answer from the known address"
            case .account: "Signed in with the publisher’s account"
            case .inPerson: "In person"
            case .document: "A document was shown; no copy is kept"
            }
        },
        extended: { reason in
            switch reason {
            case .complex: "Two months more: complex"
            case .many: "Two months more: many requests"
            }
        },
        refusal: { reason in
            switch reason {
            case .unfounded: "Refused: unfounded or excessive"
            case .identity: "Refused: identity not shown"
            case .law: "Refused: the law asks otherwise"
            }
        },
        problem: { problem in
            switch problem {
            case .over: "This request is over."
            case .unchecked: "Nobody has made sure yet whose request this is. Check the identity first."
            case .tooLate: "It was extended before, or its month is over."
            case .noOriginal: "That is no request of the same member about the same thing."
            }
        },
        received: { "Received on \($0)" },
        member: { "Member \($0)" },
        noMember: "No member",
        writtenHeading: "What was written",
        nothingWritten: "Nothing was written with it.",
        sealed: "Only the privacy officer reads this.",
        answerHeading: "Answer to the member",
        check: "Identity checked",
        checkHint: "For this request alone: no other one counts.",
        complete: "Carry out and close",
        completeHint: """
            An objection sets the member’s level to “off”, a restriction pauses as well. For the other kinds \
            the answer is what is given; it may stay empty.
            """,
        eraseHint: "Erases the member for good. No answer can be kept.",
        extend: "Extend",
        refuse: "Refuse",
        reason: "Reason",
        duplicate: "Mark as a duplicate",
        duplicateOf: "The request that answers it",
        duplicateHint: "A duplicate is never carried out, and passes no check on.",
        stepDone: "Done, and noted in the audit log.",
        back: "Back to the requests",
        download: "Download as JSON",
        recordsTitle: "Records of processing",
        recordsIntro: """
            Made from the programme document that is in force: what is not there is not processed. The mark \
            names these facts; another purpose, retention, recipient or threshold gives another mark, and \
            asks for a new assessment.
            """,
        recordsVersion: { "Document version \($0)" },
        recordsDigest: { "Assessment \($0)" },
        recordsFewest: { "Figures cover at least \($0) members" },
        recordsPurpose: { "Purpose “\($0)”" },
        recordsKeptNot: "raw event not kept",
        recordsTraits: "Traits of members",
        recordsRecipients: "Recipients",
        recordsNone: "None",
        breachTitle: "Breach drill",
        breachIntro: "What a leak of each database would lay open now: counted, without naming anybody.",
        breachCounted: { "Counted at \($0)" },
        breachClock: { "Found now, to be reported by \($0)" },
        breachSteps: "What to do",
        breachList: [
            "Write down when it was found: 72 hours run from there.",
            "Close the leak: replace keys, end sessions, stop what leaks.",
            "Say which database, which tables and how many members; take this page along as JSON.",
            "Judge the risk for members. Report to the authority, unless there is none.",
            "Tell members without delay where the risk is high.",
            "Note what happened, its effects and what was done, whether reported or not.",
        ],
        breachTable: "Table",
        breachMembers: "Members",
        breachRows: "Rows",
        breachFacts: "Facts",
        domain: { $0 == .vault ? "Vault: sealed per member" : "Main database: under pseudonyms" })
}
