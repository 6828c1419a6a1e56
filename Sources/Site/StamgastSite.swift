public import Access
public import Crypto
internal import HTTPTypes
public import Hummingbird
public import Primitives

/// All pages: the member's, the console's, the doors to them, the widget and the demo's newspaper.
///
/// The composition root makes one, fills its `SiteData`, and adds its routes to the router.
public struct StamgastSite: Sendable {
    let data: any SiteData
    let configuration: SiteConfiguration
    let clock: any WallClock
    /// Unguessable identifiers, for forms and nonces.
    let random: @Sendable () -> ID128
    let seals: Seals
    let passes: PagePasses
    let cookies: SiteCookies
    let assets: Assets
    let renderer: Renderer

    /// - Parameters:
    ///   - key: at least 32 random bytes, kept with the other keys; the same on all nodes.
    ///   - random: from a cryptographic source.
    /// - Throws: when an embedded template does not parse.
    public init(
        data: any SiteData, configuration: SiteConfiguration, key: SymmetricKey, passes: PagePasses,
        clock: any WallClock,
        random: @escaping @Sendable () -> ID128
    ) throws {
        self.data = data
        self.configuration = configuration
        self.clock = clock
        self.random = random
        seals = Seals(key: key, random: random)
        self.passes = passes
        cookies = SiteCookies(isSecure: configuration.isSecure)
        assets = .embedded
        renderer = try Renderer()
    }

    /// Adds every route. Paths: `/`, `/m/…`, `/console/…`, `/counter`, `/signin/…`, `/signout`, `/styleguide`,
    /// `/language/…`, `/assets/…`, `/look/…`, `/sw.js`, `/widget.js`, `/gate.js`, `/v1/widget`, `/robots.txt` and, with a demo publisher, its own.
    public func addRoutes<Context: RequestContext>(to server: some RouterMethods<Context>) {
        let router = server.group().add(middleware: Compressing<Context>())
        addFiles(to: router)
        addLookFiles(to: router)
        addWidget(to: router)
        let pages = router.group().add(middleware: PageErrors<Context>(site: self, everything: true))
        addDoors(to: pages)
        addStaffDoor(to: pages)
        addOwnAccount(to: pages)
        addMemberPages(to: pages)
        addConsole(to: pages)
        addCounter(to: pages)
        addPublisher(to: pages)
        addGuide(to: pages)
        addApp(to: pages)
        addLookConsole(to: pages)
    }

    /// For the outermost router: answers unknown addresses with a page, where a page was asked for.
    public func pageErrors<Context: RequestContext>(for context: Context.Type = Context.self) -> PageErrors<Context> {
        PageErrors(site: self, everything: false)
    }
}
