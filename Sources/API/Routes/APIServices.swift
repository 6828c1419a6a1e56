public import Access
public import Catalogue
public import Primitives
public import Runtime
public import Vault

/// What the API works with, filled by the composition root.
public struct APIServices: Sendable {
    public let engine: Runtime.Engine
    public let persons: Persons
    public let erasure: Erasure
    public let keys: APIKeys
    public let passes: PagePasses
    public let accessTokens: AccessTokens
    public let meters: MeterTokens
    public let cards: Cards
    public let tills: TillSlips
    public let catalogue: CatalogueStore
    public let feeds: FeedSchedule
    public let programmes: ProgrammeUpdates
    public let webhooks: WebhookDesk
    public let earning: AnonymousEarning
    public let readiness: any ReadinessPort
    public let recommendations: Recommendations
    /// Makes sure that this process may answer for a programme; throws `PipelineProblem.notOwner` if another one does.
    public let owner: @Sendable (ProgrammeID) async throws -> Void
    public let random: any RandomBytes

    public init(
        engine: Runtime.Engine, persons: Persons, erasure: Erasure, access: Access,
        catalogue: CatalogueStore, feeds: FeedSchedule, programmes: ProgrammeUpdates, webhooks: WebhookDesk,
        earning: AnonymousEarning, readiness: any ReadinessPort, recommendations: Recommendations,
        owner: @escaping @Sendable (ProgrammeID) async throws -> Void = { _ in },
        random: any RandomBytes = SystemRandomBytes()
    ) {
        self.engine = engine
        self.persons = persons
        self.erasure = erasure
        keys = access.keys
        passes = access.passes
        accessTokens = access.accessTokens
        meters = access.meters
        cards = access.cards
        tills = access.tills
        self.catalogue = catalogue
        self.feeds = feeds
        self.programmes = programmes
        self.webhooks = webhooks
        self.earning = earning
        self.readiness = readiness
        self.recommendations = recommendations
        self.owner = owner
        self.random = random
    }
}
