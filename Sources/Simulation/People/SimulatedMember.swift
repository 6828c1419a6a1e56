public import Primitives

/// One simulated person. Everything follows from the population's seed and the person's number.
public struct SimulatedMember: Hashable, Sendable {
    /// 0 to the population's size.
    public let index: Int
    public let group: TasteGroup
    /// Visits a day on an ordinary day, before subscription and rewards have their say.
    public let sessionsPerDay: Double
    public let rhythm: Rhythm
    public let zone: SimulatedZone
    /// `nl`, `en` or `ja`.
    public let language: String
    /// First day with the programme, in days since 1970-01-01.
    public let joinedDay: Int
    public let plan: SubscriptionPlan
    /// First day of the subscription, in days since 1970-01-01; `nil` for someone who never takes one.
    public let subscribedDay: Int?
    /// Probability of cancelling at a renewal, before tenure and rewards have their say.
    public let baseHazard: Double
    public let response: RewardResponse
    /// Probability of a comment after reading to the end.
    public let commentRate: Double
    let seed: UInt64
    /// Three bits for each topic, and above them three for each channel.
    let tilts: UInt64

    init(index: Int, populationSeed: UInt64, startDay: Int) {
        let seed = SplitMix64.seed(populationSeed, 1, UInt64(index))
        var random = SplitMix64(seed: seed)
        self.index = index
        self.seed = seed
        let tilts = random.next()
        self.tilts = tilts
        group = Self.choose(TasteGroup.allCases, random.uniform(), \.share) ?? .newsFollower

        let activity = random.normal()
        sessionsPerDay = min(12, Self.exponential(group.logSessionsPerDay + 0.75 * activity))
        rhythm = Self.choose(Rhythm.allCases, random.uniform()) { [group] in group.rhythms[$0.rawValue] } ?? .evening

        let place = random.uniform()
        switch place {
        case ..<0.74: (language, zone) = ("nl", .amsterdam)
        case ..<0.79: (language, zone) = ("nl", .brussels)
        case ..<0.81: (language, zone) = ("nl", .curacao)
        case ..<0.825: (language, zone) = ("nl", .paramaribo)
        case ..<0.89: (language, zone) = ("en", .amsterdam)
        case ..<0.92: (language, zone) = ("en", .london)
        case ..<0.94: (language, zone) = ("en", .newYork)
        case ..<0.96: (language, zone) = ("ja", .amsterdam)
        default: (language, zone) = ("ja", .tokyo)
        }

        let isNew = random.chance(0.15)
        let tenure = isNew ? 0 : min(3_650, Int(random.exponential(rate: 1 / 600.0)))
        joinedDay = isNew ? startDay + random.index(below: 180) : startDay - tenure

        let paying = random.uniform()
        let conversion = random.index(below: 365)
        switch paying {
        case ..<0.45: (plan, subscribedDay) = (.monthly, joinedDay)
        case ..<0.65: (plan, subscribedDay) = (.yearly, joinedDay)
        case ..<0.69: (plan, subscribedDay) = (.monthly, max(joinedDay, startDay) + conversion)
        default: (plan, subscribedDay) = (.none, nil)
        }

        let frailty = random.normal()
        let monthly = 0.03 * Self.exponential(0.5 * frailty - 0.3 * activity)
        baseHazard = min(0.5, max(0.002, plan == .yearly ? 4 * monthly : monthly))

        // What can be seen of a member says something about how rewards work on it, but not everything.
        let likesApp = Self.tilt(tilts, Topic.allCases.count + Channel.app.rawValue) > 1
        let isRecent = tenure < 365
        let persuadable = 0.15 + (likesApp ? 0.20 : 0) + (isRecent ? 0.15 : 0)
        let sleeping = likesApp ? 0.04 : 0.12
        switch random.uniform() {
        case ..<persuadable: response = .persuadable
        case ..<(persuadable + sleeping): response = .sleepingDog
        case ..<(persuadable + sleeping + 0.2): response = .lostCause
        default: response = .sureThing
        }
        commentRate = random.chance(0.15) ? 0.02 + 0.25 * random.uniform() : 0
    }

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

    /// How much a topic is read, compared with the others: the group's weight and the person's own tilt, adding up to
    /// 1.
    public var tastes: [(topic: Topic, weight: Double)] {
        let weights = Topic.allCases.map { group.topicWeights[$0.index] * Self.tilt(tilts, $0.index) }
        let sum = weights.reduce(0, +)
        return Topic.allCases.map { ($0, weights[$0.index] / sum) }
    }

    /// Shares of the channels, adding up to 1.
    public var channels: [(channel: Channel, share: Double)] {
        let weights = Channel.allCases.map { group.channelWeights[$0.rawValue] * Self.tilt(tilts, 12 + $0.rawValue) }
        let sum = weights.reduce(0, +)
        return Channel.allCases.map { ($0, weights[$0.rawValue] / sum) }
    }

    func tilt(_ topic: Topic) -> Double { Self.tilt(tilts, topic.index) }
    func tilt(_ channel: Channel) -> Double { Self.tilt(tilts, 12 + channel.rawValue) }

    static let largestTilt = 3.6

    private static let tiltLevels = [0.2, 0.4, 0.7, 1.0, 1.0, 1.5, 2.3, largestTilt]

    static func tilt(_ bits: UInt64, _ place: Int) -> Double { tiltLevels[Int(bits >> UInt64(3 * place) & 7)] }

    private static func choose<Choice>(_ choices: [Choice], _ uniform: Double, _ share: (Choice) -> Double) -> Choice? {
        var rest = uniform
        for choice in choices {
            rest -= share(choice)
            if rest < 0 { return choice }
        }
        return choices.last
    }
}
