import Loyalty
public import Primitives

extension MemberSummary {
    /// How far a member is in one challenge today.
    public struct ChallengeProgress: Sendable, Hashable {
        public struct Stage: Sendable, Hashable {
            public var id: String
            public var at: Int64
            public var isReached: Bool
        }

        public struct Step: Sendable, Hashable {
            public var count: Int64
            public var needed: Int64
        }

        public struct Value: Sendable, Hashable {
            public var value: String
            public var isThere: Bool
        }

        public var challenge: String
        public var count: Int64
        public var target: Int64
        /// `day` to `ever`, `days` for periods of their own length, `rolling`, or `season`.
        public var period: String
        /// When the period ends; `nil` for challenges without end.
        public var endsAt: Instant?
        /// In how many periods it was completed.
        public var completions: Int64
        /// Whether it runs today.
        public var isRunning: Bool
        /// Whether its prerequisites are met.
        public var isUnlocked: Bool
        /// Whether the member has joined; `nil` where nobody needs to.
        public var isJoined: Bool?
        /// Between which numbers the member may choose the target.
        public var goal: ClosedRange<Int64>?
        public var stages: [Stage] = []
        public var steps: [Step] = []
        /// Of a set that is collected: which are there. Empty where which ones they were is not kept.
        public var values: [Value] = []
        public var isComplete: Bool { count >= target }

        init(_ challenge: Challenge, _ state: MemberState, _ calendar: MemberCalendar, day: Int32) {
            let evaluation = state.evaluation(of: challenge)
            let standing = evaluation.standing(on: day)
            self.challenge = challenge.id
            count = standing?.value ?? 0
            target = standing?.target ?? challenge.finish
            isRunning = standing != nil
            isUnlocked = state.isUnlocked(challenge)
            isJoined = challenge.isJoined ? state.isJoined(challenge.id, on: day) : nil
            goal = challenge.goal
            let isEndless = challenge.every == .ever && challenge.cycle == nil
            switch challenge.cycle {
            case .days: period = "days"
            case .rolling: period = "rolling"
            case nil: period = isEndless && challenge.season != nil ? "season" : challenge.every.rawValue
            }
            if let days = standing?.days, days.upperBound < Int32.max, period != "rolling" {
                endsAt = calendar.start(of: days.upperBound)
            }
            completions = state.completions(of: challenge)
            stages = challenge.stages.map { Stage(id: $0.id, at: $0.at, isReached: (standing?.value ?? 0) >= $0.at) }
            switch challenge.measure {
            case .events, .sum: break
            case .distinct(let distinct):
                let isNamed = standing.map { !$0.hasUnnamed } ?? true
                guard isNamed else { break }
                values = distinct.within.map { Value(value: $0, isThere: standing?.has($0) ?? false) }
            case .steps(let all, _):
                steps = zip(all, standing?.steps ?? all.map { _ in 0 }).map { Step(count: $1, needed: $0.count) }
            }
        }
    }
}
