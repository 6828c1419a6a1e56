public import Primitives
public import Storage

extension LoyaltyStore {
    /// Whose gift it is that a code stands for; `nil` if there is none.
    public func giver(of gift: ID128, _ connection: any Connection) throws -> MemberID? {
        try connection.first(
            "SELECT member_id FROM gift WHERE gift_id = ? AND programme_id = ?", [.id(gift), .text(programme.name)]
        ).map { try $0.member(0) }
    }

    /// The wallet that an invitation is for; `nil` if there is none.
    public func wallet(invitation: ID128, _ connection: any Connection) throws -> MemberID? {
        try connection.first(
            "SELECT member_id FROM shared_wallet WHERE invitation = ? AND programme_id = ?",
            [.id(invitation), .text(programme.name)]
        ).map { try $0.member(0) }
    }

    /// The members of a wallet, those who left too, by when they came.
    public func members(
        of wallet: MemberID, _ connection: any Connection
    ) throws -> [(member: MemberID, membership: Membership)] {
        try connection.query(
            """
            SELECT member_id, wallet_id, kind, role, since_day, shows, given FROM wallet_member
            WHERE wallet_id = ? AND programme_id = ? ORDER BY since_day, member_id
            """, [.id(wallet.value), .text(programme.name)]
        ).map { (try $0.member(0), try Self.membership($0)) }
    }

    func loadSharing(
        _ keys: [SQLValue], into states: inout [MemberID: MemberState], _ connection: any Connection
    ) throws {
        for row in try connection.query(
            """
            SELECT member_id, wallet_id, kind, role, since_day, shows, given FROM wallet_member
            WHERE member_id IN (?*)
            """, keys: keys)
        {
            let membership = try Self.membership(row)
            states[try row.member(0)]?.memberships[membership.wallet] = membership
        }
        var wallets: [SQLValue] = []
        for row in try connection.query(
            "SELECT member_id, kind, opened_day, invitation FROM shared_wallet WHERE member_id IN (?*)", keys: keys)
        {
            let wallet = try row.member(0)
            wallets.append(.id(wallet.value))
            states[wallet]?.shared = SharedWallet(
                kind: try row.text(1), openedDay: Int32(clamping: try row.int(2)), invitation: try row.id(3))
        }
        guard !wallets.isEmpty else { return }
        for row in try connection.query(
            "SELECT wallet_id FROM wallet_member WHERE role > 0 AND wallet_id IN (?*)", keys: wallets)
        {
            states[try row.member(0)]?.shared?.memberCount += 1
        }
    }

    private static func membership(_ row: Row) throws -> Membership {
        guard let role = Membership.Role(rawValue: try row.int(3)) else {
            throw LoyaltyStoreProblem.unreadable(table: "wallet_member")
        }
        return Membership(
            wallet: try row.member(1), kind: try row.text(2), role: role, since: Int32(clamping: try row.int(4)),
            shows: try row.flag(5), given: try Membership.given(try row.text(6)))
    }

    /// Takes erased members out of their wallets. A wallet whose owner goes is its longest-standing member's; one that
    /// nobody belongs to any more goes as well, and what is in it into the figures of the erased.
    ///
    /// - Returns: the wallets that go.
    func leaveWallets(_ members: Set<MemberID>, _ connection: any Connection) throws -> [MemberID] {
        var wallets: Set<MemberID> = []
        for member in members {
            let key: [SQLValue] = [.member(member), .text(programme.name)]
            for row in try connection.query(
                "SELECT wallet_id FROM wallet_member WHERE member_id = ? AND programme_id = ?", key)
            {
                wallets.insert(try row.member(0))
            }
            try connection.execute("DELETE FROM wallet_member WHERE member_id = ? AND programme_id = ?", key)
            // Who is erased may be a wallet itself: nobody belongs to it any more.
            try connection.execute("DELETE FROM wallet_member WHERE wallet_id = ? AND programme_id = ?", key)
        }
        var empty: [MemberID] = []
        for wallet in wallets.subtracting(members).sorted() {
            let left = try self.members(of: wallet, connection).filter(\.membership.isCurrent)
            guard let first = left.first else {
                empty.append(wallet)
                try connection.execute(
                    "DELETE FROM wallet_member WHERE wallet_id = ? AND programme_id = ?",
                    [.member(wallet), .text(programme.name)])
                continue
            }
            guard !left.contains(where: { $0.membership.role == .owner }) else { continue }
            try connection.execute(
                "UPDATE wallet_member SET role = ? WHERE member_id = ? AND wallet_id = ? AND programme_id = ?",
                [
                    .integer(Membership.Role.owner.rawValue), .member(first.member), .member(wallet),
                    .text(programme.name),
                ])
        }
        return empty
    }
}
