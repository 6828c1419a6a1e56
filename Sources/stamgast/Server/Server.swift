import API
import Access
import AsyncHTTPClient
import Catalogue
import Crypto
import Foundation
import Hummingbird
import Logging
import Loyalty
import NIOCore
import Primitives
import Runtime
import ServiceLifecycle
import Settings
import Site
import Storage
import UnixSignals
import Vault

/// The house as a server: the API and the pages on one router, and everything that goes on beside requests.
struct Server {
    let home: Home
    let configuration: Configuration
    /// The demo, if it is served.
    let demo: Demo?
    let logger: Logger

    /// Serves until it is told to stop (SIGTERM, SIGINT) or a part of it fails.
    ///
    /// - Parameter ready: is told the address once requests are taken.
    func run(ready: @escaping @Sendable (String) async -> Void) async throws {
        let mail = try MailDoor.open(configuration, demo: demo?.programme, home: home) { [configuration] in
            SignInLink.site(configuration)
        }
        let handOverSecrets = try HandOverSecrets(configuration[.handOverSecrets])
        let feeds = FeedSchedule(store: home.catalogue.store, fetcher: HTTPFeedFetcher(home.networks))
        let claim = try home.keys.claim.current
        let dispatcher = WebhookDispatcher(
            database: home.database, host: home.engine.host, secrets: .derived(from: claim),
            sender: HTTPWebhookSender(home.networks), owns: { [engine = home.engine] in engine.owns($0) })
        let lease = LeaseRenewal(home: home, interval: configuration[.leaseDuration] / 3, logger: logger)
        let keeper = KeeperService(home: home, feeds: feeds, webhooks: dispatcher, logger: logger)
        let readiness = ServerReadiness(home: home, lease: lease, keeper: keeper)
        // Only a database that others may share has other owners.
        let forwarder = home.database.engine == .postgres ? OwnerForwarding<ServerContext>.makeClient() : nil
        let router = try router(
            feeds: feeds, readiness: readiness, doors: (mail, handOverSecrets), forwarder: forwarder)

        let address = configuration[.listenAddress]
        let app = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: configuration[.listenPort]), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration[.listenPort]
                await lease.begin(
                    address: configuration[.nodeAddress] ?? Self.nodeAddress(address: address, port: port))
                await ready(Self.url(address: address, port: port))
            }, logger: logger)
        // Stopped in reverse: first the programmes go to other servers, then no more requests, then what goes on beside
        // them, the lease last.
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: lease), .init(service: keeper), .init(service: JobService(home: home, logger: logger)),
            .init(service: SimulationService(home: home, logger: logger)),
            .init(service: RecommendationService(home: home, logger: logger)),
            .init(service: WebhookService(dispatcher: dispatcher, clock: home.engine.clock, logger: logger)),
        ]
        // Before requests are taken: who reads that they are, may send commands as well.
        if let control = await ControlServer.listen(home: home, configuration: configuration, logger: logger) {
            services.append(.init(service: control))
        }
        if let mail { services.append(.init(service: MailService(door: mail, logger: logger))) }
        if let demo { services.append(.init(service: DemoAudience(demo: demo, logger: logger))) }
        services.append(.init(service: app))
        if forwarder != nil { services.append(.init(service: LeavingService(home: home))) }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = configuration[.shutdownGrace]
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await ServiceGroup(configuration: group).run())
        } catch {
            outcome = .failure(error)
        }
        try? await forwarder?.shutdown()
        try outcome.get()
    }

    private func router(
        feeds: FeedSchedule, readiness: ServerReadiness, doors: (mail: MailDoor?, secrets: HandOverSecrets),
        forwarder: HTTPClient?
    ) throws -> Router<ServerContext> {
        let newspaper = demo?.site
        var settings = APIConfiguration(logger: logger)
        settings.bodyBytes = configuration[.bodyLimit]
        settings.eventBodyBytes = min(settings.eventBodyBytes, settings.bodyBytes)
        settings.rateBurst = configuration[.rateLimitBurst]
        settings.ratePerSecond = configuration[.rateLimitPerSecond]
        settings.publicAddress = configuration[.publicAddress]
        // Requests are many: one line each only where more is wanted than the ordinary.
        settings.accessLogLevel = .debug
        let api = APIRoutes(
            APIServices(
                engine: home.engine, persons: home.vault.persons, erasure: home.erasure, access: home.access,
                catalogue: home.catalogue.store, feeds: feeds, programmes: home.updates, webhooks: try home.webhooks(),
                earning: try home.anonymousEarning(), readiness: readiness, recommendations: home.recommendations,
                owner: { [home] in try await home.answer(for: $0) }, random: home.random),
            settings)
        let random = home.random
        let refusals = EventRefusals()
        let site = try StamgastSite(
            data: SiteAdapter(
                home: home, publisher: newspaper?.publisher, publisherProgramme: demo?.programme,
                topicNames: newspaper?.topicNames ?? [:], epoch: String(random.id().description.prefix(8)),
                refusals: refusals, mailDoor: doors.mail, handOverSecrets: doors.secrets,
                openID: try openIDProvider(), needsSecondFactor: configuration[.staffSecondFactor]),
            configuration: SiteConfiguration(
                origin: SignInLink.site(configuration),
                language: demo == nil ? .en : .nl, publisher: newspaper?.publisher),
            key: SymmetricKey(data: try home.keys.session.secret(use: "pages")), passes: home.access.passes,
            clock: home.engine.clock,
            random: { random.id() })
        let router = Router(context: ServerContext.self)
        if let forwarder {
            router.add(
                middleware: OwnerForwarding(
                    home: home, client: forwarder, bodyLimit: configuration[.bodyLimit],
                    timeout: configuration[.leaseDuration], logger: logger))
        }
        let pages = site.pageErrors(for: ServerContext.self)
        // Before the routes that it is to stand in front of.
        router.add(
            middleware: SignInLimit(
                limiter: SignInLimiter(perHour: configuration[.signInLimitPerHour]), clock: home.engine.clock,
                trustsProxy: configuration[.publicAddress] != nil, pages: pages))
        router.add(
            middleware: AnonymousReportLimit(
                limiter: SignInLimiter(perHour: AnonymousReportLimit.perHour), clock: home.engine.clock,
                trustsProxy: configuration[.publicAddress] != nil))
        router.add(middleware: EventRefusalWatch(refusals: refusals, clock: home.engine.clock))
        api.add(to: router)
        site.addRoutes(to: router)
        MediaRoutes(home: home, programme: demo?.programme, drawsCovers: demo != nil).add(to: router)
        router.add(middleware: pages)
        router.add(middleware: api.unmatched(for: ServerContext.self))
        return router
    }

    private func openIDProvider() throws -> OpenIDProvider? {
        guard let parameters = try OpenIDProvider.Parameters(configuration) else { return nil }
        return OpenIDProvider(
            parameters, networks: home.networks, clock: home.engine.clock, logger: logger,
            returnAddress: { [configuration] in SignInLink.site(configuration) + StamgastSite.providerReturn })
    }

    /// Where other nodes reach the server, if nobody has said so: a server that listens everywhere is found by its name.
    static func nodeAddress(address: String, port: Int) -> String {
        ["0.0.0.0", "::"].contains(address)
            ? "http://\(ProcessInfo.processInfo.hostName):\(port)" : url(address: address, port: port)
    }

    /// Where a browser on this machine reaches the server.
    static func url(address: String, port: Int) -> String {
        let host =
            switch address {
            case "0.0.0.0", "::": "127.0.0.1"
            default: address.contains(":") ? "[\(address)]" : address
            }
        return "http://\(host):\(port)"
    }
}

extension Home {
    /// What staff and programs do with webhooks.
    func webhooks(sender: (any WebhookSending)? = nil) throws -> WebhookDesk {
        WebhookDesk(
            database: database, host: engine.host, secrets: .derived(from: try keys.claim.current),
            sender: sender ?? HTTPWebhookSender(networks))
    }
}

extension WebhookSecrets {
    /// Secrets that follow from the home's claim key.
    static func derived(from key: SymmetricKey) -> WebhookSecrets {
        let hash = KeyedHash(root: key, use: "webhook")
        return WebhookSecrets { programme, webhook, generation in
            // The first one has no number, as in homes that never changed one.
            let parts = [Array(programme.name.utf8), Array(webhook.utf8)]
            return hash.bytes(ofParts: generation == 0 ? parts : parts + [Array(String(generation).utf8)])
        }
    }
}
