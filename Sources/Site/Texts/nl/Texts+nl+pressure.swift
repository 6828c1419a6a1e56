/// How often the programme may urge the member.
extension Texts {
    static let nlPressure = PressureTexts(
        title: "Hoe vaak we je iets mogen herinneren",
        intro: """
            Aan punten die vervallen, een status die afloopt, een wens binnen bereik, af en toe een duwtje. Dank, en wat \
            je moet weten, krijg je altijd.
            """,
        most: { "Hoogstens \($0) op een dag en \($1) in zeven dagen." },
        unbounded: "Dit programma stelt zichzelf geen grens. Jij kunt dat wel.",
        quiet: { "Nooit tussen \($0) en \($1)." },
        week: { "In de laatste zeven dagen: \($0)." },
        legend: "Jouw keuze",
        normal: "Zo is het goed",
        normalText: "Zoals hierboven staat.",
        less: "Minder",
        lessText: "Hoogstens één keer in zeven dagen.",
        off: "Nooit",
        offText: "Niets herinnert je. Op je pagina’s vind je alles nog.",
        save: "Bewaren",
        free: "Het kost je geen punten.",
        expiring: { "\($0) vervallen van \($1) tot en met \($2)" })
}
