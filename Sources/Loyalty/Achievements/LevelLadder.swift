/// Levels that a member climbs and never falls from, reached by what was ever earned of a unit.
public struct LevelLadder: Sendable, Hashable {
    /// What each level needs.
    public enum Thresholds: Sendable, Hashable {
        case list([Int64])
        /// A CEL expression of type int over `level`, for the levels from 1 to `most`.
        case formula(String, most: Int)
    }

    public var unit: String
    public var thresholds: Thresholds
    public var name: LocalizedText
    /// What reaching a level gives, each time.
    public var reward: [Effect]

    public init(
        unit: String, thresholds: Thresholds, name: LocalizedText = LocalizedText([:]), reward: [Effect] = []
    ) {
        self.unit = unit
        self.thresholds = thresholds
        self.name = name
        self.reward = reward
    }

    /// The most levels that a ladder has.
    public static let mostLevels = 1_000
}
