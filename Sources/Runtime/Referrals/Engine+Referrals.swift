public import Loyalty
public import Primitives
import Storage
import Vault

/// What a member sees of bringing others.
public struct ReferralStanding: Sendable {
    public var referral: Referral
    public var code: SharingCode
    /// The link with the code in it.
    public var link: String
    /// Friends who wait, and friends who came to stay.
    public var waiting: Int64
    public var friends: Int64
    public var ambassador: Referral.Ambassador?
    /// Since when it was reached.
    public var ambassadorSince: Int32?
    /// Standings to which staff invite the member.
    public var invitations: [Referral.Ambassador]
    /// The next standing to which friends lead.
    public var next: Referral.Ambassador?
    /// Where the member's own referral stands; `nil` for who named nobody.
    public var mine: ReferralState?
    /// Whether the member may still say who brought them.
    public var mayClaim: Bool
}

extension Engine {
    /// The most friends of one advocate that are compared with each other.
    static let comparedFriends = 200
    /// The longest circle that is looked for.
    static let circle = 10

    /// A member's code: derived from who they are and how often they drew another one, under the home's key.
    private func referralCode(of member: MemberID, draw: Int64, in programme: ProgrammeID) -> SharingCode {
        SharingCode(claims.id(ofParts: "referral-code", programme.name, member.description, String(draw)))
    }

    private func stored(_ code: SharingCode, in programme: ProgrammeID) -> ID128 {
        claim(programme: programme, source: "referral", id: code.text).asUUID(version: 8)
    }

    /// What a member may see; `nil` where the programme has no referral, or nobody knows the member.
    public func referral(of member: MemberID, in programme: ProgrammeID) async throws -> ReferralStanding? {
        guard let compiled = host[programme], let referral = compiled.programme.referral,
            let state = try await referralMember(member, in: programme)
        else { return nil }
        let code = referralCode(of: state.id, draw: state.referralDraw, in: programme)
        let id = stored(code, in: programme)
        let store = LoyaltyStore(programme: programme)
        let records = [state.id] + state.absorbedRecords
        let (owner, all, own) = try await database.read { connection in
            (
                try store.advocate(code: id, connection),
                try records.flatMap { try store.referrals(by: $0, limit: 1_000, connection) },
                try records.compactMap { try store.referral(of: $0, connection) }
            )
        }
        if owner != state.id {
            let owner = state.id
            _ = try await perform(.referral(.open), member: owner, in: programme)
            _ = try await perform(
                .alone(Alone(write: { try store.keep(code: id, of: owner, $0) })),
                member: MemberID(ID128(high: 0, low: 0)), in: programme)
        }
        let today = compiled.calendar(of: state.profile, offsets: zones).day(of: clock.now())
        return ReferralStanding(
            referral: referral, code: code, link: referral.link.replacing("{code}", with: code.text),
            waiting: Int64(all.count { $0.state == .open }), friends: state.friends,
            ambassador: state.ambassador(in: referral),
            ambassadorSince: state.ambassador(in: referral).flatMap { state.ambassadorSince($0.id) },
            invitations: state.ambassadorInvitations(in: referral),
            next: referral.ambassadors.first { standing in
                state.ambassadorSince(standing.id) == nil && standing.at.map { $0 > state.friends } ?? false
            },
            mine: own.first?.state,
            mayClaim: state.referralClaim == nil && today <= state.profile.joinedDay + referral.claim)
    }

    private func referralMember(_ member: MemberID, in programme: ProgrammeID) async throws -> MemberState? {
        let store = LoyaltyStore(programme: programme)
        // Who is seen for the first time joins today.
        let today = host[programme]?.calendar(offsets: zones).day(of: clock.now()) ?? 0
        return try await database.read { connection in
            guard let state = try store.load([member], joinedDay: today, connection)[member] else { return nil }
            guard let into = state.profile.mergedInto else { return state }
            return try store.load([into], joinedDay: today, connection)[into] ?? state
        }
    }

