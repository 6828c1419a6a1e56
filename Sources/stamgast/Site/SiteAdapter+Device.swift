import Catalogue
import Loyalty
import Primitives
import Runtime
import Site

/// The lists that a member's own device puts in order: nothing of the member is asked for.
extension SiteAdapter {
    /// How many candidates of each persona go to a device.
    static let mostCandidates = 60

    func deviceShelf(of programme: ProgrammeID, language: PageLanguage) async throws -> DeviceShelf {
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        var personas: [DeviceShelf.Persona] = []
        for persona in view.programme.personas {
            let items = try await home.recommendations.candidates(
                of: persona, in: programme, limit: Self.mostCandidates)
            personas.append(
                DeviceShelf.Persona(
                    id: persona.id, title: view.wording(persona.name, or: persona.id),
                    topics: persona.topics.map {
                        DeviceShelf.Topic(id: $0.id, title: view.topic($0.id), weight: $0.weight)
                    },
                    candidates: items.map { view.card($0) }))
        }
        return DeviceShelf(personas: personas)
    }
}
