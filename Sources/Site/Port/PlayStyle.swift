/// What somebody enjoys in taking part, told in activities.
public enum PlayStyle: String, Sendable, Hashable, CaseIterable {
    case philanthropist, socialiser, achiever, player
    case freeSpirit = "free-spirit"
    case disruptor

    /// The questions, in their order; the answers run from 1, not at all, to 7, entirely.
    public static let questions = 12

    /// Whether a challenge is of the sort.
    func likes(_ challenge: ChallengeProgress) -> Bool {
        switch self {
        case .philanthropist, .socialiser: challenge.isShared
        case .achiever: challenge.shape == .steps || challenge.shape == .tiers
        case .player: challenge.reward != nil
        case .freeSpirit: challenge.shape == .set || challenge.goal != nil
        case .disruptor: challenge.joining == .open || challenge.joining == .joined
        }
    }
}

extension [ChallengeProgress] {
    /// What is open and of a sort that the member enjoys comes first; otherwise as it was.
    func ordered(for styles: [PlayStyle]) -> [ChallengeProgress] {
        guard !styles.isEmpty else { return self }
        func comesFirst(_ challenge: ChallengeProgress) -> Bool {
            challenge.done < challenge.target && styles.contains { $0.likes(challenge) }
        }
        return filter(comesFirst) + filter { !comesFirst($0) }
    }
}
