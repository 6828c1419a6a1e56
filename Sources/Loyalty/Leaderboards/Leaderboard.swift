import Primitives

/// A list of members by what they reached in a period, for those who asked to be on it, under names that are not theirs.
public struct Leaderboard: Sendable, Hashable {
    /// What members are ranked by.
    public enum Measure: Sendable, Hashable {
        /// What the rules of the programme gave in this unit, under their limits. What a challenge gives on top is not
        /// counted: it would be counted twice.
        case points(String)
        /// How far they moved a challenge.
        case progress(String)
    }

    public static let standardMinimum = 10

    public var id: String
    public var name: LocalizedText
    public var measure: Measure
    /// The period of a score, in each member's own days.
    public var every: PeriodUnit
    /// With fewer participants in the period no ranks are shown: a short list would tell who is on it.
    public var minimum: Int
    public var why: LocalizedText
    /// Among whom one is ranked; `nil` for everybody.
    public var cohort: BoardCohort?
    /// The kind of shared wallet whose teams are ranked, in place of members.
    public var teams: String?
    /// How long after the end of a period, in the latest time zone, its standings are fixed.
    public var finishAfter = Self.standardFinishAfter
    /// How many finished periods are kept.
    public var keep = Self.standardKeep
    /// From the best to the last; whoever is in reach of several gets the first of them.
    public var prizes: [BoardPrize] = []
    public var ties = BoardTies.each
    /// The most that the awards of one finished period may add up to.
    public var budget: Int64?

    public static let standardFinishAfter = DurationSpan.milliseconds(12 * 3_600_000)
    public static let standardKeep = 12

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), measure: Measure, every: PeriodUnit = .week,
        minimum: Int = standardMinimum, why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.measure = measure
        self.every = every
        self.minimum = minimum
        self.why = why
    }
}

/// A leaderboard made ready: where its scores are counted.
public struct CompiledLeaderboard: Sendable {
    /// An award whose counter adds to a score.
    struct Source: Sendable, Hashable {
        var counter: String
        var limits: [Limit]
        var oncePerSlot: Bool
    }

    public let board: Leaderboard
    let sources: [Source]
    /// The challenge whose progress is measured.
    let challenge: Challenge?

    init(_ board: Leaderboard, in programme: Programme, eventTypes: [String: CompiledEventType]) {
        self.board = board
        if case .progress(let id) = board.measure {
            challenge = programme.challenges.first { $0.id == id }
        } else {
            challenge = nil
        }
        var sources: [Source] = []
        if case .points(let unit) = board.measure {
            for type in eventTypes.keys.sorted() {
                for rule in eventTypes[type]?.rules ?? [] where board.teams == nil {
                    for award in rule.awards where award.unit == unit {
                        sources.append(
                            Source(
                                counter: award.counter, limits: rule.rule.limits,
                                oncePerSlot: rule.rule.cooldown != nil))
                    }
                }
            }
        }
        self.sources = sources
    }

    /// The name of the counter that says whether a member takes part: its marks are the days on which they joined, and
    /// `refused` is how often they drew another name.
    public static func counter(of id: String) -> String { "board/" + id }
}
