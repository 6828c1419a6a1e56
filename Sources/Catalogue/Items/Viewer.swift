/// What has to be known of a member to say whether an item may be opened. Filled by the caller; names nobody.
public struct Viewer: Hashable, Sendable {
    /// ISO 3166-1 alpha-2; `nil` when unknown: then an item that is limited to regions stays closed.
    public var region: String?
    public var isSubscriber: Bool
    /// The member's tier and every tier it stands above: the catalogue does not know the order of tiers.
    public var tiers: Set<String>
    public var badges: Set<String>
    public var entitlements: Set<String>

    public init(
        region: String? = nil, isSubscriber: Bool = false, tiers: Set<String> = [], badges: Set<String> = [],
        entitlements: Set<String> = []
    ) {
        self.region = region
        self.isSubscriber = isSubscriber
        self.tiers = tiers
        self.badges = badges
        self.entitlements = entitlements
    }

    /// Someone of whom nothing is known.
    public static let anonymous = Viewer()

    func belongs(to audience: EarlyAudience) -> Bool {
        switch audience {
        case .tier(let name): tiers.contains(name)
        case .badge(let name): badges.contains(name)
        case .entitlement(let name): entitlements.contains(name)
        }
    }
}
