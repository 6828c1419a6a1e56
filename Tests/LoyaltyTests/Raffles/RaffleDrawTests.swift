import Crypto
import Primitives
import Testing

@testable import Loyalty

/// Known answers are those of `checks/raffle.py`, which shares no code with the product.
@Suite struct RaffleDrawTests {
    static let entries: [RaffleEntry] = (0..<7).compactMap { number in
        let hash = Array(SHA256.hash(data: Array("holder \(number)".utf8)))
        return ID128(bytes: hash.prefix(16)).map { RaffleEntry(id: $0, tickets: Int64(number % 4 + 1)) }
    }.sorted()
    static let seed = [UInt8](0..<32)

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test func rootAndCommitmentAreThoseOfTheOracle() {
        #expect(
            hex(RaffleDraw.tree(Self.entries).root)
                == "9861686ec1080ba1f9438a94698f8eb439508f57f955817fdd2c8b838ac9c148")
        #expect(
            hex(RaffleDraw.tree(Array(Self.entries.prefix(5))).root)
                == "70c539bac51bdc1a61762356cdeb37f8e3ae7d03b872b3b899025f15cca2b019")
        #expect(
            hex(RaffleDraw.tree([]).root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            hex(RaffleDraw.commitment(to: Self.seed))
                == "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd")
    }

    @Test(arguments: [
        ("", false, 20, [3, 4, 2, 5, 0, 6, 1]), ("12 19 33 é", false, 3, [1, 3, 2]), ("", true, 5, [3, 0, 3, 2, 5]),
    ]) func placesAreThoseOfTheOracle(beacon: String, several: Bool, places: Int, expected: [Int]) {
        let order = RaffleDraw.order(
            Self.entries, seed: Self.seed, root: RaffleDraw.tree(Self.entries).root, beacon: beacon, places: places,
            several: several)
        #expect(order == expected.map { Self.entries[$0].id })
    }

    @Test func everyTicketHasTheSameChance() {
        let root = RaffleDraw.tree(Self.entries).root
        var wins: [ID128: Int] = [:]
        let draws = 8_000
        for number in 0..<draws {
            let seed = MerkleTree.hash(Array("seed \(number)".utf8))
            let order = RaffleDraw.order(
                Self.entries, seed: seed, root: root, beacon: "", places: 1, several: false)
            wins[order[0], default: 0] += 1
        }
        let tickets = Double(Self.entries.reduce(0) { $0 + $1.tickets })
        // Chi-squared with six degrees of freedom; 22.5 is exceeded once in a thousand, and the seeds are fixed.
        let chi = Self.entries.reduce(0.0) { sum, entry in
            let expected = Double(draws) * Double(entry.tickets) / tickets
            let difference = Double(wins[entry.id] ?? 0) - expected
            return sum + difference * difference / expected
        }
        #expect(chi < 22.5, "\(chi)")
    }

    @Test func sumsFindTheHolderOfEveryTicket() {
        var sums = TicketSums([2, 0, 3, 1, 5])
        func holders() -> [Int] { (0..<UInt64(sums.total)).map { sums.holder(of: $0) } }
        #expect(holders() == [0, 0, 2, 2, 2, 3, 4, 4, 4, 4, 4])
        sums.remove(3, at: 2)
        sums.remove(1, at: 4)
        #expect(holders() == [0, 0, 3, 4, 4, 4, 4])
    }

    @Test func aPrizeThatIsNotTakenGoesToTheNext() {
        let order = (1...4).map { ID128(high: 0, low: UInt64($0)) }
        func places(_ today: Int32, taken: Set<Int> = [], absent: Set<Int> = []) -> [RafflePlace.State] {
            RafflePlace.assign(
                ["first", "second"], order: order, take: 7, taken: taken, absent: absent, drawn: 100, today: today
            ).map(\.state)
        }
        #expect(places(100) == [.offered, .offered, .reserve, .reserve])
        #expect(places(107, taken: [0]) == [.taken, .offered, .reserve, .reserve])
        #expect(places(108, taken: [0]) == [.taken, .lapsed, .offered, .reserve])
        #expect(places(108, taken: [1, 2]) == [.lapsed, .taken, .taken, .reserve])
        #expect(places(200) == [.lapsed, .lapsed, .lapsed, .lapsed])
        #expect(places(100, absent: [0]) == [.lapsed, .offered, .offered, .reserve])
        let all = RafflePlace.assign(
            ["first", "second"], order: order, take: 7, taken: [], absent: [], drawn: 100, today: 108)
        #expect(all.map(\.prize) == ["first", "second", "first", "second"])
        #expect(all.map(\.until) == [107, 107, 115, 115])
    }
}
