public import Loyalty
public import Primitives

/// What a programme would do; see ``Forecast``.
public struct ForecastReport: Sendable {
    /// One unit: what moved, and what is owed at the end of each week.
    public struct UnitRow: Sendable {
        public var unit: String
        public var movements: LiabilityReport.Movements
        public var value: UnitValue?
        public var weeks: [(day: Int, outstanding: Int64)]

        public var outstanding: Int64 { movements.total }
        /// What was redeemed, in millionths of the currency: the cost so far. `nil` without a value.
        public var costMicros: Int64? { value.map { -movements.redeemed * $0.micros } }
        /// What is owed at the end, likewise.
        public var owedMicros: Int64? { value.map { outstanding * $0.micros } }
    }

    /// One rule.
    public struct RuleRow: Sendable {
        public var rule: String
        public var times: Int64
        public var members: Int
        /// How often a limit, a cooldown or a budget left nothing.
        public var refused: Int64
        public var points: [String: Int64]
        /// Members that its own hold-out kept from it.
        public var heldOut: Int
    }

    public struct ChallengeRow: Sendable {
        public var challenge: String
        /// Members that moved it at all.
        public var started: Int
        /// Members that completed it at least once.
        public var completed: Int
        public var times: Int64
    }

    public struct RewardRow: Sendable {
        public var reward: String
        public var times: Int64
        public var members: Int
        /// How often somebody who looked was allowed it, and how often they had the points.
        public var allowed: Int64
        public var affordable: Int64
        public var left: Int64?
    }

    /// What the programme does to subscriptions and visits.
    public struct ChurnRow: Sendable {
        /// Members with a subscription at some time.
        public var subscribers: Int
        /// How many cancel, with the programme and without; the same people, the same chance.
        public var cancelWith: Int
        public var cancelWithout: Int
        /// Expected visits a day of all members together, likewise.
        public var visitsWith: Double
        public var visitsWithout: Double
        /// What a hold-out would show.
        public var experiment: ChurnExperiment

        /// What the programme really does to the share that cancels; below zero is fewer.
        public var effect: Double {
            subscribers == 0 ? 0 : Double(cancelWith - cancelWithout) / Double(subscribers)
        }
    }

    /// By response: how many there are, and what the programme does to them.
    public struct ResponseRow: Sendable {
        public var response: String
        public var members: Int
        /// Of those, how many got something that they could feel.
        public var felt: Int
        public var subscribers: Int
        public var cancelWith: Int
        public var cancelWithout: Int
    }

    public var programme: ProgrammeID
    public var settings: Forecast.Settings
    /// How the people behave: the id of the simulation, and whether nobody wrote it.
    public var behaviour: String
    public var isDerived: Bool
    /// Whether something ties people that can end, so that there is anything to say of who leaves.
    public var hasTies: Bool
    public var events: Int64
    public var undeclared: [String: Int64]
    public var refused: [String: Int64]
    /// People who did something the programme could see; those it gave something; those it never reached.
    public var participants: Int
    public var reached: Int
    public var neverReached: Int { participants - reached }
    public var units: [UnitRow]
    public var rules: [RuleRow]
    public var challenges: [ChallengeRow]
    /// Members on each tier at the end, from low to high.
    public var tiers: [(tier: String, members: Int)]
    public var badges: [(badge: String, members: Int)]
    public var rewards: [RewardRow]
    public var churn: ChurnRow
    public var responses: [ResponseRow]

    /// Rules that fired for nobody and held nobody out.
    public var silentRules: [String] { rules.filter { $0.times == 0 && $0.heldOut == 0 }.map(\.rule) }
    public var silentChallenges: [String] { challenges.filter { $0.completed == 0 }.map(\.challenge) }
    public var silentRewards: [String] { rewards.filter { $0.times == 0 }.map(\.reward) }
}
