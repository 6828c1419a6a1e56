extension Behaviour {
    /// What ties people to the house, and how the tie ends: a subscription, or, without event types, simply staying.
    public struct Subscription: Sendable, Hashable {
        public var plans: [Plan]
        /// The event types that say so; `nil` for what no event says.
        public var started: String?
        public var renewed: String?
        public var cancelled: String?
        /// How much people differ in their chance of leaving: the deviation of its logarithm.
        public var frailty = 0.5
        /// What one deviation more of activity does to the logarithm of the chance.
        public var activity = -0.3
        public var settling = Settling()
        /// Factor on the visits of whoever has none.
        public var without = 0.6
        /// For how many days visits fade before the end, to which share, and what is left afterwards.
        public var fadingDays = 40
        public var fadesTo = 0.35
        public var afterwards = 0.15

        public init(plans: [Plan]) { self.plans = plans }
    }

    public struct Plan: Sendable, Hashable {
        public var id: String
        /// The share of people who have it from the day they join, and of those who take it within a year.
        public var share: Double
        public var later: Double
        public var everyDays: Int
        public var months: Int
        public var priceCents: Int
        public var hazard: Hazard

        public init(
            id: String, share: Double, later: Double = 0, everyDays: Int, months: Int, priceCents: Int = 0,
            hazard: Hazard
        ) {
            self.id = id
            self.share = share
            self.later = later
            self.everyDays = everyDays
            self.months = months
            self.priceCents = priceCents
            self.hazard = hazard
        }
    }

    /// The chance of leaving at a renewal.
    public enum Hazard: Sendable, Hashable {
        /// The same for all, before frailty, activity and settling.
        case usual(Double)
        /// Each has one of their own, from a beta distribution, and keeps it: the shifted beta-geometric model (Fader,
        /// Hardie, "How to project customer retention", Journal of Interactive Marketing 2007).
        case beta(Double, Double)
    }

    /// Who stays, stays: the chance of leaving is `floor` + `newcomers` × `each`^months times the usual one.
    public struct Settling: Sendable, Hashable {
        public var floor = 0.6
        public var newcomers = 1.4
        public var each = 0.78

        public init() {}
    }

    /// What rewards really do to somebody: known to the simulator, to be found out by whoever analyses the events.
    public struct Response: Sendable, Hashable {
        public var id: String
        /// The share of people; the last response is for all others.
        public var share: Double
        /// What is added to the share for whoever likes one of these channels.
        public var likes: [String: Double]
        /// What is added for whoever joined within a year.
        public var recent: Double
        /// Factor on the chance of leaving at each renewal.
        public var hazard: Double
        /// Factor on visits.
        public var visits: Double
        /// Factor on the taste for the subjects of ``Behaviour/moves``.
        public var moves: Double

        public init(
            id: String, share: Double = 0, likes: [String: Double] = [:], recent: Double = 0, hazard: Double = 1,
            visits: Double = 1, moves: Double = 1
        ) {
            self.id = id
            self.share = share
            self.likes = likes
            self.recent = recent
            self.hazard = hazard
            self.visits = visits
            self.moves = moves
        }

        /// What holds where a document says nothing.
        public static let usual = [
            Response(id: "persuadable", share: 0.25, hazard: 0.6, visits: 1.25, moves: 1.5),
            Response(id: "sleeping-dog", share: 0.1, hazard: 1.3, visits: 0.85),
            Response(id: "lost-cause", share: 0.2),
            Response(id: "sure-thing", hazard: 0.97, visits: 1.05),
        ]
    }
}
