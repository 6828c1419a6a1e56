public import Primitives

/// What a device needs to put suggestions in order by itself: all personas with their lists, the same for everybody. A
/// server that is asked for all of it does not learn which persona holds on the device that asks.
public struct DeviceShelf: Sendable, Hashable {
    public struct Topic: Sendable, Hashable {
        public var id: String
        public var title: Wording
        /// Percent, 1 to 100.
        public var weight: Int

        public init(id: String, title: Wording, weight: Int) {
            self.id = id
            self.title = title
            self.weight = weight
        }
    }

    public struct Persona: Sendable, Hashable {
        public var id: String
        public var title: Wording
        public var topics: [Topic]
        /// What is put before whoever has it, the best first. No numbers: a list tells nothing of how many did what.
        public var candidates: [ItemCard]

        public init(id: String, title: Wording, topics: [Topic], candidates: [ItemCard]) {
            self.id = id
            self.title = title
            self.topics = topics
            self.candidates = candidates
        }
    }

    public var personas: [Persona]

    public init(personas: [Persona]) {
        self.personas = personas
    }
}

/// What the pages that work on the member's own device need.
public protocol DeviceSiteData: Sendable {
    func deviceShelf(of programme: ProgrammeID, language: Language) async throws -> DeviceShelf
}
