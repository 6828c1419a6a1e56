import Primitives
import Synchronization

@testable import Site

extension Samples {
    static func subjects(_ language: Language) -> SubjectDesk {
        let opera = Wording("Opera", "nl")
        return SubjectDesk(
            personas: [
                PersonaFace(
                    id: "evenings", title: Wording("Avonden in de stad", "nl"),
                    about: Wording("Wat er vanavond is.", "nl"),
                    topics: [opera, Wording("Film", "nl")], minimum: 20),
                PersonaFace(id: "water", title: Wording("Water & klimaat", "nl"), topics: [opera], minimum: 10),
            ], chosen: "evenings",
            topics: [
                SubjectDesk.Topic(id: "opera", title: opera, wish: .more),
                SubjectDesk.Topic(id: "sport", title: Wording("Sport", "nl"), wish: .less),
                SubjectDesk.Topic(id: "a&b", title: Wording("A & <b>", "nl")),
            ], level: .session)
    }
}

extension FakeSiteData {
    func subjects(of member: SiteMember, language: Language) async throws -> SubjectDesk { Samples.subjects(language) }

    func say(_ choice: SubjectChoice, for member: SiteMember) async throws -> Bool {
        guard choice.persona.map({ persona in Samples.subjects(.en).personas.contains { $0.id == persona } }) ?? true
        else { return false }
        let wishes = choice.wishes.filter { $0.value != .none }.sorted { $0.key < $1.key }
        let said = wishes.map { "\($0.key)=\($0.value.rawValue)" }.joined(separator: " ")
        state.withLock { $0.chosen.append("say \(choice.persona ?? "-") \(said)") }
        return true
    }

    func personas(of programme: ProgrammeID, language: Language) async throws -> PersonaSheet? {
        guard programme == Samples.programme.id else { return nil }
        return PersonaSheet(programme: Samples.programme, personas: Samples.subjects(language).personas)
    }
}
