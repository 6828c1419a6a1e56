public import Loyalty
public import Primitives
import Storage
import Synchronization
import Vault

/// A redemption with all that its member may see of it.
public struct MemberRedemption: Sendable {
    /// The record it was made under; another than the member's where two turned out to be one.
    public var member: MemberID
    public var record: RedemptionRecord
    public var hold: Hold
    /// The code, once the redemption is confirmed.
    public var code: String?
    /// The ticket to show, while it is one.
    public var ticket: TicketToken?
    /// How to follow the parcel.
    public var tracking: Tracking?
}

/// A reward as the programme's staff see it.
public struct RewardStanding: Sendable {
    public var reward: Reward
    /// How many are taken of it, or of its slots together, offers included; `nil` while it was never counted.
    public var taken: Int64?
    public var left: Int64?
    /// How many there are, taken ones included; `nil` for no end.
    public var stock: Int64?
    public var codes: [CodeState: Int64]
    public var waiting: Int64
    public var donations: DonationTotal?

    /// Whether the pool of codes is nearly empty.
    public var isLow: Bool {
        guard let low = reward.codes?.low else { return false }
        return codes[.free, default: 0] <= low
    }
}

extension Engine {
    /// Puts codes into a reward's pool, sealed. A code that is there already, in whatever state, stays as it is.
    ///
    /// - Returns: how many are new.
    public func addCodes(_ codes: [String], to reward: String, in programme: ProgrammeID) async throws -> Int {
        var rows: [(id: ID128, sealed: [UInt8])] = []
        for code in codes {
            let id = claims.id(ofParts: "code", programme.name, reward, code)
            rows.append((id, try sealer.seal(Array(code.utf8), programme: programme, id: id)))
        }
        let added = Mutex(0)
        let store = LoyaltyStore(programme: programme)
        let work = Alone(write: { [rows] connection in
            let count = try store.addCodes(rows, to: reward, connection)
            added.withLock { $0 = count }
        })
        _ = try await perform(.alone(work), member: MemberID(ID128(high: 0, low: 0)), in: programme)
        return added.withLock { $0 }
    }

    /// All redemptions of a member, those of records they took over included, the latest day first.
    ///
    /// - Parameter only: just this one.
    public func redemptions(
        of member: MemberID, only: ID128? = nil, in programme: ProgrammeID
    ) async throws -> [MemberRedemption] {
        guard let compiled = host[programme] else { return [] }
        let store = LoyaltyStore(programme: programme)
        let sealer = sealer
        let found = try await database.read { connection in
            var found: [MemberRedemption] = []
            guard var state = try store.load([member], joinedDay: 0, connection)[member] else { return found }
            if let into = state.profile.mergedInto,
                let survivor = try store.load([into], joinedDay: 0, connection)[into]
            {
                state = survivor
            }
            var states = [state]
            let others = state.absorbedRecords
            if !others.isEmpty { states += try store.load(others, joinedDay: 0, connection).values }
            for state in states {
                for record in state.redemptions.values where only.map({ $0 == record.id }) ?? true {
                    guard let hold = try store.hold(record.id, of: state.id, connection) else { continue }
                    var one = MemberRedemption(member: state.id, record: record, hold: hold)
                    if let code = record.code, record.state == .confirmed || record.state == .refunded,
                        let sealed = try store.sealedCode(code, of: record.reward, connection), !sealed.isEmpty
                    {
                        one.code = String(
                            decoding: try sealer.open(sealed, programme: programme, id: code), as: UTF8.self)
                    }
                    if !record.tracking.isEmpty {
                        one.tracking = Tracking(
                            text: String(
                                decoding: try sealer.open(record.tracking, programme: programme, id: record.id),
                                as: UTF8.self))
                    }
                    found.append(one)
                }
            }
            return found
        }
        return found.map { one in
            var one = one
            if one.record.state == .confirmed, compiled.rewards[one.record.reward]?.reward.kind.hasTicket == true {
                one.ticket = ticket(one.record.id, of: one.member, in: programme)
            }
            return one
        }.sorted { ($0.record.day, $0.record.id) > ($1.record.day, $1.record.id) }
    }

    /// The form in which a tracking reference is kept.
    public func sealedTracking(
        _ tracking: Tracking, of redemption: ID128, in programme: ProgrammeID
    ) throws -> [UInt8] {
        try sealer.seal(Array(tracking.text.utf8), programme: programme, id: redemption)
    }

    /// All rewards with what is left of them.
    public func rewardStandings(in programme: ProgrammeID) async throws -> [RewardStanding] {
        guard let compiled = host[programme] else { return [] }
        let rewards = compiled.programme.rewards
        let store = LoyaltyStore(programme: programme)
        let (book, codes) = try await database.read { connection in
            (try store.rewardBook(rewards, connection), try store.codeCounts(connection))
        }
        return rewards.map { reward in
            let slots = reward.allSlots
            let places =
                slots.isEmpty ? [RewardPlace(reward.id)] : slots.map { RewardPlace(reward.id, slot: $0.id) }
            let taken = places.compactMap { book.taken[$0] }
            let left =
                slots.isEmpty ? book.left(reward) : slots.compactMap { book.left(reward, slot: $0.id) }.reduce(0, +)
            return RewardStanding(
                reward: reward, taken: taken.isEmpty ? nil : taken.reduce(0, +), left: left.map { max(0, $0) },
                stock: slots.isEmpty ? book.capacity(reward) : slots.reduce(0) { $0 + $1.capacity },
                codes: codes[reward.id] ?? [:],
                waiting: places.reduce(0) { $0 + Int64(book.waiting[$1]?.count ?? 0) },
                donations: book.donations[reward.id])
        }
    }

    /// The slots of a reward that are not over, with how many places each has left.
    public func slotsLeft(of reward: Reward, in programme: ProgrammeID) async throws -> [(slot: Slot, left: Int64)] {
        guard let compiled = host[programme] else { return [] }
        let today = compiled.calendar(offsets: zones).day(of: clock.now())
        let store = LoyaltyStore(programme: programme)
        let book = try await database.read { try store.rewardBook([reward], $0) }
        return reward.allSlots.filter { $0.day >= today }.map { ($0, max(0, book.left(reward, slot: $0.id) ?? 0)) }
    }

    /// A member's places in waiting lists, with how many wait before them.
    public func waitingPlaces(
        of member: MemberID, in programme: ProgrammeID
    ) async throws -> [(place: RewardPlace, entry: WaitingPlace, before: Int64)] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            try store.waitingPlaces(member, connection).map { place, entry in
                (place, entry, try store.waitingBefore(place, number: entry.number, connection))
            }
        }
    }
}
