import Loyalty
import Primitives

/// A behaviour as the planner looks it up for every person and visit: numbers instead of names.
final class Habits: Sendable, Hashable {
    let behaviour: Behaviour
    /// By group.
    let groupShares: [Double]
    let logVisits: [Double]
    let rhythmWeights: [[Double]]
    let tastes: [[Double]]
    let channelWeights: [[Double]]
    let subjectTables: WeightedRows
    let channelTables: WeightedRows
    let placeShares: [Double]
    /// Cumulative shares of the hours, by rhythm, first for working days.
    let hours: [[[Double]]]
    /// By plan, the factor on the chance of leaving of someone who has renewed that often.
    let tenureFactors: [[Double]]
    /// By subject, whether rewards move people towards it.
    let isMoved: [Bool]
    let largestMove: Double
    /// No factor of visits is larger.
    let largestActivity: Double
    let likedChannels: [[(channel: Int, share: Double)]]

    init(_ behaviour: Behaviour) {
        self.behaviour = behaviour
        func shares(_ weights: [Double]) -> [Double] {
            let sum = weights.reduce(0, +)
            return sum > 0 ? weights.map { $0 / sum } : weights.map { _ in 1 / Double(max(1, weights.count)) }
        }
        let (groups, channels) = (behaviour.groups, behaviour.channels)
        groupShares = shares(groups.map(\.share))
        placeShares = shares(behaviour.places.map(\.share))
        logVisits = groups.map { $0.visits > 0 ? ExactMathematics.log($0.visits) : -700 }
        rhythmWeights = groups.map { group in shares(behaviour.rhythms.map { group.hours[$0.id] ?? 0 }) }
        tastes = groups.map { group in shares(behaviour.subjects.map { group.tastes[$0] ?? 0 }) }
        channelWeights = groups.map { group in shares(channels.map { group.channels[$0.id] ?? 0 }) }
        subjectTables = WeightedRows(tastes)
        channelTables = WeightedRows(channelWeights)
        hours = behaviour.rhythms.map { rhythm in
            [rhythm.hours, Self.weekend(rhythm.hours)].map { weights in
                var sum = 0.0
                return shares(weights).map { share in
                    sum += share
                    return sum
                }
            }
        }
        let settling = behaviour.subscription?.settling ?? Behaviour.Settling()
        tenureFactors = (behaviour.subscription?.plans ?? []).map { plan in
            var power = 1.0
            let months = (0..<240).map { _ in
                defer { power *= settling.each }
                return settling.floor + settling.newcomers * power
            }
            return (0..<120).map { months[min(239, $0 * plan.months)] }
        }
        isMoved = behaviour.subjects.map { behaviour.moves.contains($0) }
        largestMove = max(1, behaviour.responses.map(\.moves).max() ?? 1)
        largestActivity = max(1, behaviour.responses.map(\.visits).max() ?? 1)
        likedChannels = behaviour.responses.map { response in
            channels.indices.compactMap { place in response.likes[channels[place].id].map { (place, $0) } }
        }
    }

    /// Weights of the hours of a Saturday or Sunday: later and slower.
    private static func weekend(_ weekday: [Double]) -> [Double] {
        let later = Array(weekday.suffix(2) + weekday.dropLast(2))
        let scale = weekday.reduce(0, +) / Self.leisurely.reduce(0, +)
        return zip(later, Self.leisurely).map { 0.5 * $0 + 0.5 * scale * $1 }
    }

    private static let leisurely: [Double] = [
        1, 0, 0, 0, 0, 0, 1, 3, 7, 11, 12, 10, 7, 5, 5, 5, 5, 5, 5, 5, 6, 6, 4, 2,
    ]

    static func == (left: Habits, right: Habits) -> Bool { left === right || left.behaviour == right.behaviour }
    func hash(into hasher: inout Hasher) { hasher.combine(behaviour.id) }

    // MARK: Draws

    /// A subject with probability proportional to what the person likes: the group's weights, kept with the share that the
    /// person's own tilt is of the largest.
    func subject(of member: SimulatedMember, isMoved moved: Bool, using random: inout SplitMix64) -> Int {
        guard !isMoved.isEmpty else { return 0 }
        let factor = moved ? member.response.moves : 1
        let largest = SimulatedMember.largestTilt * largestMove
        var subject = 0
        for _ in 0..<200 {
            subject = subjectTables.pickWithin(member.groupIndex, using: &random)
            let weight = member.tilt(subject: subject) * (isMoved[subject] ? factor : 1)
            if random.chance(weight / largest) { break }
        }
        return subject
    }

    /// A channel, likewise.
    func channel(of member: SimulatedMember, using random: inout SplitMix64) -> Int {
        var channel = 0
        for _ in 0..<64 {
            channel = channelTables.pickWithin(member.groupIndex, using: &random)
            if random.chance(member.tilt(channel: channel) / SimulatedMember.largestTilt) { break }
        }
        return channel
    }
}
