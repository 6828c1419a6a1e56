public import Access
public import Catalogue
public import Runtime
public import Vault

/// What the API works with, filled by the composition root.
public struct APIServices: Sendable {
    public let engine: Runtime.Engine
    public let persons: Persons
    public let keys: APIKeys
    public let catalogue: CatalogueStore
    public let feeds: FeedSchedule
    public let programmes: any ProgrammePort
    public let readiness: any ReadinessPort
    public let random: any RandomBytes

    public init(
        engine: Runtime.Engine, persons: Persons, keys: APIKeys, catalogue: CatalogueStore, feeds: FeedSchedule,
        programmes: any ProgrammePort, readiness: any ReadinessPort, random: any RandomBytes = SystemRandomBytes()
    ) {
        self.engine = engine
        self.persons = persons
        self.keys = keys
        self.catalogue = catalogue
        self.feeds = feeds
        self.programmes = programmes
        self.readiness = readiness
        self.random = random
    }
}
