extension Texts {
    static let nlVitals = VitalTexts(
        heading: "Hoe het met je stamgasten gaat",
        churn: "Weggebleven",
        churnNote: "kwam in de vier weken ervoor, en in de laatste vier niet",
        value: "Waarde van een lid",
        active: "Kwam langs",
        activeNote: "van alle leden, in de laatste vier weken",
        days: "Dagen per lid",
        daysNote: "waarop wie kwam er was, in vier weken",
        between: { low, high in "\(low) tot \(high)" },
        needsDays: { have, need in "Nog niet genoeg gegevens: \(have) van \(need) dagen." },
        needsMembers: { "Nog niet genoeg gegevens: minder dan \($0) leden." },
        needsPayments: "Nog niet genoeg gegevens: wat leden betalen wordt nog niet geteld.",
        compareHeading: "Met en zonder",
        compared: { rule, with, without, difference in
            "\(rule): van wie het krijgt kwam \(with) terug, van wie erbuiten bleef \(without). Verschil \(difference)."
        },
        nothingToTell: "Er is nog geen verschil te zien.",
        noComparison: "Niemand blijft buiten een regel om mee te vergelijken, of nog te weinig, of te kort.",
        sample: { "Een steekproef van \($0), elke dag opnieuw getrokken. Elke marge klopt in 95 van de 100 gevallen." })
}