    /// Whose code it is.
    public func advocate(code: SharingCode, in programme: ProgrammeID) async throws -> MemberID? {
        let store = LoyaltyStore(programme: programme)
        let id = stored(code, in: programme)
        return try await database.read { try store.advocate(code: id, $0) }
    }

    /// How many referrals there are of each state.
    public func referralCounts(in programme: ProgrammeID) async throws -> [ReferralState: Int64] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.referralCounts($0) }
    }

    /// Members in a standing, in the order of their pseudonyms.
    public func ambassadors(
        in standing: String, after: MemberID? = nil, limit: Int, of programme: ProgrammeID
    ) async throws -> [AmbassadorRecord] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            let members = try store.ambassadors(standing, after: after, limit: limit, connection)
            let states = try store.load(members, joinedDay: 0, connection)
            return members.compactMap { member in
                guard let state = states[member], let since = state.ambassadorSince(standing) else { return nil }
                return AmbassadorRecord(
                    member: member, standing: standing, since: since, friends: state.friends)
            }
        }
    }

    /// Looks at referrals now: their day has come, or a case of theirs has ended.
    ///
    /// - Returns: why the first could not be settled; the others were.
    func settleReferrals(
        _ records: [ReferralRecord], in programme: ProgrammeID, at now: Instant
    ) async throws -> (any Error)? {
        var commands: [Command] = []
        for record in records {
            let suspicious = try await isSuspicious(record, in: programme)
            commands.append(
                Command(
                    programme: programme, member: record.member,
                    action: .referral(.settle(record: record, suspicious: suspicious)), now: now))
        }
        return try Keeper.refusal(in: try await submit(commands))
    }

    /// Looks at the referrals of members whose cases were decided. Those of records that they took over have their next day.
    func settleReferrals(of members: [MemberID], in programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        let records = try await database.read { connection in
            try members.compactMap { try store.referral(of: $0, connection) }
        }
        let open = records.filter { $0.state == .open }
        if let refusal = try await settleReferrals(open, in: programme, at: clock.now()) { throw refusal }
    }

    /// Whether a friend and who brought them look like one person: they stand in a circle, or share what two people do
    /// not share.
    ///
    /// Everybody has one advocate at most, so whoever brings each other in turn stands in a circle.
    func isSuspicious(_ record: ReferralRecord, in programme: ProgrammeID) async throws -> Bool {
        guard let advocate = record.advocate else { return false }
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            var next: MemberID? = advocate
            for _ in 0..<Self.circle {
                guard let one = next else { break }
                if one == record.member { return true }
                next = try store.referral(of: one, connection)?.advocate
            }
            let friends = try store.referrals(by: advocate, limit: Self.comparedFriends, connection).map(\.member)
            let states = try store.load(
                Set(friends + [advocate, record.member]).sorted(), joinedDay: 0, connection)
            let mine = states[record.member]?.referralShares ?? []
            return states.contains { $0.key != record.member && !$0.value.referralShares.isDisjoint(with: mine) }
        }
    }
}

extension Keeper {
    /// Looks at referrals whose day has come: once a day each, until they end.
    public static func tendReferrals(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws {
        guard let compiled = engine.host[programme], compiled.programme.referral != nil else { return }
        let store = LoyaltyStore(programme: programme)
        let today = compiled.calendar(offsets: engine.zones).day(of: now)
        var last: [ReferralRecord] = []
        var refusal: (any Error)?
        while true {
            let due = try await engine.database.read { try store.dueReferrals(today: today, limit: page, $0) }
            // What could not be settled, because its member is being erased, would be found for ever.
            guard due != last else { break }
            last = due
            refusal = try await engine.settleReferrals(due, in: programme, at: now) ?? refusal
            if due.count < page { break }
        }
        if let refusal { throw refusal }
    }
}

/// A member who brings others, as staff see them.
public struct AmbassadorRecord: Sendable, Hashable {
    public var member: MemberID
    public var standing: String
    public var since: Int32
    public var friends: Int64
}
