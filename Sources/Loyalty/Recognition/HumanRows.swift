public import Primitives
import Storage

/// What one transaction writes of letters, follows, proposals and votes.
struct HumanRows: Sendable {
    private struct Step: Sendable {
        var sql: String
        var arguments: [SQLValue]
    }

    private var letters = RowBatch(Self.letter)
    private var steps: [Step] = []

    static let letter = BulkStatement.insert(
        into: "letter",
        columns: [
            ("member_id", .id), ("letter_id", .id), ("programme_id", .text), ("occasion", .text),
            ("version", .integer), ("day", .integer), ("number", .integer), ("subject", .text), ("signer", .text),
            ("state", .integer), ("asked_day", .integer), ("sent_day", .integer), ("language", .text),
            ("sealed", .blob), ("reply", .integer),
        ],
        onConflict: .update(
            keys: ["member_id", "letter_id"],
            set: ["signer", "state", "asked_day", "sent_day", "language", "sealed", "reply"]))

    var counts: [(table: String, count: Int)] { [("letter", letters.count), ("human", steps.count)] }

    /// The letters that changed; of one that changed twice the last form counts.
    mutating func add(_ changed: [Letter], of programme: ProgrammeID) {
        var last: [ID128: Letter] = [:]
        for letter in changed { last[letter.id] = letter }
        for letter in last.values.sorted(by: { $0.id < $1.id }) {
            letters.append(
                .id(letter.member.value), .id(letter.id), .text(programme.name), .text(letter.occasion),
                .integer(letter.version), .integer(Int64(letter.day)), .integer(letter.number), .text(letter.subject),
                .text(letter.signer), .integer(letter.state.rawValue),
                letter.askedDay.map { .integer(Int64($0)) } ?? .null,
                letter.sentDay.map { .integer(Int64($0)) } ?? .null,
                letter.language.map { .text($0.rawValue) } ?? .null,
                letter.sealed.isEmpty ? .null : .blob(letter.sealed),
                letter.reply.map { .integer($0.rawValue) } ?? .null)
        }
    }

    /// Letters about whose work a member read say so no more, and what nobody has written is not written.
    mutating func forgetMakers(in occasions: Set<String>, of member: MemberID, _ programme: ProgrammeID) {
        for occasion in occasions.sorted() {
            run(
                """
                UPDATE letter SET subject = '', state = CASE WHEN state < 2 THEN 4 ELSE state END
                WHERE member_id = ? AND programme_id = ? AND occasion = ?
                """, .member(member), .text(programme.name), .text(occasion))
        }
    }

    mutating func follow(_ maker: String, _ follows: Bool, _ member: MemberID, _ programme: ProgrammeID) {
        if follows {
            run(
                "INSERT INTO follow (member_id, maker, programme_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                .member(member), .text(maker), .text(programme.name))
        } else {
            run(
                "DELETE FROM follow WHERE member_id = ? AND maker = ? AND programme_id = ?", .member(member),
                .text(maker), .text(programme.name))
        }
    }

    mutating func put(_ proposal: Proposal, _ programme: ProgrammeID) {
        run(
            """
            INSERT INTO proposal (programme_id, proposal_id, member_id, state, kind, day, until_day, language, sealed,
                answer, decided_day, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (programme_id, proposal_id) DO UPDATE SET state = excluded.state,
                until_day = excluded.until_day, answer = excluded.answer, decided_day = excluded.decided_day,
                version = excluded.version, sealed = excluded.sealed
            """,
            .text(programme.name), .id(proposal.id), proposal.author.map { .member($0) } ?? .null,
            .integer(proposal.state.rawValue), .text(proposal.kind.rawValue), .integer(Int64(proposal.day)),
            proposal.until.map { .integer(Int64($0)) } ?? .null, .text(proposal.language.rawValue),
            proposal.sealed.isEmpty ? .null : .blob(proposal.sealed), proposal.answer.map { .text($0) } ?? .null,
            proposal.decidedDay.map { .integer(Int64($0)) } ?? .null, proposal.version.map { .integer($0) } ?? .null)
    }

    /// `nil` takes the vote back.
    mutating func vote(_ choice: Proposal.Choice?, on proposal: ID128, _ member: MemberID, _ programme: ProgrammeID) {
        run(
            "DELETE FROM proposal_vote WHERE member_id = ? AND proposal_id = ? AND programme_id = ?", .member(member),
            .id(proposal), .text(programme.name))
        guard let choice else { return }
        run(
            "INSERT INTO proposal_vote (member_id, proposal_id, programme_id, choice) VALUES (?, ?, ?, ?)",
            .member(member), .id(proposal), .text(programme.name), .integer(choice.rawValue))
    }

    /// What two records of one person have, is one person's: a vote of both counts once, as the surviving record has it.
    mutating func merge(_ from: MemberID, into member: MemberID, _ programme: ProgrammeID) {
        let (old, new, key) = (SQLValue.member(from), SQLValue.member(member), SQLValue.text(programme.name))
        run("UPDATE letter SET member_id = ? WHERE member_id = ? AND programme_id = ?", new, old, key)
        run("UPDATE proposal SET member_id = ? WHERE member_id = ? AND programme_id = ?", new, old, key)
        for (table, thing) in [("follow", "maker"), ("proposal_vote", "proposal_id")] {
            run(
                """
                DELETE FROM \(table) WHERE member_id = ? AND programme_id = ? AND \(thing) IN
                (SELECT \(thing) FROM \(table) WHERE member_id = ? AND programme_id = ?)
                """, old, key, new, key)
            run("UPDATE \(table) SET member_id = ? WHERE member_id = ? AND programme_id = ?", new, old, key)
        }
    }

    private mutating func run(_ sql: String, _ arguments: SQLValue...) {
        steps.append(Step(sql: sql, arguments: arguments))
    }

    func write(_ connection: any Connection) throws {
        if !letters.isEmpty { try connection.enqueue(Self.letter, letters) }
        for step in steps { try connection.execute(step.sql, step.arguments) }
    }
}

extension LoyaltyBatch {
    public mutating func follow(_ maker: String, _ follows: Bool, by member: MemberID) {
        human.follow(maker, follows, member, programme)
    }

    public mutating func put(_ proposal: Proposal) { human.put(proposal, programme) }

    public mutating func vote(_ choice: Proposal.Choice?, on proposal: ID128, by member: MemberID) {
        human.vote(choice, on: proposal, member, programme)
    }

    /// Letters, follows, proposals and votes of a record that another one has taken over.
    public mutating func mergeHuman(_ from: MemberID, into member: MemberID) {
        human.merge(from, into: member, programme)
    }
}
