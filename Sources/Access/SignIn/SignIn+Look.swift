public import Primitives
internal import Storage

extension SignIn {
    /// Whom a link's code is for, without using it up: what the page says that asks for the click.
    ///
    /// - Returns: `nil` when the code is unknown, used or expired.
    public func subject(of token: SecretToken, now: Instant) async throws -> SignInSubject? {
        let all = hashes.all(token.bytes)
        return try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT subject_kind, subject_id, programme_id, expires_at FROM sign_in_link WHERE token_hash IN (?*)
                """, [], keys: all.map { .blob($0) })
            guard let row = rows.first, try row.instant(3) > now else { return nil }
            return try SignInSubject(row, at: 0)
        }
    }
}
