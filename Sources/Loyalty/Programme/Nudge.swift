/// A few words at the right moment that ask for nothing but a thought. A nudge urges, so the pressure budget bounds it.
public struct Nudge: Sendable, Hashable {
    /// What leads to it.
    public enum Occasion: Sendable, Hashable {
        /// A rule with the effect `nudge`. It is said on the day after, or as soon after that as the budget allows, but
        /// not later than ``within`` days after it.
        case rule
        /// So many days before a period of a challenge ends that the member has begun and not finished.
        ///
        /// - `missing`: at most so much is left to do; `nil` for any.
        case challenge(String, before: Int, missing: Int64?)
        /// So many days before a run of a streak would end, if no freeze covers it.
        case streak(String, before: Int)
    }

    /// How long what a rule saw is worth a word, in days.
    public static let usualWithin = 2
    /// A nudge of a rule comes at most once in so many days.
    public static let usualRest = 7

    public var id: String
    public var occasion: Occasion
    public var text: LocalizedText
    public var within: Int
    public var rest: Int
    public var webhook: String?

    public init(
        id: String, occasion: Occasion = .rule, text: LocalizedText = LocalizedText([:]),
        within: Int = Nudge.usualWithin, rest: Int = Nudge.usualRest, webhook: String? = nil
    ) {
        self.id = id
        self.occasion = occasion
        self.text = text
        self.within = within
        self.rest = rest
        self.webhook = webhook
    }
}
