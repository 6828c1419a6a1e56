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
        emptyText: "Het programma noemt geen gedrag dat moet veranderen.")
}
