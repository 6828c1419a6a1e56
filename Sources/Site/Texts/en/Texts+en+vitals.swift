extension Texts {
    static let enVitals = VitalTexts(
        heading: "How your regulars are doing",
        churn: "Stayed away",
        churnNote: "came in the four weeks before, and not in the last four",
        value: "Value of a member",
        active: "Came by",
        activeNote: "of all members, in the last four weeks",
        days: "Days each",
        daysNote: "on which those who came did so, in four weeks",
        between: { low, high in "\(low) to \(high)" },
        needsDays: { have, need in "Not enough data yet: \(have) of \(need) days." },
        needsMembers: { "Not enough data yet: fewer than \($0) members." },
        needsPayments: "Not enough data yet: what members pay is not counted so far.",
        compareHeading: "With and without",
        compared: { rule, with, without, difference in
            "\(rule): \(with) of those who get it came again, \(without) of those left out. Difference \(difference)."
        },
        nothingToTell: "No difference can be told yet.",
        noComparison: "Nobody is left out of a rule to compare with, or too few are, or too short a time.",
        sample: { "A sample of \($0), drawn anew each day. Every range holds in 95 of 100 cases." })
}
