extension Texts {
    static let nlReviews = ReviewTexts(
        title: "Even kijken",
        intro: """
            Iets aan deze dagen ziet eruit alsof er geen lezer achter zat. Er wordt niets afgenomen: het wacht tot je \
            beslist, en komt vanzelf vrij als niemand dat doet.
            """,
        total: { count, shown in count == 1 ? "\(shown) geval wacht" : "\(shown) gevallen wachten" },
        all: "Alles van",
        reason: "Reden",
        release: "Vrijgeven",
        refuse: "Weigeren",
        member: "Lid",
        until: { "komt vanzelf vrij op \($0)" },
        badges: "insignes",
        nothing: "er wordt niets vastgehouden",
        caseLabel: { check, day in "\(check) op \(day)" },
        decided: { count, shown in count == 1 ? "\(shown) geval is beslist." : "\(shown) gevallen zijn beslist." },
        emptyTitle: "Er wacht niets",
        emptyText: "Geen dag van een lid ziet er verdacht uit.",
        waits: { "Naar \($0) wordt nog gekeken. Je hoeft niets te doen; je hoort het hier." },
        waitsPlain: "Hier wordt nog naar gekeken. Je hoeft niets te doen; je hoort het hier.",
        released: "We hebben gekeken en alles is in orde. Het is van jou.",
        refused: "We hebben gekeken en konden dit niet meetellen. Schrijf ons als jij het anders ziet.")
}
