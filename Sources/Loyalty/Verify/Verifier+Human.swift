import Primitives
import Storage

extension Verifier {
    /// Letters, follows, proposals and votes: each belongs to a member and a thing that are there, and is as complete as
    /// its state says.
    func checkHuman(_ database: any Database, _ report: inout VerificationReport) async throws {
        let key: [SQLValue] = [.text(programme.name)]
        let nobody = { (table: String) in
            """
            SELECT count(*) FROM \(table) x WHERE x.programme_id = ? AND NOT EXISTS (SELECT 1 FROM member m
            WHERE m.member_id = x.member_id AND m.programme_id = x.programme_id AND m.merged_into IS NULL)
            """
        }
        let checks: [(kind: Difference.Kind, subject: String, sql: String)] = [
            (.letters, "of nobody", nobody("letter")),
            (.letters, "follows of nobody", nobody("follow")),
            (.proposals, "votes of nobody", nobody("proposal_vote")),
            (
                .proposals, "of nobody",
                nobody("proposal") + " AND x.member_id IS NOT NULL"
            ),
            (
                .letters, "sent without a text, a day or a signer",
                """
                SELECT count(*) FROM letter WHERE programme_id = ? AND state = 2
                AND (sealed IS NULL OR sent_day IS NULL OR language IS NULL OR signer = '')
                """
            ),
            (
                .letters, "not sent, with a text or an answer",
                """
                SELECT count(*) FROM letter WHERE programme_id = ? AND state <> 2
                AND (sealed IS NOT NULL OR sent_day IS NOT NULL OR reply IS NOT NULL)
                """
            ),
            (
                .letters, "asked for without a signer or a day",
                """
                SELECT count(*) FROM letter WHERE programme_id = ? AND state = 1
                AND (asked_day IS NULL OR signer = '')
                """
            ),
            (
                .proposals, "votes on nothing",
                """
                SELECT count(*) FROM proposal_vote v WHERE v.programme_id = ? AND NOT EXISTS (SELECT 1 FROM proposal p
                WHERE p.programme_id = v.programme_id AND p.proposal_id = v.proposal_id AND p.state <> 0)
                """
            ),
            (
                .proposals, "decided without an answer",
                """
                SELECT count(*) FROM proposal WHERE programme_id = ? AND state IN (2, 3, 4)
                AND (answer IS NULL OR decided_day IS NULL)
                """
            ),
        ]
        let counts = try await database.read { connection in
            try checks.map { try connection.first($0.sql, key)?.int(0) ?? 0 }
        }
        for (check, count) in zip(checks, counts) where count != 0 {
            report.add(
                Difference(kind: check.kind, member: nil, subject: check.subject, stored: count, recomputed: 0))
        }
    }
}
