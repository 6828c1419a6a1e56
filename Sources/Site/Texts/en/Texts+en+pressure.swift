/// How often the programme may urge the member.
extension Texts {
    static let enPressure = PressureTexts(
        title: "How often we may remind you",
        intro: """
            Of points that will expire, a tier that ends, a wish in reach, a small push now and then. Thanks, and what \
            you must know, always reach you.
            """,
        most: { "At most \($0) on a day and \($1) in seven days." },
        unbounded: "This programme sets itself no limit. You can.",
        quiet: { "Never between \($0) and \($1)." },
        week: { "In the last seven days: \($0)." },
        legend: "Your choice",
        normal: "As it is",
        normalText: "As written above.",
        less: "Less",
        lessText: "At most one in seven days.",
        off: "Never",
        offText: "Nothing reminds you. You still find everything on your pages.",
        save: "Save",
        free: "It costs you no points.",
        expiring: { "\($0) will expire from \($1) to \($2)" })
}
