import Primitives

/// How the people behave whom the simulator invents for a programme: the document's `simulation/*.yaml`.
///
/// Nothing here is a fact about anybody. It is what somebody who designs a programme supposes, written down, so that the
/// same supposition can be tried on another programme and held against what happens later.
public struct Behaviour: Sendable, Hashable {
    public var id: String
    /// Whether nobody wrote it: it follows from the declared event types; see ``derived(from:)``.
    public var isDerived = false
    /// Whose items people read, watch and attend; `nil` makes items for the subjects.
    public var house: House?
    /// What the `source` of events starts with.
    public var source: String
    /// What people differ in liking; the order of tables.
    public var subjects: [String]
    public var places: [Place]
    public var joining = Joining()
    public var visits = Visits()
    /// When in the day people come: named patterns of 24 weights.
    public var rhythms: [Rhythm]
    public var groups: [Group]
    public var channels: [Channel]
    public var events: [Event]
    public var subscription: Subscription?
    public var responses: [Response]
    /// The subjects towards which rewards move people; see ``Response/moves``.
    public var moves: [String] = []
    public var traits: [TraitDraw] = []
    public var joins: [ChallengeJoin] = []
    /// The share of people at the level `personal`.
    public var personal = 0.25

    public init(
        id: String, source: String, subjects: [String] = [], places: [Place], rhythms: [Rhythm], groups: [Group],
        channels: [Channel], events: [Event], responses: [Response] = Response.usual
    ) {
        self.id = id
        self.source = source
        self.subjects = subjects
        self.places = places
        self.rhythms = rhythms
        self.groups = groups
        self.channels = channels
        self.events = events
        self.responses = responses
    }

    /// Media houses that come with Stamgast.
    public enum House: String, Sendable, Hashable, CaseIterable { case avondpost }

    /// Where people live and what they speak.
    public struct Place: Sendable, Hashable {
        public var language: Language
        public var zone: SimulatedZone
        public var share: Double

        public init(_ language: Language, _ zone: SimulatedZone, share: Double) {
            self.language = language
            self.zone = zone
            self.share = share
        }
    }

    /// Since when people are there.
    public struct Joining: Sendable, Hashable {
        /// The share who come within `newDays` of the start; all others were there before.
        public var new = 0.15
        public var newDays = 180
        /// For how many days the others have been there, on average; exponential.
        public var meanDays = 600.0

        public init() {}
    }

    /// How often people come.
    public struct Visits: Sendable, Hashable {
        /// The deviation of the logarithm of visits a day within a group.
        public var spread = 0.75
        /// Factor on a Saturday or Sunday.
        public var weekend = 1.0

        public init() {}
    }

    public struct Rhythm: Sendable, Hashable {
        public var id: String
        /// Weights of the 24 hours of a working day.
        public var hours: [Double]

        public init(id: String, hours: [Double]) {
            self.id = id
            self.hours = hours
        }
    }

    /// A hidden kind of person. No event names it; whoever finds personas is measured against it.
    public struct Group: Sendable, Hashable {
        public var id: String
        public var share: Double
        /// Visits a day, the median.
        public var visits: Double
        public var tastes: [String: Double]
        public var channels: [String: Double]
        public var hours: [String: Double]

        public init(
            id: String, share: Double, visits: Double, tastes: [String: Double] = [:],
            channels: [String: Double] = [:], hours: [String: Double] = [:]
        ) {
            self.id = id
            self.share = share
            self.visits = visits
            self.tastes = tastes
            self.channels = channels
            self.hours = hours
        }
    }

    /// Where people come, and what they do there on a visit.
    public struct Channel: Sendable, Hashable {
        public var id: String
        /// Which event a thing that is done there is, by weight.
        public var does: [Weighted]
        /// After each thing, the chance of one more.
        public var again = 0.0
        public var most = 1
        /// With this chance the visit goes on at another channel.
        public var then: Then?

        public init(id: String, does: [Weighted]) {
            self.id = id
            self.does = does
        }
    }

    public struct Then: Sendable, Hashable {
        public var channel: String
        public var chance: Double

        public init(channel: String, chance: Double) {
            self.channel = channel
            self.chance = chance
        }
    }

    /// One of several, with its weight.
    public struct Weighted: Sendable, Hashable {
        public var id: String
        public var weight: Double

        public init(_ id: String, _ weight: Double) {
            self.id = id
            self.weight = weight
        }
    }

    /// A trait that people state.
    public struct TraitDraw: Sendable, Hashable {
        public enum Value: Sendable, Hashable {
            case oneOf([Weighted])
            /// So many of the subjects that are liked best, as a list.
            case tastes(Int)
        }

        public var id: String
        public var value: Value
        /// The share of people who state it.
        public var share: Double

        public init(id: String, value: Value, share: Double = 1) {
            self.id = id
            self.value = value
            self.share = share
        }
    }

    /// A challenge that a share of people joins on their first day, with a goal of their own where it has one.
    public struct ChallengeJoin: Sendable, Hashable {
        public var challenge: String
        public var share: Double
        public var goal: ClosedRange<Int64>?

        public init(challenge: String, share: Double, goal: ClosedRange<Int64>? = nil) {
            self.challenge = challenge
            self.share = share
            self.goal = goal
        }
    }
}
