public import Loyalty
public import Primitives

/// One simulated person. Everything follows from the behaviour, the population's seed and the person's number.
public struct SimulatedMember: Hashable, Sendable {
    /// 0 to the population's size.
    public let index: Int
    /// Visits a day on an ordinary day, before subscription and rewards have their say.
    public let sessionsPerDay: Double
    /// First day with the programme, in days since 1970-01-01.
    public let joinedDay: Int
    /// First day of the subscription, in days since 1970-01-01; `nil` for someone who never takes one.
    public let subscribedDay: Int?
    /// Probability of cancelling at a renewal, before tenure and rewards have their say.
    public let baseHazard: Double
    let groupIndex: Int
    let rhythmIndex: Int
    let placeIndex: Int
    /// -1 for none.
    let planIndex: Int
    let responseIndex: Int
    let seed: UInt64
    let habits: Habits

    init(index: Int, populationSeed: UInt64, startDay: Int, habits: Habits) {
        let seed = SplitMix64.seed(populationSeed, 1, UInt64(index))
        var random = SplitMix64(seed: seed)
        self.index = index
        self.seed = seed
        self.habits = habits
        let behaviour = habits.behaviour
        let group = Self.choose(habits.groupShares, random.uniform())
        groupIndex = group

        let activity = random.normal()
        sessionsPerDay = min(24, ExactMathematics.exp(habits.logVisits[group] + behaviour.visits.spread * activity))
        rhythmIndex = Self.choose(habits.rhythmWeights[group], random.uniform())
        placeIndex = Self.choose(habits.placeShares, random.uniform())

        let joining = behaviour.joining
        let isNew = random.chance(joining.new)
        let tenure = isNew ? 0 : min(3_650, Int(random.exponential(rate: 1 / joining.meanDays)))
        joinedDay = isNew ? startDay + random.index(below: joining.newDays) : startDay - tenure

        (planIndex, subscribedDay) = Self.subscription(behaviour, joinedDay, startDay, &random)
        baseHazard = Self.hazard(behaviour, planIndex, activity, &random)

        // What can be seen of a member says something about how rewards work on it, but not everything.
        var rest = random.uniform()
        var chosen = behaviour.responses.count - 1
        for (place, response) in behaviour.responses.dropLast().enumerated() {
            var share = response.share + (tenure < 365 ? response.recent : 0)
            for (channel, more) in habits.likedChannels[place]
            where Self.tilt(seed, Self.channelPlace + channel) > 1 { share += more }
            rest -= max(0, share)
            if rest < 0 {
                chosen = place
                break
            }
        }
        responseIndex = chosen
    }

    private static func subscription(
        _ behaviour: Behaviour, _ joined: Int, _ start: Int, _ random: inout SplitMix64
    ) -> (Int, Int?) {
        let paying = random.uniform()
        let conversion = random.index(below: 365)
        var rest = paying
        let plans = behaviour.subscription?.plans ?? []
        for (place, plan) in plans.enumerated() {
            rest -= plan.share
            if rest < 0 { return (place, joined) }
        }
        for (place, plan) in plans.enumerated() {
            rest -= plan.later
            if rest < 0 { return (place, max(joined, start) + conversion) }
        }
        return (-1, nil)
    }

    private static func hazard(
        _ behaviour: Behaviour, _ plan: Int, _ activity: Double, _ random: inout SplitMix64
    ) -> Double {
        let frailty = random.normal()
        guard plan >= 0, let terms = behaviour.subscription else { return 0 }
        switch terms.plans[plan].hazard {
        case .usual(let usual):
            let own = usual * ExactMathematics.exp(terms.frailty * frailty + terms.activity * activity)
            return usual == 0 ? 0 : min(0.5, max(0.002, own))
        case .beta(let one, let other): return random.beta(one, other)
        }
    }

