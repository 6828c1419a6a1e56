public import Storage

/// The tables of letters, follows, proposals and votes.
public enum HumanSchema {
    public static let schema = Schema(
        room: "human",
        migrations: [
            Migration(
                number: 1, name: "letters, follows, proposals, votes",
                statements: [
                    // state: Letter.State, reply: Letter.Reply. sealed: the text, which may speak of the member.
                    """
                    CREATE TABLE letter (
                        member_id {id} NOT NULL, letter_id {id} NOT NULL, programme_id {text} NOT NULL,
                        occasion {text} NOT NULL, version {int} NOT NULL, day {int} NOT NULL, number {int} NOT NULL,
                        subject {text} NOT NULL, signer {text} NOT NULL, state {int} NOT NULL, asked_day {int},
                        sent_day {int}, language {text}, sealed {blob}, reply {int},
                        PRIMARY KEY (member_id, letter_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX letter_state ON letter (programme_id, state, day)",
                    // No day: when somebody chose to follow would join them with what they read on it.
                    """
                    CREATE TABLE follow (
                        member_id {id} NOT NULL, maker {text} NOT NULL, programme_id {text} NOT NULL,
                        PRIMARY KEY (member_id, maker)
                    ) {clustered}
                    """,
                    "CREATE INDEX follow_maker ON follow (programme_id, maker)",
                    // member_id: empty once its author was erased. state: Proposal.State. answer: what staff says of it.
                    """
                    CREATE TABLE proposal (
                        programme_id {text} NOT NULL, proposal_id {id} NOT NULL, member_id {id}, state {int} NOT NULL,
                        kind {text} NOT NULL, day {int} NOT NULL, until_day {int}, language {text} NOT NULL,
                        sealed {blob}, answer {text}, decided_day {int}, version {int},
                        PRIMARY KEY (programme_id, proposal_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX proposal_member ON proposal (member_id)",
                    "CREATE INDEX proposal_state ON proposal (programme_id, state, day)",
                    """
                    CREATE TABLE proposal_vote (
                        member_id {id} NOT NULL, proposal_id {id} NOT NULL, programme_id {text} NOT NULL,
                        choice {int} NOT NULL, PRIMARY KEY (member_id, proposal_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX proposal_vote_proposal ON proposal_vote (programme_id, proposal_id, choice)",
                ], isAdditive: true),
            Migration(
                number: 2, name: "letters by identifier and by the day somebody was asked",
                statements: [
                    "CREATE INDEX letter_identifier ON letter (programme_id, letter_id)",
                    "CREATE INDEX letter_asked ON letter (programme_id, asked_day, signer)",
                ], isAdditive: true),
        ])
}
