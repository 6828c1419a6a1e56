import Loyalty
import Primitives
import Simulation
import Site

/// The demo's newspaper as the pages need it.
struct DemoSite: Sendable {
    let programme: ProgrammeID
    let publisher: DemoPublisher
    let topicNames: [String: ProgrammeText]

    init(programme: ProgrammeID, publishableKey: String) {
        self.programme = programme
        publisher = DemoPublisher(name: "De Avondpost", path: "avondpost", publishableKey: publishableKey)
        topicNames = Dictionary(
            uniqueKeysWithValues: Topic.allCases.map { topic in
                (topic.id, ProgrammeText([.nl: topic.name.nl, .en: topic.name.en, .ja: topic.name.ja]))
            })
    }
}
