/// The console's menu: what belongs together stands together.
enum ConsoleMenu {
    private static let programme: Set = [
        "/console/look", "/console/expression", "/console/programme", "/console/start",
        "/console/rules", "/console/habits", "/console/rewards", "/console/choice", "/console/catalogue",
        "/console/games",
        "/console/raffles", "/console/boards", "/console/simulator",
        "/console/recommendations",
    ]
    private static let people: Set = [
        "/console/members", "/console/service", "/console/privacy",
        "/console/letters", "/console/proposals", "/console/referrals", "/console/reviews",
        "/console/measures",
    ]

    /// - Parameter links: names and paths, in the order in which they stand within their section.
    static func sections(_ links: [(String, String)], path: String, texts: Texts) -> [Shell.Section] {
        let words = texts.hub
        func section(_ title: String?, _ belongs: (String) -> Bool) -> Shell.Section {
            Shell.Section(
                title: title,
                links: links.filter { belongs($0.1) }.map {
                    Shell.Link(label: $0.0, href: $0.1, current: $0.1 == path)
                })
        }
        return [
            section(nil) { $0 == "/console/" },
            section(words.menuProgramme) { programme.contains($0) },
            section(words.menuPeople) { people.contains($0) },
            section(words.menuOperations) {
                $0 != "/console/" && !programme.contains($0) && !people.contains($0)
            },
        ].filter { !$0.links.isEmpty }
    }
}
