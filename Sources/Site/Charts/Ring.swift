/// How far something is, as a ring.
enum Ring {
    /// A share in whole per cents for the dashes of a ring that is 100 around: something begun is never nothing, and
    /// something unfinished never whole.
    static func percent(of share: Double) -> Int {
        guard share > 0 else { return 0 }
        guard share < 1 else { return 100 }
        return min(max(Int(share * 100 + 1e-9), 1), 99)
    }

    /// Of `done` of `target`; a target below one counts as reached.
    static func percent(of done: Int64, in target: Int64) -> Int {
        target < 1 ? 100 : percent(of: Double(done) / Double(target))
    }
}
