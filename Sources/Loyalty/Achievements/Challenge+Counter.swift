import Primitives

extension Counter {
    /// For challenges: the version with which the member last began anew or the periods were drawn anew; 0 for never.
    /// What is completed after it is another completion than one of the same period before.
    var round: Int64 {
        get { refused }
        set { refused = newValue }
    }
}

extension CompiledChallenge {
    /// The name of the counter of completions from before the challenge was changed.
    public static func earlier(of id: String) -> String { "completed/" + id }

    /// What a completion is caused by, for effect ids.
    static func cause(of completion: ChallengeCompletion, round: Int64) -> ID128 {
        ID128(
            high: UInt64(bitPattern: round),
            low: UInt64(UInt32(bitPattern: completion.period)) | UInt64(completion.stage) << 32)
    }
}

extension MemberState {
    /// In how many periods a challenge was completed to its last stage, under its former terms as well.
    public func completions(of challenge: Challenge) -> Int64 {
        if challenge.team != nil {
            let last = Int32(challenge.completions.count - 1)
            let awards = counters[MemberState.teamAwards(of: challenge.id)]?.marks ?? []
            return awards.reduce(0) { $1.slot == last ? $0 + $1.count : $0 }
        }
        let counter = counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty
        let earlier = counters[CompiledChallenge.earlier(of: challenge.id)]?.granted ?? 0
        guard challenge.stages.count > 1 else { return counter.granted + earlier }
        let last = challenge.stages.count - 1
        return Int64(evaluation(of: challenge).completions.count { $0.stage == last }) + earlier
    }

    /// Whether what a challenge asks for first is there.
    public func isUnlocked(_ challenge: Challenge) -> Bool {
        (counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty).unlocked(challenge) != nil
    }
}
