import Crypto
public import Primitives

/// One holder's line of the list of a raffle: a pseudonym of this raffle alone, and how many tickets stand behind it.
public struct RaffleEntry: Sendable, Hashable, Comparable {
    public var id: ID128
    public var tickets: Int64

    public init(id: ID128, tickets: Int64) {
        self.id = id
        self.tickets = tickets
    }

    public static func < (left: RaffleEntry, right: RaffleEntry) -> Bool { left.id < right.id }

    /// What is hashed of it: the sixteen bytes of the pseudonym and the number of tickets, the most significant byte first.
    var leaf: [UInt8] { id.bytes + withUnsafeBytes(of: tickets.bigEndian) { Array($0) } }
}

/// How winners are found: a pure function of the secret that was committed to, the list that was closed, and a public
/// value. `checks/raffle.py` computes the same from the public document.
///
/// 1. The commitment is SHA-256 of the seed, 32 random bytes.
/// 2. The list is sorted by pseudonym; its root is that of ``MerkleTree``.
/// 3. The key is HMAC-SHA256 under the seed over `stamgast-raffle-1`, a zero byte, the root, and the public value as UTF-8.
/// 4. The numbers are the first eight bytes of HMAC-SHA256 under the key over 0, 1, 2, … as eight bytes each. A number
///    at or above the largest multiple of n is left out, the others are taken modulo n: uniform without bias.
/// 5. For each place, n is the number of tickets still in; whose ticket it is, counted through the sorted list, has the
///    place. All tickets of that holder leave, or just one where a member may win several times.
public enum RaffleDraw {
    public static let algorithm = "stamgast-raffle-1"
    public static let seedBytes = 32

    public static func commitment(to seed: [UInt8]) -> [UInt8] { MerkleTree.hash(seed) }

    /// - Parameter entries: sorted.
    public static func tree(_ entries: [RaffleEntry]) -> MerkleTree { MerkleTree(leaves: entries.map(\.leaf)) }

    /// The pseudonyms that are drawn, the first place first; fewer than `places` if the tickets run out.
    ///
    /// - Parameter entries: sorted, each with at least one ticket.
    /// - Complexity: O(n + places · log n).
    public static func order(
        _ entries: [RaffleEntry], seed: [UInt8], root: [UInt8], beacon: String, places: Int, several: Bool
    ) -> [ID128] {
        var numbers = RaffleNumbers(seed: seed, root: root, beacon: beacon)
        var tickets = TicketSums(entries.map(\.tickets))
        var order: [ID128] = []
        while order.count < places, tickets.total > 0 {
            let index = tickets.holder(of: numbers.next(below: UInt64(tickets.total)))
            order.append(entries[index].id)
            tickets.remove(several ? 1 : tickets.counts[index], at: index)
        }
        return order
    }
}

/// The stream of numbers of a draw.
struct RaffleNumbers {
    private let key: SymmetricKey
    private var counter: UInt64 = 0

    init(seed: [UInt8], root: [UInt8], beacon: String) {
        let text = Array(RaffleDraw.algorithm.utf8) + [0] + root + Array(beacon.utf8)
        let code = HMAC<SHA256>.authenticationCode(for: text, using: SymmetricKey(data: seed))
        key = SymmetricKey(data: Array(code))
    }

    /// Uniform on 0..<bound; `bound` is at least 1.
    mutating func next(below bound: UInt64) -> UInt64 {
        // 2^64 modulo the bound: so many numbers at the top would favour the small ones.
        let excess = (UInt64.max % bound + 1) % bound
        while true {
            let message = withUnsafeBytes(of: counter.bigEndian) { Array($0) }
            counter += 1
            let block = HMAC<SHA256>.authenticationCode(for: message, using: key)
            let number = block.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if excess == 0 || number <= UInt64.max - excess { return number % bound }
        }
    }
}

/// Sums of counts that change, as a Fenwick tree (Fenwick 1994).
struct TicketSums {
    private(set) var counts: [Int64]
    private(set) var total: Int64
    private var sums: [Int64]

    init(_ counts: [Int64]) {
        self.counts = counts
        total = counts.reduce(0, +)
        sums = [0] + counts
        for index in sums.indices.dropFirst() {
            let parent = index + (index & -index)
            if parent < sums.count { sums[parent] += sums[index] }
        }
    }

    /// Whose ticket has the number `ticket`, counted from 0.
    func holder(of ticket: UInt64) -> Int {
        var position = 0
        var left = Int64(ticket)
        var step = 1
        while step * 2 < sums.count { step *= 2 }
        while step > 0 {
            let next = position + step
            if next < sums.count, sums[next] <= left {
                position = next
                left -= sums[next]
            }
            step /= 2
        }
        return position
    }

    mutating func remove(_ count: Int64, at index: Int) {
        counts[index] -= count
        total -= count
        var position = index + 1
        while position < sums.count {
            sums[position] -= count
            position += position & -position
        }
    }
}