    public var group: Behaviour.Group { habits.behaviour.groups[groupIndex] }
    /// The id of the pattern of hours; empty where the behaviour has none.
    public var rhythm: String {
        habits.behaviour.rhythms.indices.contains(rhythmIndex) ? habits.behaviour.rhythms[rhythmIndex].id : ""
    }
    public var zone: SimulatedZone { habits.behaviour.places[placeIndex].zone }
    /// `nl`, `en` or `ja`.
    public var language: String { habits.behaviour.places[placeIndex].language.rawValue }
    /// What ties the person to the house; `nil` for nothing.
    public var plan: Behaviour.Plan? { planIndex < 0 ? nil : habits.behaviour.subscription?.plans[planIndex] }
    public var response: Behaviour.Response { habits.behaviour.responses[responseIndex] }

    /// The id under which senders know the person: `p` and eight letters or digits.
    public var key: String { "p" + PersonKeys.text(PersonKeys.scramble(UInt64(index)), digits: 8) }

    /// The id of the person's device, from before it is known whose it is.
    public var deviceKey: String { "d" + PersonKeys.text(SplitMix64.mix(seed) >> 10, digits: 10) }

    /// A stable id for experiments inside the simulation.
    public var unit: ID128 { ID128(high: SplitMix64.mix(seed ^ 1), low: SplitMix64.mix(seed ^ 2)) }

    /// A name for the vault, invented.
    public var name: String { FictionalNames.name(language: language, seed: seed) }

    /// An address that leads nowhere (RFC 2606).
    public var email: String { "\(key)@example.org" }

    /// How much each subject is liked, compared with the others: the group's weight and the person's own tilt, adding up to 1.
    public var tastes: [(subject: String, weight: Double)] { tastes(isMoved: false) }

    /// - Parameter moved: after rewards have moved the person, if they do.
    public func tastes(isMoved moved: Bool) -> [(subject: String, weight: Double)] {
        let subjects = habits.behaviour.subjects
        let factor = moved ? response.moves : 1
        let weights = subjects.indices.map {
            habits.tastes[groupIndex][$0] * tilt(subject: $0) * (habits.isMoved[$0] ? factor : 1)
        }
        let sum = weights.reduce(0, +)
        return subjects.indices.map { (subjects[$0], sum > 0 ? weights[$0] / sum : 0) }
    }

    /// Shares of the channels, adding up to 1.
    public var channels: [(channel: String, share: Double)] {
        let channels = habits.behaviour.channels
        let weights = channels.indices.map { habits.channelWeights[groupIndex][$0] * tilt(channel: $0) }
        let sum = weights.reduce(0, +)
        return channels.indices.map { (channels[$0].id, sum > 0 ? weights[$0] / sum : 0) }
    }

    /// The person's own chance of doing something after something else; 0 for most people where few do it.
    func chance(of after: Behaviour.After, event: Int) -> Double {
        var random = SplitMix64(seed: SplitMix64.seed(seed, 8, UInt64(event)))
        guard random.chance(after.share) else { return 0 }
        return after.chance.from + (after.chance.to - after.chance.from) * random.uniform()
    }

    func tilt(subject: Int) -> Double { Self.tilt(seed, subject) }
    func tilt(channel: Int) -> Double { Self.tilt(seed, Self.channelPlace + channel) }

    static let largestTilt = 3.6
    private static let channelPlace = 1_000
    private static let tiltLevels = [0.2, 0.4, 0.7, 1.0, 1.0, 1.5, 2.3, largestTilt]

    private static func tilt(_ seed: UInt64, _ place: Int) -> Double {
        tiltLevels[Int(SplitMix64.mix(seed &+ UInt64(place + 1) &* 0xA24B_AED4_963E_E407) >> 61)]
    }

    private static func choose(_ shares: [Double], _ uniform: Double) -> Int {
        var rest = uniform
        for (place, share) in shares.enumerated() {
            rest -= share
            if rest < 0 { return place }
        }
        return max(0, shares.count - 1)
    }
}
