import Primitives

@testable import Site

extension Samples {
    static func deviceShelf(_ language: Language) -> DeviceShelf {
        var cards = items(language).prefix(4).map(\.self)
        for place in cards.indices {
            cards[place].topicIDs = cards[place].topics.map { $0.text.lowercased() }
            cards[place].makerIDs = cards[place].makers.map { $0.name.lowercased() }
        }
        let opera = DeviceShelf.Topic(id: "opera", title: Wording("Opera", "nl"), weight: 80)
        return DeviceShelf(personas: [
            DeviceShelf.Persona(
                id: "evenings", title: Wording("Avonden in de stad", "nl"), topics: [opera],
                candidates: Array(cards.prefix(3))),
            DeviceShelf.Persona(
                id: "water", title: Wording("Water & klimaat", "nl"), topics: [opera],
                candidates: Array(cards.suffix(2))),
        ])
    }

    static func visit(_ language: Language) -> Visit<SiteMember> {
        Visit(
            person: SiteMember(programme: programme, member: MemberID(ID128(high: 7, low: 9))), texts: .of(language),
            csrf: "c")
    }

    static func device(_ language: Language, _ level: PrivacyLevel = .persona) -> DeviceView {
        DeviceView(visit(language), profiling(level))
    }

    /// The pages with what they tell a device, and the year in review at a level with and without one.
    static func devicePages(_ language: Language, _ shell: Shell, _ texts: Texts) -> [any Page] {
        var today = MemberPage(memberToday(language), shell: shell, texts: texts)
        today.device = device(language)
        var privacy = PrivacyPage(ownData(language), profiling(), shell: shell, texts: texts, csrf: "c")
        privacy.device = device(language)
        var subjects = SubjectsPage(subjects(language), programme: "post", shell: shell, texts: texts, csrf: "c")
        subjects.device = device(language)
        return [
            today, privacy, subjects, YearPage(device(language), shell: shell),
            YearPage(device(language, .off), shell: shell),
        ]
    }
}

extension FakeSiteData {
    func deviceShelf(of programme: ProgrammeID, language: Language) async throws -> DeviceShelf {
        Samples.deviceShelf(language)
    }
}
