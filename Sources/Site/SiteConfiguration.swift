/// How the pages are served.
public struct SiteConfiguration: Sendable {
    /// The address under which browsers reach the server, without a path: `https://stamgast.example`. With `https`
    /// cookies are `Secure` and named `__Host-…`.
    public var origin: String { address() }
    /// Asked each time: a port that is left to the system is known only once the server listens.
    private let address: @Sendable () -> String
    /// The language for a visitor whose browser asks for none of ours.
    public var language: Language
    /// The demo's newspaper; `nil` serves none.
    public var publisher: DemoPublisher?

    public init(
        origin: @escaping @autoclosure @Sendable () -> String, language: Language = .en,
        publisher: DemoPublisher? = nil
    ) {
        address = origin
        self.language = language
        self.publisher = publisher
    }

    var isSecure: Bool { origin.lowercased().hasPrefix("https://") }
}
