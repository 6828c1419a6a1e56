public import Primitives
internal import Storage

/// What stands about one purpose today.
public struct ConsentStanding: Sendable, Hashable {
    public var decision: ConsentDecision
    public var text: ConsentTextReference
    /// The place of the receipt in the member's chain: what the next ``ConsentAct/seen`` says.
    public var position: Int64
    /// Days since 1970-01-01 (UTC).
    public var day: Int64

    public init(decision: ConsentDecision, text: ConsentTextReference, position: Int64, day: Int64) {
        self.decision = decision
        self.text = text
        self.position = position
        self.day = day
    }

    /// Whether the member agreed to this text, in whatever language. Consent to an older version is consent to that one
    /// only.
    public func covers(textID: String, version: Int) -> Bool {
        decision == .given && text.id == textID && text.version == version
    }
}

extension Persons {
    /// What members decided about purposes, with the proof.
    public var consents: Consents { Consents(core: core) }
}

/// Consent receipts: append-only, chained by their hashes, sealed under the member's own key.
public struct Consents: Sendable {
    let core: VaultCore

    /// The longest text, in bytes.
    public static let longestText = 32_768
    /// How long the bare hash of a receipt outlives an erased member, in months: the five years in which a claim for
    /// damages can be brought (Dutch Civil Code 3:310), from the end of the month of erasure.
    public static let proofMonths: Int64 = 60

    /// Records a decision, after all earlier ones.
    ///
    /// Idempotent: a repeated request, and saying again what stands about the same text, answer with the receipt that is
    /// there. Withdrawing always works; consent is refused where it rests on an outdated page.
    ///
    /// - Returns: the receipt, which the member should get.
    /// - Throws: `.unknownMember`; `.invalid` naming the field; `ConsentProblem`; what the database throws.
    /// - Complexity: linear in the decisions the member has made.
    @discardableResult
    public func record(
        _ act: ConsentAct, of member: MemberID, programme: ProgrammeID, now: Instant
    ) async throws -> ConsentReceipt {
        try act.check()
        let text = act.text.reference
        // Made outside the transaction, which may run again.
        let salt = core.random.id()
        return try await core.database.write { connection in
            guard let person = try core.person(member, programme, connection) else { throw VaultProblem.unknownMember }
            let receipts = try core.receipts(of: person, programme, connection)
            if let known = receipts.first(where: { $0.id == act.id }) {
                guard known.purpose == act.purpose, known.decision == act.decision, known.text == text else {
                    throw ConsentProblem.reused
                }
                return known
            }
            let chain = receipts.filter { $0.subject == person.member }.sorted { $0.position < $1.position }
            let standing = chain.last { $0.purpose == act.purpose }
            if act.decision == .given, let seen = act.seen, seen != standing?.position ?? 0 {
                throw ConsentProblem.outdated
            }
            if let standing, standing.decision == act.decision, standing.text == text { return standing }
            try Self.keep(act.text, text, programme, connection)
            var receipt = ConsentReceipt(
                id: act.id, salt: salt, programme: programme, subject: person.member,
                position: (chain.last?.position ?? 0) + 1, purpose: act.purpose, decision: act.decision, text: text,
                control: act.control, method: act.method, day: VaultCore.day(now), at: act.keepsTime ? now : nil,
                previous: chain.last?.hash ?? ConsentReceipt.origin)
            receipt.hash = receipt.computedHash
            try core.append(receipt, to: person, programme, connection)
            return receipt
        }
    }

    /// What stands about each purpose on which the member decided anything.
    ///
    /// - Throws: `.unknownMember`; what the database throws.
    public func current(of member: MemberID, programme: ProgrammeID) async throws -> [String: ConsentStanding] {
        try await core.database.read { connection in
            guard let person = try core.person(member, programme, connection) else { throw VaultProblem.unknownMember }
            return Self.standing(of: person.member, in: try core.receipts(of: person, programme, connection))
        }
    }

