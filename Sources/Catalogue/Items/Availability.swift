public import Primitives

/// Whether an item may be opened now, and if not, why: the reason a gate shows.
public enum Availability: Hashable, Sendable {
    case open
    /// Open before publication, thanks to what the viewer has earned; `until` is the publication for everyone.
    case openEarly(thanksTo: EarlyAudience, until: Instant)
    /// Not yet for this viewer. `early` says what would open it sooner, and from when.
    case notYet(from: Instant, early: EarlyAccess?)
    /// The item's rights end before now.
    case expired(at: Instant)
    /// The publisher does not show it in the viewer's region, or the region is unknown.
    case notInRegion
    /// Published, but only for subscribers or for a tier.
    case restricted(to: ItemAccess)
    /// Withdrawn or deleted.
    case withdrawn
    /// Known from events only: nothing to show.
    case stub

    public var isOpen: Bool {
        switch self {
        case .open, .openEarly: true
        default: false
        }
    }
}

extension Item {
    /// Whether `viewer` may open this item at `now`.
    ///
    /// An early-access window waits for nobody's subscription: what was earned opens the item. Regions and expiry bind
    /// everyone, since they are rights the publisher does not have. An item without publication time is published.
    public func availability(for viewer: Viewer, at now: Instant) -> Availability {
        switch state {
        case .stub: return .stub
        case .withdrawn, .deleted: return .withdrawn
        case .live: break
        }
        if let end = content.expiresAt, now >= end { return .expired(at: end) }
        if !content.regions.isEmpty {
            guard let region = viewer.region, content.regions.contains(region) else { return .notInRegion }
        }
        if let start = content.publishedAt, now < start {
            guard let early = content.earlyAccess, now >= early.from, viewer.belongs(to: early.audience) else {
                return .notYet(from: start, early: content.earlyAccess)
            }
            return .openEarly(thanksTo: early.audience, until: start)
        }
        switch content.access {
        case .free: return .open
        case .subscriber: return viewer.isSubscriber ? .open : .restricted(to: .subscriber)
        case .tier(let name): return viewer.tiers.contains(name) ? .open : .restricted(to: .tier(name))
        }
    }
}
