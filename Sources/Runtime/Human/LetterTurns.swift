import Loyalty
import Primitives
import Synchronization

/// What was weighed without anybody being asked for: the keeper comes by every minute, and as long as nothing of it has
/// changed, nobody would be asked for again.
final class LetterTurns: Sendable {
    /// All that the choice of a day follows from, as far as it is cheap to know.
    struct Standing: Sendable, Equatable {
        var day: Int32
        var version: Int64
        /// How many letters each signer was asked for today.
        var asked: [String: Int]
        /// How many letters wait, and of when the latest is.
        var waiting: Int64
        var newest: Int32
    }

    private let fruitless = Mutex<[ProgrammeID: Standing]>([:])
    private let count = Mutex<Int>(0)

    /// How often letters were weighed.
    var weighings: Int { count.withLock { $0 } }

    func isFruitless(_ standing: Standing, in programme: ProgrammeID) -> Bool {
        fruitless.withLock { $0[programme] == standing }
    }

    func weighed(_ standing: Standing, in programme: ProgrammeID, asked: Int) {
        count.withLock { $0 += 1 }
        fruitless.withLock { $0[programme] = asked == 0 ? standing : nil }
    }
}
