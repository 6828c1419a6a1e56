public import Primitives
public import Storage

extension LoyaltyStore {
    /// The tables whose rows belong to a member.
    static let memberTables = [
        "member", "member_due", "account", "transfer", "entry", "lot", "lot_use", "hold", "redemption", "counter",
        "badge", "entitlement", "explanation", "exposure", "event", "gift", "shared_wallet", "job_member",
        "review_case", "review_device",
        "board_place", "friend", "friend_code",
        "letter", "follow", "proposal_vote", "referral",
        "referral_code",
    ]

    /// Removes everything that is linked to these members and keeps, as figures of the programme, what the books need:
    /// what they had of every account, what budgets gave them and what they took of rewards. A reward that was only set
    /// aside for them goes back into stock.
    ///
    /// Idempotent: what is not there is not counted again.
    ///
    /// - Returns: how many rows went.
    @discardableResult
    public func erase(_ members: [MemberID], _ connection: any Connection) throws -> Int {
        var totals = ErasedTotals()
        var rows = 0
        let wallets = try leaveWallets(Set(members), connection)
        for member in Set(members + wallets).sorted() {
            let key: [SQLValue] = [.member(member), .text(programme.name)]
            for row in try connection.query(
                "SELECT unit, kind, balance FROM account WHERE member_id = ? AND programme_id = ?", key)
            {
                totals.add(try row.int(2), to: .account(unit: try row.text(0), kind: try row.int(1)))
            }
            for row in try connection.query(
                """
                SELECT kind, amount, budget, budget_day FROM transfer
                WHERE member_id = ? AND programme_id = ? AND budget IS NOT NULL
                """, key)
            {
                guard let kind = Transfer.Kind(rawValue: try row.int(0)) else {
                    throw LoyaltyStoreProblem.unreadable(table: "transfer")
                }
                totals.add(
                    kind.earnedSign * (try row.int(1)),
                    to: .budget(
                        BudgetBook.Key(budget: try row.text(2), day: Int32(clamping: try row.intOrNil(3) ?? 0))))
            }
            try erasePlay(of: member, connection)
            try eraseMeasures(of: member, connection)
            try eraseRewards(of: member, &totals, connection)
            try eraseFriends(of: member, connection)
            try eraseRaffles(of: member, connection)
            try eraseReferrals(of: member, connection)
            try eraseProposals(of: member, connection)
            for table in Self.memberTables {
                rows += try connection.execute("DELETE FROM \(table) WHERE member_id = ? AND programme_id = ?", key)
            }
        }
        try totals.add(to: programme, connection)
        return rows
    }

    /// Whether the main database holds anything under this pseudonym.
    public func holds(_ member: MemberID, _ connection: any Connection) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM member WHERE member_id = ? AND programme_id = ?",
            [.id(member.value), .text(programme.name)]) != nil
    }

    /// All records that turned out to be the same person as `member`, itself included; empty when there is none.
    ///
    /// - Complexity: reads the table of members once per merge level. The vault knows the same faster; this is for
    ///   members that only the main database knows.
    public func records(of member: MemberID, _ connection: any Connection) throws -> [MemberID] {
        guard try holds(member, connection) else { return [] }
        var survivor = member
        for _ in 0..<32 {
            let row = try connection.first(
                "SELECT merged_into FROM member WHERE member_id = ? AND programme_id = ?",
                [.id(survivor.value), .text(programme.name)])
            guard let into = try row?.idOrNil(0) else { break }
            survivor = MemberID(into)
        }
        var all = [survivor]
        var next = 0
        while next < all.count {
            all += try connection.query(
                "SELECT member_id FROM member WHERE merged_into = ? AND programme_id = ?",
                [.id(all[next].value), .text(programme.name)]
            ).map { try $0.member(0) }
            next += 1
        }
        return all
    }

    /// Removes entries from quarantine.
    public func release(_ ids: [ID128], _ connection: any Connection) throws {
        for id in ids { _ = try release(id, connection) }
    }
}

/// What erased members leave behind: sums without a member and without a time.
struct ErasedTotals: Sendable {
    enum Figure: Sendable, Hashable {
        /// The sum of their balances; over all kinds of a unit it is zero.
        case account(unit: String, kind: Int64)
        case budget(BudgetBook.Key)
        /// How many of a reward, or of one of its slots, they have.
        case place(RewardPlace)
        /// Points they gave to a cause.
        case donation(reward: String)

        var columns: (kind: String, subject: String, part: Int64) {
            switch self {
            case .account(let unit, let kind): ("account", unit, kind)
            case .budget(let key): ("budget", key.budget, Int64(key.day))
            // No name of a reward has a space in it.
            case .place(let place): ("stock", place.slot.isEmpty ? place.reward : place.reward + " " + place.slot, 0)
            case .donation(let reward): ("donation", reward, 0)
            }
        }

        init?(kind: String, subject: String, part: Int64) {
            switch kind {
            case "account": self = .account(unit: subject, kind: part)
            case "budget": self = .budget(BudgetBook.Key(budget: subject, day: Int32(clamping: part)))
            case "stock":
                let parts = subject.split(separator: " ", maxSplits: 1).map(String.init)
                self = .place(RewardPlace(parts.first ?? "", slot: parts.count > 1 ? parts[1] : ""))
            case "donation": self = .donation(reward: subject)
            default: return nil
            }
        }
    }

    private(set) var amounts: [Figure: Int64] = [:]

    mutating func add(_ amount: Int64, to figure: Figure) { amounts[figure, default: 0] += amount }

    /// Adds these to what is kept.
    func add(to programme: ProgrammeID, _ connection: any Connection) throws {
        let rows = amounts.filter { $0.value != 0 }.map { ($0.key.columns, $0.value) }
        for (columns, amount) in rows.sorted(by: { $0.0 < $1.0 }) {
            try connection.execute(
                """
                INSERT INTO erased_total (programme_id, kind, subject, part, amount) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (programme_id, kind, subject, part)
                DO UPDATE SET amount = erased_total.amount + excluded.amount
                """,
                [
                    .text(programme.name), .text(columns.kind), .text(columns.subject), .integer(columns.part),
                    .integer(amount),
                ])
        }
    }

    /// What is kept of a programme's erased members.
    static func load(_ programme: ProgrammeID, _ connection: any Connection) throws -> ErasedTotals {
        var totals = ErasedTotals()
        for row in try connection.query(
            "SELECT kind, subject, part, amount FROM erased_total WHERE programme_id = ?", [.text(programme.name)])
        {
            guard let figure = Figure(kind: try row.text(0), subject: try row.text(1), part: try row.int(2)) else {
                throw LoyaltyStoreProblem.unreadable(table: "erased_total")
            }
            totals.add(try row.int(3), to: figure)
        }
        return totals
    }
}

extension Transfer.Kind {
    /// How a transfer counts in what rules gave: 1 for earning, -1 for taking back, 0 for the rest.
    var earnedSign: Int64 {
        switch self {
        case .earn: 1
        case .reverse, .correct: -1
        default: 0
        }
    }
}
