public import Catalogue
public import Primitives

/// Whoever stands before a gate, as far as a gate may know: a member at one moment, or a visitor of whom nothing is known.
public struct GateFacts: Sendable {
    /// `nil` for a visitor.
    public let state: MemberState?
    public let programme: CompiledProgramme
    public let calendar: MemberCalendar
    public let now: Instant
    /// How often a visitor has opened metered gates in the period, as their own device says. Members have counters.
    public let visitorUses: [String: Int64]
    /// Gates whose meter has counted this item in the period already, as the reader's own device proves.
    public let opened: Set<String>

    public init(
        _ state: MemberState?, programme: CompiledProgramme, calendar: MemberCalendar, now: Instant,
        visitorUses: [String: Int64] = [:], opened: Set<String> = []
    ) {
        self.state = state
        self.programme = programme
        self.calendar = calendar
        self.now = now
        self.visitorUses = visitorUses
        self.opened = opened
    }

    /// The name of the counter of a gate's meter: days, and nothing of what was read.
    public static func counter(of gate: String) -> String { "meter/" + gate }

    var tier: String { state?.tier(in: programme, today: calendar.day(of: now)) ?? "" }

    func has(tier wanted: String) -> Bool {
        guard let tiers = programme.programme.tiers?.tiers,
            let needed = tiers.firstIndex(where: { $0.id == wanted }),
            let held = tiers.firstIndex(where: { $0.id == tier })
        else { return false }
        return held >= needed
    }

    /// What is missing to a tier, in the ladder's unit; `nil` without such a tier.
    func missing(to wanted: String) -> (amount: Int64, unit: String, at: Int64)? {
        guard let ladder = programme.programme.tiers, let tier = ladder.tiers.first(where: { $0.id == wanted }) else {
            return nil
        }
        let credits = state?.tierStatus(in: programme, today: calendar.day(of: now))?.credits ?? 0
        return (max(0, tier.at - credits), ladder.unit, tier.at)
    }

    func spendable(_ unit: String) -> Int64 { state?.wallet.spendable(unit, at: now) ?? 0 }

    /// What the member was given, or has for being in a tier; the longer of the two.
    public func grant(_ entitlement: String) -> EntitlementGrant? {
        let own = state?.entitlements[entitlement].flatMap { grant in
            grant.expiresAt.map { $0 > now } ?? true ? grant : nil
        }
        guard let ofTier = tierGrants[entitlement] else { return own }
        return (own?.expiresAt ?? .latest) >= (ofTier.expiresAt ?? .latest) ? own ?? ofTier : ofTier
    }

    private var tierGrants: [String: EntitlementGrant] {
        state?.tierEntitlements(in: programme, calendar: calendar, today: calendar.day(of: now)) ?? [:]
    }

    /// How often a metered gate was opened in the running period, and when the next one begins.
    func uses(of gate: String, per period: PeriodUnit) -> (count: Int64, ends: Instant?) {
        let days = calendar.periods.days(of: period, containing: calendar.day(of: now))
        let ends = period == .ever ? nil : calendar.start(of: days.upperBound)
        guard let state else { return (visitorUses[gate] ?? 0, ends) }
        return (state.counters[Self.counter(of: gate)]?.count(in: days) ?? 0, ends)
    }

    /// How often a metered gate was opened in the running period.
    public func uses(gate: Gate, per period: PeriodUnit) -> Int64 { uses(of: gate.id, per: period).count }

    /// Whether an entitlement is there now.
    public func grants(_ entitlement: String) -> Bool { grant(entitlement) != nil }

    /// Redemptions of a reward that were handed out: those still held do not count.
    func handedOut(_ reward: String) -> Int64 { state?.handedOut(reward) ?? 0 }

    /// As the catalogue sees a viewer.
    ///
    /// - Parameters:
    ///   - region: ISO 3166-1 alpha-2, if known.
    ///   - isSubscriber: whether a subscription is running, as whoever asks knows.
    public func viewer(region: String?, isSubscriber: Bool) -> Viewer {
        Viewer(
            region: region, isSubscriber: isSubscriber,
            tiers: Set(programme.programme.tiers?.upTo(tier).map(\.id) ?? []),
            badges: Set(state?.badges.keys.map(\.self) ?? []),
            entitlements: Set(state?.entitlements.keys.filter { grant($0) != nil } ?? []).union(tierGrants.keys))
    }
}
