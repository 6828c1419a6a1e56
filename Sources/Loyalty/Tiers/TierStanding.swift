/// Where a member stands on the ladder of tiers: by the credits that count, but never below what they were promised to
/// keep.
///
/// Both figures are only there for members who lived through a change of the ladder; they lie in counters of the member.
public struct TierStanding: Sendable, Hashable {
    /// The credits that a restart left out: the ladder starts anew from there.
    static let baseCounter = "tiers/base"
    /// The credits at which a tier that the member keeps begins.
    static let floorCounter = "tiers/floor"

    /// What was earned and counts.
    public var credits: Int64
    public var floor: Int64

    /// What decides on the tier.
    public var effective: Int64 { max(credits, floor) }

    public init(credits: Int64, floor: Int64 = 0) {
        self.credits = credits
        self.floor = floor
    }
}

extension MemberState {
    /// The member's standing on a ladder of this unit.
    public func standing(_ unit: String) -> TierStanding {
        TierStanding(
            credits: earned(unit) - (counters[TierStanding.baseCounter]?.granted ?? 0),
            floor: counters[TierStanding.floorCounter]?.granted ?? 0)
    }
}

extension TierLadder {
    /// The tier that so many credits give.
    func tier(for credits: Int64) -> Tier? { tiers.last { $0.at <= credits } }
}

/// What a change of the ladder does to one member.
struct TierMigration: Sendable {
    let old: TierLadder
    let new: TierLadder?
    let changes: ProgrammeChanges?

    /// - Parameters:
    ///   - standing: before the change.
    ///   - earned: all credits ever, in the new ladder's unit.
    ///   - base: what a former restart left out.
    func apply(_ standing: TierStanding, earned: Int64, base: Int64) -> (base: Int64, floor: Int64) {
        guard let new, changes?.ladder != .restart else {
            // Without tiers there is nothing to keep; with a restart the ladder starts from what is there now.
            return (new == nil ? 0 : earned, 0)
        }
        guard old.unit == new.unit else { return (0, 0) }
        guard let was = old.tier(for: standing.effective), let now = new.tiers.first(where: { $0.id == was.id }) else {
            return (base, 0)
        }
        let stays = now.at == was.at ? standing.floor == was.at : changes?.tiers[was.id] == .keep
        guard stays, (new.tier(for: standing.credits)?.at ?? .min) < now.at else { return (base, 0) }
        return (base, now.at)
    }
}
