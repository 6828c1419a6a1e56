internal import Primitives
internal import Storage

/// Receipts as they lie in the vault: the whole receipt sealed under the member's key, beside it only whose it is, its
/// place and its hash.
extension VaultCore {
    func receipts(
        of person: Person, _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> [ConsentReceipt] {
        try connection.query(
            """
            SELECT subject_id, position, hash, body FROM consent_receipt WHERE member_id = ? AND programme_id = ?
            """, [.member(person.member), .programme(programme)]
        ).map { row in
            let place = Self.place(ofReceipt: try row.int(1), by: try row.member(0), person, programme)
            let bytes = try sealer.open(try row.blob(3), key: person.key, place: place)
            guard let receipt = ConsentReceipt(canonicalBytes: bytes, hash: try row.blob(2)) else {
                throw VaultProblem.notAuthentic(what: place.what)
            }
            return receipt
        }
    }

    func append(
        _ receipt: ConsentReceipt, to person: Person, _ programme: ProgrammeID, _ connection: any Connection
    ) throws {
        let place = Self.place(ofReceipt: receipt.position, by: receipt.subject, person, programme)
        try connection.execute(
            """
            INSERT INTO consent_receipt (member_id, programme_id, subject_id, position, hash, body)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .member(person.member), .programme(programme), .member(receipt.subject), .integer(receipt.position),
                .blob(receipt.hash),
                .blob(try sealer.seal(receipt.canonicalBytes, key: person.key, place: place)),
            ])
    }

    static func place(
        ofReceipt position: Int64, by subject: MemberID, _ person: Person, _ programme: ProgrammeID
    ) -> Place {
        Place(
            "consent", Array(programme.name.utf8), person.id.bytes, subject.value.bytes, Array(String(position).utf8))
    }

    /// Gives the receipts of somebody who turned out to be another to that one, as chains of their own, and carries over
    /// what they withdrew.
    ///
    /// The stricter of the two stands: what either of them withdrew is withdrawn, and what only the former one agreed to
    /// is asked again, for the device on which it agreed may have been somebody else's.
    func moveConsents(
        from old: Person, to new: Person, _ programme: ProgrammeID, now: Instant, _ connection: any Connection
    ) throws {
        let moved = try receipts(of: old, programme, connection)
        guard !moved.isEmpty else { return }
        try connection.execute(
            "DELETE FROM consent_receipt WHERE member_id = ? AND programme_id = ?",
            [.member(old.member), .programme(programme)])
        for receipt in moved { try append(receipt, to: new, programme, connection) }
        let own = try receipts(of: new, programme, connection).filter { $0.subject == new.member }
        let standing = Consents.standing(of: new.member, in: own)
        var last = own.max { $0.position < $1.position }
        for (purpose, former) in Consents.standing(of: old.member, in: moved).sorted(by: { $0.key < $1.key })
        where former.decision == .withdrawn && standing[purpose]?.decision != .withdrawn {
            guard let source = moved.first(where: { $0.subject == old.member && $0.position == former.position })
            else { continue }
            var receipt = ConsentReceipt(
                id: random.id(), salt: random.id(), programme: programme, subject: new.member,
                position: (last?.position ?? 0) + 1, purpose: purpose, decision: .withdrawn, text: source.text,
                control: source.control, method: .merge, day: Self.day(now), at: nil,
                previous: last?.hash ?? ConsentReceipt.origin)
            receipt.hash = receipt.computedHash
            try append(receipt, to: new, programme, connection)
            last = receipt
        }
    }

    /// What stays of an erased member's receipts: their hashes, beside nothing but the programme and the month in which
    /// they go. A hash covers random bytes that went with the receipt, so that it says nothing by itself; together with
    /// a receipt that somebody kept it proves that this one is genuine.
    static func keepProofs(
        of member: MemberID, day: Int64, _ programme: ProgrammeID, _ connection: any Connection
    ) throws {
        let rows = try connection.query(
            "SELECT hash FROM consent_receipt WHERE member_id = ? AND programme_id = ?",
            [.member(member), .programme(programme)])
        for row in rows {
            try connection.execute(
                """
                INSERT INTO consent_proof (programme_id, hash, until_month) VALUES (?, ?, ?)
                ON CONFLICT (programme_id, hash) DO NOTHING
                """,
                [.programme(programme), .blob(try row.blob(0)), .integer(month(ofDay: day) + Consents.proofMonths)])
        }
    }

    /// Months since January of the year 0.
    static func month(ofDay day: Int64) -> Int64 {
        let date = CivilDate(daysSinceEpoch: Int(day))
        return Int64(date.year) * 12 + Int64(date.month) - 1
    }
}

extension Vault {
    static let consentSchema = Schema(
        room: "vault-consents",
        migrations: [
            Migration(
                number: 1, name: "consent receipts",
                statements: [
                    """
                    CREATE TABLE consent_receipt (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, subject_id {id} NOT NULL,
                        position {int} NOT NULL, hash {blob} NOT NULL, body {blob} NOT NULL,
                        PRIMARY KEY (member_id, programme_id, subject_id, position)) {clustered}
                    """,
                    "CREATE INDEX consent_receipt_hash ON consent_receipt (hash, programme_id)",
                    """
                    CREATE TABLE consent_text (
                        programme_id {text} NOT NULL, text_id {text} NOT NULL, version {int} NOT NULL,
                        language {text} NOT NULL, sha256 {blob} NOT NULL, body {text} NOT NULL,
                        PRIMARY KEY (programme_id, text_id, version, language)) {clustered}
                    """,
                    """
                    CREATE TABLE consent_proof (
                        programme_id {text} NOT NULL, hash {blob} NOT NULL, until_month {int} NOT NULL,
                        PRIMARY KEY (programme_id, hash)) {clustered}
                    """,
                ], isAdditive: true)
        ])
}
