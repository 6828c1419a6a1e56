import Catalogue
public import Loyalty
import Personalisation
public import Primitives

extension Recommendations {
    /// What may be read of a member at a level for choosing among other things than items.
    public struct Tastes: Sendable, Hashable {
        /// The persona that the member declared.
        public var persona: String?
        /// Subjects with weights from 0 to 1: what the member asked for, what their persona is about and what they read.
        public var topics: [String: Double] = [:]
    }

    /// - Parameter level: the one that holds for the purpose. Below `persona` nothing is read; below `personal` no subjects.
    func tastes(of member: MemberID, in programme: ProgrammeID, at level: PrivacyLevel) async throws -> Tastes {
        guard level >= .persona, let compiled = engine.host[programme],
            let summary = try await engine.summary(of: member, in: programme)
        else { return Tastes() }
        let persona = summary.traits[Trait.persona]?.stringValue.flatMap { id in
            compiled.programme.personas.first { $0.id == id }
        }
        var tastes = Tastes(persona: persona?.id)
        guard level >= .personal else { return tastes }
        let now = engine.clock.now()
        let history = try await own(member, at: level, compiled, now: now).history
        let snapshot = catalogue.store.snapshot(programme)
        let read = history.prefix(Self.tasteReach).compactMap { snapshot.item($0) }
        for item in read where !item.content.isSensitive {
            // A subject of half of what was read counts in full.
            for topic in item.topics {
                tastes.topics[topic] = min(1, (tastes.topics[topic] ?? 0) + 2 / Double(read.count))
            }
        }
        if let persona {
            for (topic, weight) in PersonaTopics(persona).topics {
                tastes.topics[topic] = max(tastes.topics[topic] ?? 0, weight)
            }
        }
        for topic in Self.texts(summary.traits[Trait.more]) { tastes.topics[topic] = 1 }
        for topic in Self.texts(summary.traits[Trait.less]) { tastes.topics[topic] = nil }
        return tastes
    }

    /// How many items of the history count.
    private static let tasteReach = 50
}