    /// All receipts, chain by chain; those of members that turned out to be this one are chains of their own.
    ///
    /// - Parameters:
    ///   - purpose: why; unless the member looks, the look is logged.
    ///   - actor: who asks, as an id of at most 100 bytes.
    /// - Throws: `.unknownMember`; what the database throws.
    public func receipts(
        of member: MemberID, programme: ProgrammeID, purpose: RevealPurpose, actor: String, now: Instant
    ) async throws -> [ConsentReceipt] {
        let found = try await Persons(core: core).look(
            [member], programme: programme, purpose: purpose, actor: actor, what: ["consents"], now: now
        ) { person, connection in try core.receipts(of: person, programme, connection) }
        guard let receipts = found[member] else { throw VaultProblem.unknownMember }
        return receipts.sorted { ($0.subject.value, $0.position) < ($1.subject.value, $1.position) }
    }

    /// The words of a text that was shown.
    public func text(_ reference: ConsentTextReference, programme: ProgrammeID) async throws -> String? {
        try await core.database.read { connection in
            try connection.first(
                """
                SELECT body FROM consent_text
                WHERE programme_id = ? AND text_id = ? AND version = ? AND language = ? AND sha256 = ?
                """,
                [
                    .programme(programme), .text(reference.id), .integer(Int64(reference.version)),
                    .text(reference.language), .blob(reference.sha256),
                ])?.text(0)
        }
    }

    /// Whether a receipt that somebody shows was really recorded: of a member, or of one who was erased since.
    public func isGenuine(_ receipt: ConsentReceipt) async throws -> Bool {
        let hash = receipt.computedHash
        return try await core.database.read { connection in
            for table in ["consent_receipt", "consent_proof"] {
                let row = try connection.first(
                    "SELECT 1 FROM \(table) WHERE hash = ? AND programme_id = ?",
                    [.blob(hash), .programme(receipt.programme)])
                if row != nil { return true }
            }
            return false
        }
    }

    /// Removes hashes of erased members' receipts whose time is over.
    ///
    /// - Returns: how many went.
    @discardableResult
    public func forgetProofs(at now: Instant, programme: ProgrammeID) async throws -> Int {
        let month = VaultCore.month(ofDay: VaultCore.day(now))
        return try await core.database.write { connection in
            try connection.execute(
                "DELETE FROM consent_proof WHERE until_month < ? AND programme_id = ?",
                [.integer(month), .programme(programme)])
        }
    }

    /// How many hashes of erased members' receipts there are, and how many of them should be gone.
    public func proofs(of programme: ProgrammeID, at now: Instant) async throws -> (kept: Int64, due: Int64) {
        let month = VaultCore.month(ofDay: VaultCore.day(now))
        return try await core.database.read { connection in
            let row = try connection.first(
                """
                SELECT COUNT(*), COUNT(CASE WHEN until_month < ? THEN 1 END) FROM consent_proof
                WHERE programme_id = ?
                """, [.integer(month), .programme(programme)])
            return (try row?.int(0) ?? 0, try row?.int(1) ?? 0)
        }
    }

    /// The last decision about each purpose in the member's own chain: a merge has carried over what was stricter.
    static func standing(of subject: MemberID, in receipts: [ConsentReceipt]) -> [String: ConsentStanding] {
        var standing: [String: ConsentStanding] = [:]
        for receipt in receipts.filter({ $0.subject == subject }).sorted(by: { $0.position < $1.position }) {
            standing[receipt.purpose] = ConsentStanding(
                decision: receipt.decision, text: receipt.text, position: receipt.position, day: receipt.day)
        }
        return standing
    }

    private static func keep(
        _ text: ConsentText, _ reference: ConsentTextReference, _ programme: ProgrammeID, _ connection: any Connection
    ) throws {
        let key: [SQLValue] = [
            .programme(programme), .text(text.id), .integer(Int64(text.version)), .text(text.language),
        ]
        try connection.execute(
            """
            INSERT INTO consent_text (programme_id, text_id, version, language, sha256, body) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (programme_id, text_id, version, language) DO NOTHING
            """, key + [.blob(reference.sha256), .text(text.body)])
        let row = try connection.first(
            """
            SELECT sha256 FROM consent_text WHERE programme_id = ? AND text_id = ? AND version = ? AND language = ?
            """, key)
        guard try row?.blob(0) == reference.sha256 else {
            throw ConsentProblem.textChanged(id: text.id, version: text.version, language: text.language)
        }
    }
}
