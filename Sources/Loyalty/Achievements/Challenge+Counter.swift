public import Primitives

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

    /// What the completion of one period is caused by, for effect ids.
    static func cause(of days: Range<Int32>, round: Int64) -> ID128 {
        ID128(high: UInt64(bitPattern: round), low: UInt64(UInt32(bitPattern: days.lowerBound)))
    }
}

extension MemberState {
    /// How often a challenge was completed, under its former terms as well.
    public func completions(of challenge: String) -> Int64 {
        (counters[CompiledChallenge.counter(of: challenge)]?.granted ?? 0)
            + (counters[CompiledChallenge.earlier(of: challenge)]?.granted ?? 0)
    }
}
