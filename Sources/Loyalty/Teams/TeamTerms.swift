/// What makes a challenge one of a team: what its members do adds up, and the team reaches the target.
public struct TeamTerms: Sendable, Hashable {
    /// Who gets what a completion gives.
    public enum Gives: String, Sendable, Hashable, CaseIterable {
        /// Whoever belonged to the team on a day of the period.
        case each
        /// Those who gave at least ``least`` of it themselves.
        case contributors
        /// The team's wallet.
        case wallet
    }

    public static let standardMinimum: Int64 = 3

    /// The kind of shared wallet whose members are a team.
    public var wallet: String
    public var gives: Gives
    /// What a member must have added in the period to be a contributor.
    public var least: Int64
    /// With fewer members in the team, what it reached is told in quarters: the difference to one's own part would tell
    /// the others'.
    public var minimum: Int64

    public init(
        wallet: String, gives: Gives = .contributors, least: Int64 = 1, minimum: Int64 = Self.standardMinimum
    ) {
        self.wallet = wallet
        self.gives = gives
        self.least = least
        self.minimum = minimum
    }
}
