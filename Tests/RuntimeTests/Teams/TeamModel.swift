/// Teams as one would count them on paper: who was where on which day, and sums. It shares nothing with the product.
struct TeamModel {
    struct Stay {
        var member: Int
        var team: Int
        var from: Int
        /// `nil`: they are still there.
        var to: Int?
    }

    struct Deed {
        var member: Int
        var day: Int
        var points: Int
    }

    enum Gives {
        case each
        case contributors(Int)
        case team
    }

    var stays: [Stay] = []
    var deeds: [Deed] = []

    /// The team of a member's day: of those they belonged to at all, one they stayed in before one they left that day.
    func team(of member: Int, on day: Int) -> Int? {
        let there = stays.filter { $0.member == member && $0.from <= day && ($0.to ?? .max) >= day }
        let staying = there.filter { ($0.to ?? .max) > day }
        return (staying.isEmpty ? there : staying).max { $0.from < $1.from }?.team
    }

    /// Who gets an award of a challenge with this target per week, how often: by member, or by team.
    func awards(weeks: [ClosedRange<Int>], target: Int, sums: Bool, gives: Gives) -> [Int: Int] {
        var awards: [Int: Int] = [:]
        let teams = Set(stays.map(\.team))
        for week in weeks {
            var winners: Set<Int> = []
            for team in teams {
                let ours = deeds.filter { week.contains($0.day) && self.team(of: $0.member, on: $0.day) == team }
                let total = ours.reduce(0) { $0 + (sums ? $1.points : 1) }
                guard total >= target else { continue }
                switch gives {
                case .team: winners.insert(team)
                case .each:
                    for stay in stays where stay.team == team {
                        if stay.from <= week.upperBound, (stay.to ?? .max) >= week.lowerBound {
                            winners.insert(stay.member)
                        }
                    }
                case .contributors(let least):
                    for member in Set(ours.map(\.member)) {
                        let part = ours.filter { $0.member == member }.reduce(0) { $0 + (sums ? $1.points : 1) }
                        if part >= least { winners.insert(member) }
                    }
                }
            }
            for winner in winners { awards[winner, default: 0] += 1 }
        }
        return awards
    }
}
