extension Texts {
    static let nlMeasures = MeasureTexts(
        title: "Wat er veranderde",
        intro: "Tegenover ieders eigen begin. Cijfers van meer mensen samen; niemand is hier op te zoeken.",
        who: "Wie",
        members: "Mensen",
        before: "In het begin",
        now: "Sindsdien",
        changed: "Verandering",
        all: "Iedereen",
        treated: "Met het duwtje",
        heldOut: "Zonder, ter vergelijking",
        tooFew: "te weinig",
        few: { "Er wordt niets getoond dat op minder dan \($0) mensen berust." },
        interval: { low, high in "(\(low) tot \(high))" },
        change: { "Het duwtje zelf maakte een verschil van \($0)." },
        emptyTitle: "Er wordt niets gemeten",
        emptyText: "Het programma noemt geen gedrag dat moet veranderen.",
        own: "Tegenover je eigen begin",
        ownIntro: "Alleen jij ziet dit. Je wordt met niemand anders vergeleken.",
        ownUntil: { "Je begin loopt nog tot \($0). Daarna zie je wat er veranderde." },
        ownTooFew: "Sinds je begin is er nog te weinig gebeurd om iets te zeggen.",
        ownNothing: "Er is nog niets van je gezien. Je begin start met de eerste keer.")
}
