import Catalogue
import Loyalty
import Personalisation
import Primitives
import Runtime
import Site

/// What members say about subjects. It is kept as traits of theirs, so it stands among their data, is exported and erased.
extension SiteAdapter {
    /// How many subjects a member is offered, those with most items first.
    private static let mostTopics = 40

    func subjects(of member: SiteMember, language: PageLanguage) async throws -> SubjectDesk {
        let programme = member.programme.id
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let more = Self.said(summary, Recommendations.Trait.more)
        let less = Self.said(summary, Recommendations.Trait.less)
        let offered = try await home.recommendations.topics(of: programme, limit: Self.mostTopics)
        // What somebody said stays visible, also when nothing is about it any more.
        let topics = offered + more.union(less).subtracting(offered).sorted()
        let level = try await engine.level(
            for: .recommendations, of: member.member, in: programme,
            globalPrivacyControl: member.globalPrivacyControl)
        return SubjectDesk(
            personas: view.personas, chosen: summary.traits[Recommendations.Trait.persona]?.stringValue,
            topics: topics.map { id in
                SubjectDesk.Topic(
                    id: id, title: view.topic(id),
                    wish: more.contains(id) ? .more : less.contains(id) ? .less : .none)
            }, level: level.page)
    }

    func say(_ choice: SubjectChoice, for member: SiteMember) async throws -> Bool {
        let programme = member.programme.id
        guard let compiled = engine.host[programme] else { return false }
        if let persona = choice.persona, !compiled.programme.personas.contains(where: { $0.id == persona }) {
            return false
        }
        guard choice.wishes.count <= 500, choice.wishes.keys.allSatisfy({ (1...200).contains($0.utf8.count) }) else {
            return false
        }
        func value(_ wish: SubjectDesk.Topic.Wish) -> JSONValue {
            let topics = choice.wishes.filter { $0.value == wish }.keys.sorted()
            return topics.isEmpty ? .null : .array(topics.map { .string($0) })
        }
        let traits: [String: JSONValue] = [
            Recommendations.Trait.more: value(.more), Recommendations.Trait.less: value(.less),
            Recommendations.Trait.persona: choice.persona.map { .string($0) } ?? .null,
        ]
        _ = try await engine.perform(
            .profile(ProfileChange(traits: traits)), member: member.member, in: programme)
        return true
    }

    func personas(of programme: ProgrammeID, language: PageLanguage) async throws -> PersonaSheet? {
        guard let face = face(of: programme), let view = view(programme, language) else { return nil }
        return PersonaSheet(programme: face, personas: view.personas)
    }

    private static func said(_ summary: MemberSummary, _ trait: String) -> Set<String> {
        guard case .array(let values)? = summary.traits[trait] else { return [] }
        return Set(values.compactMap(\.stringValue))
    }
}

extension SiteView {
    var personas: [PersonaFace] {
        programme.personas.map { persona in
            PersonaFace(
                id: persona.id, title: wording(persona.name, or: persona.id), about: persona.about.wording(language),
                topics: persona.topics.map { topic($0.id) }, minimum: persona.minimum)
        }
    }
}
