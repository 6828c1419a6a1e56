extension Texts {
    static let enSimulator = SimulatorTexts(
        title: "Simulator",
        intro: """
            What this programme does to invented people whose tastes and habits are known. It says what the rules come to; \
            not what your readers will do. Nothing of it touches a member.
            """,
        members: "People",
        days: "Days",
        seed: "Which people (a number)",
        start: "Simulate",
        busy: "A simulation is under way. One at a time.",
        failed: "The simulation could not be finished.",
        progress: { "Progress: \($0)" },
        about: { "\($0) people, \($1) days" },
        reached: "Got something",
        neverReached: "Got nothing",
        cancel: { "\($0) cancel their subscription; without the programme \($1) would." },
        holdOut: { "A hold-out would put the effect between \($0) and \($1) percentage points." },
        noHoldOut: "A hold-out of these people would show nothing.",
        effect: "What it causes",
        issued: "Issued",
        redeemed: "Redeemed",
        expired: "Expired",
        chart: { "Owed at the end of each week; the highest is \($0)." },
        week: "Week until",
        outstanding: "Owed",
        challenges: "Challenges completed",
        tiers: "Tiers at the end",
        rewards: "Rewards taken",
        what: "What",
        people: "People",
        silent: "Rules that never fire",
        derived: """
            This programme does not say how people behave, so it is supposed: everybody does a little of \
            everything that it declares. A file in simulation/ would say more.
            """,
        candidate: "Compare with (optional)",
        candidateHint: """
            A changed programme as one text, beginning with “--- # programme.yaml”. Both are tried on the same \
            people.
            """,
        running: "In force",
        other: "Candidate",
        difference: "Difference",
        differences: "What would be otherwise",
        noDifference: "Both come to the same.",
        refused: "The candidate was not understood:",
        earlier: "Earlier simulations",
        compared: "compared",
        figures: SimulatorTexts.Figures(
            reached: "People who got something",
            neverReached: "People who got nothing",
            issued: "Issued",
            redeemed: "Redeemed",
            expired: "Expired",
            outstanding: "Owed at the end",
            times: "Times it gave something",
            completed: "Completed by",
            members: "Members at the end",
            taken: "Times taken",
            cancel: "Cancel their subscription",
            visits: "Visits a day"))
}
