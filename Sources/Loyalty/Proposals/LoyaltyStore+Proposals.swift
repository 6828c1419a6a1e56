public import Primitives
public import Storage

extension LoyaltyStore {
    private static let proposalColumns = """
        proposal_id, member_id, state, kind, day, until_day, language, sealed, answer, decided_day, version
        """

    private static func proposal(_ row: Row) throws -> Proposal {
        guard let state = Proposal.State(rawValue: try row.int(2)),
            let kind = Proposal.Kind(rawValue: try row.text(3)), let language = Language(rawValue: try row.text(6))
        else { throw LoyaltyStoreProblem.unreadable(table: "proposal") }
        var proposal = Proposal(
            id: try row.id(0), author: try row.idOrNil(1).map { MemberID($0) }, kind: kind, state: state,
            day: Int32(clamping: try row.int(4)), language: language, sealed: try row.blobOrNil(7) ?? [])
        proposal.until = try row.intOrNil(5).map { Int32(clamping: $0) }
        proposal.answer = try row.textOrNil(8)
        proposal.decidedDay = try row.intOrNil(9).map { Int32(clamping: $0) }
        proposal.version = try row.intOrNil(10)
        return proposal
    }

    public func proposal(_ id: ID128, _ connection: any Connection) throws -> Proposal? {
        try connection.first(
            "SELECT \(Self.proposalColumns) FROM proposal WHERE programme_id = ? AND proposal_id = ?",
            [.text(programme.name), .id(id)]
        ).map { try Self.proposal($0) }
    }

    /// Proposals in these states, the newest first.
    public func proposals(
        _ states: [Proposal.State], before: (day: Int32, id: ID128)? = nil, limit: Int, _ connection: any Connection
    ) throws -> [Proposal] {
        let wanted = states.map { String($0.rawValue) }.joined(separator: ", ")
        var sql = "SELECT \(Self.proposalColumns) FROM proposal WHERE programme_id = ? AND state IN (\(wanted))"
        var arguments: [SQLValue] = [.text(programme.name)]
        if let before {
            sql += " AND (day < ? OR (day = ? AND proposal_id < ?))"
            arguments += [.integer(Int64(before.day)), .integer(Int64(before.day)), .id(before.id)]
        }
        sql += " ORDER BY day DESC, proposal_id DESC LIMIT ?"
        return try connection.query(sql, arguments + [.integer(Int64(limit))]).map { try Self.proposal($0) }
    }

    /// All proposals of a member.
    public func proposals(of member: MemberID, _ connection: any Connection) throws -> [Proposal] {
        try connection.query(
            """
            SELECT \(Self.proposalColumns) FROM proposal WHERE member_id = ? AND programme_id = ?
            ORDER BY day DESC, proposal_id DESC LIMIT 200
            """, [.member(member), .text(programme.name)]
        ).map { try Self.proposal($0) }
    }

    /// How often a member may think better of a proposal on one day.
    static let withdrawnPerDay: Int64 = 5

    /// How many of a member's proposals wait or are open on a day. Beyond ``withdrawnPerDay``, those that were sent and taken
    /// back on that day count as well: nobody fills the table by proposing and taking back.
    public func openProposals(of member: MemberID, today: Int32, _ connection: any Connection) throws -> Int {
        func count(_ condition: String, _ day: Int32) throws -> Int64 {
            try connection.first(
                "SELECT count(*) FROM proposal WHERE member_id = ? AND programme_id = ? AND \(condition)",
                [.member(member), .text(programme.name), .integer(Int64(day))])?.int(0) ?? 0
        }
        let open = try count("(state = 0 OR (state = 1 AND until_day >= ?))", today)
        let withdrawn = try count("state = 5 AND day = ?", today)
        return Int(open + max(0, withdrawn - Self.withdrawnPerDay))
    }

    /// How the votes on these proposals stand.
    public func votes(on proposals: [ID128], _ connection: any Connection) throws -> [ID128: VoteCount] {
        guard !proposals.isEmpty else { return [:] }
        var counts: [ID128: VoteCount] = [:]
        for row in try connection.query(
            """
            SELECT proposal_id, choice, count(*) FROM proposal_vote
            WHERE programme_id = ? AND proposal_id IN (?*) GROUP BY proposal_id, choice
            """, [.text(programme.name)], keys: proposals.map { .id($0) })
        {
            guard let choice = Proposal.Choice(rawValue: try row.int(1)) else {
                throw LoyaltyStoreProblem.unreadable(table: "proposal_vote")
            }
            let count = try row.int(2)
            switch choice {
            case .inFavour: counts[try row.id(0), default: VoteCount()].inFavour = count
            case .against: counts[try row.id(0), default: VoteCount()].against = count
            }
        }
        return counts
    }

    /// What a member voted.
    public func votes(of member: MemberID, _ connection: any Connection) throws -> [ID128: Proposal.Choice] {
        var votes: [ID128: Proposal.Choice] = [:]
        for row in try connection.query(
            "SELECT proposal_id, choice FROM proposal_vote WHERE member_id = ? AND programme_id = ?",
            [.member(member), .text(programme.name)])
        {
            votes[try row.id(0)] = Proposal.Choice(rawValue: try row.int(1))
        }
        return votes
    }

    /// What an erased member proposed: gone with its votes, but for what was decided on, which stays as a decision
    /// without their words and without them.
    func eraseProposals(of member: MemberID, _ connection: any Connection) throws {
        let key: [SQLValue] = [.member(member), .text(programme.name)]
        let decided = "state IN (3, 4)"
        try connection.execute(
            """
            DELETE FROM proposal_vote WHERE programme_id = ? AND proposal_id IN
            (SELECT proposal_id FROM proposal WHERE member_id = ? AND programme_id = ? AND NOT \(decided))
            """, [.text(programme.name)] + key)
        try connection.execute(
            "DELETE FROM proposal WHERE member_id = ? AND programme_id = ? AND NOT \(decided)", key)
        try connection.execute(
            "UPDATE proposal SET member_id = NULL, sealed = NULL WHERE member_id = ? AND programme_id = ?", key)
    }
}
