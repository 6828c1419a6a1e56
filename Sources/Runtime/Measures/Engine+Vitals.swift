internal import Assignment
public import Loyalty
public import Primitives
internal import Storage

extension Engine {
    /// How a programme's members keep coming, from a sample of them that is another one each day.
    ///
    /// - Parameters:
    ///   - today: the programme's day.
    ///   - sample: so many members are looked at: with 2,000 a share is known to two points in a hundred.
    public func vitals(of programme: ProgrammeID, today: Int32, sample: Int = 2_000) async throws -> Vitals? {
        guard let compiled = host[programme] else { return nil }
        let store = LoyaltyStore(programme: programme)
        var seed = SplitMix64(seed: UInt64(UInt32(bitPattern: today)))
        let place = MemberID(ID128(high: seed.next(), low: seed.next()))
        let people = try await database.read { connection in
            try store.attendance(from: place, limit: sample, since: today - 2 * Vitals.window, connection)
        }
        let holdOuts = compiled.programme.rules.filter { $0.holdoutBasisPoints > 0 }.map { rule in
            Vitals.HoldOut(rule: rule.id) { member in
                Assignment.bucket(unit: member.value, salt: rule.id) < rule.holdoutBasisPoints
            }
        }
        return Vitals(people, today: today, holdOuts: holdOuts)
    }
}
