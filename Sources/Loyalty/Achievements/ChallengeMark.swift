import Assignment
import Primitives

/// What one event adds to a challenge, without its day.
public struct ChallengeMark: Sendable, Hashable {
    /// The step that it belongs to, from 1; 0 where there are none.
    var slot: Int32 = 0
    /// The amount of a sum, the value of a distinct thing, else 1.
    var size: Int64 = 1
    var count: Int64 = 1
}

extension ChallengeMark {
    /// The size of one more thing that counts, of which it is not kept which one it was.
    static let unnamed: Int64 = 0

    /// A value as a mark's size: 48 bits of its hash, at least 1. Values that share one are taken for the same thing; among
    /// a thousand values of one member that has a chance of one in half a billion.
    static func size(of value: String) -> Int64 {
        var value = value
        let hash = value.withUTF8 { bytes in
            XXHash64.hash(bytes.span, seed: 0x6368_616C_6C65_6E67)
        }
        return max(1, Int64(hash & 0xFFFF_FFFF_FFFF))
    }

    /// The slot of the mark that says from which day on a prerequisite is met.
    static func prerequisite(_ index: Int) -> Int32 { Int32(-1 - index) }
}

extension Counter {
    /// The day from which on a prerequisite is met, whatever was learned later.
    func unlocked(_ index: Int) -> Int32? {
        let slot = ChallengeMark.prerequisite(index)
        return marks.first { $0.slot == slot }?.day
    }

    /// The day from which on all prerequisites of a challenge are met.
    func unlocked(_ challenge: Challenge) -> Int32? {
        var latest = Int32.min
        for index in challenge.after.indices {
            guard let day = unlocked(index) else { return nil }
            latest = max(latest, day)
        }
        return latest
    }
}
