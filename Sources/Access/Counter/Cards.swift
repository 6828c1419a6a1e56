public import Primitives
public import Storage
internal import Synchronization
internal import Vault

/// Members' cards: a random number each, which the card's code is made of and which nobody sees.
///
/// A card is made when its page is first looked at. A code that was scanned belongs to the till and visit that scanned it:
/// the same code at another till, or again, is refused.
public final class Cards: Sendable {
    private let database: any Database
    public let codes: CardCodes
    private let scans: KeyedHash
    private let random: any RandomBytes
    /// The day on which old scans of a programme were last forgotten.
    private let tidied = Mutex<[ProgrammeID: Int64]>([:])

    init(database: any Database, ring: Keyring, random: any RandomBytes) throws(VaultProblem) {
        self.database = database
        self.random = random
        codes = try CardCodes(ring: ring)
        scans = KeyedHash(root: try ring.key(ring.ids.first ?? ring.currentID), use: "card scan")
    }

    /// The code to show now, and when it changes.
    public func code(of member: MemberID, in programme: ProgrammeID, now: Instant) async throws -> (
        code: String, until: Instant
    ) {
        let number = try await number(of: member, in: programme)
        return (codes.code(number: number, in: programme, at: now), CardCodes.end(of: now))
    }

    /// Gives a member a card with another number: what was known of the old one is worth nothing from now on.
    public func renew(_ member: MemberID, in programme: ProgrammeID) async throws {
        try await database.write { _ = try Self.forget($0, programme, member: member) }
        _ = try await number(of: member, in: programme)
    }

    /// What became of a code.
    public enum Scan: Sendable, Hashable {
        case member(MemberID)
        /// It is of no card, or not of that time.
        case unknown
        /// It was used before.
        case used
    }

    /// Takes a code that was scanned.
    ///
    /// - Parameters:
    ///   - instant: when it was scanned.
    ///   - till: who scanned it.
    ///   - visit: the till's own name for this visit; the same one again is the same scan.
    public func scan(
        _ code: String, at instant: Instant, till: String, visit: String, in programme: ProgrammeID, now: Instant,
        keepsDays: Int64
    ) async throws -> Scan {
        let candidates = codes.cards(code, in: programme, at: instant)
        guard !candidates.isEmpty else { return .unknown }
        let mark = Array(scans.bytes(ofParts: [Array(till.utf8), Array(visit.utf8)]).prefix(16))
        let day = now.milliseconds / 86_400_000
        let tidies = tidied.withLock { days in
            guard days[programme] != day else { return false }
            days[programme] = day
            return true
        }
        return try await database.write { [scans] connection in
            if tidies {
                try connection.execute(
                    "DELETE FROM card_scan WHERE programme_id = ? AND day < ?",
                    [.programme(programme), .integer(day - keepsDays)])
            }
            for (number, step) in candidates {
                let row = try connection.first(
                    "SELECT member_id FROM card WHERE programme_id = ? AND number = ?",
                    [.programme(programme), .integer(number)])
                guard let row else { continue }
                let member = try row.member(0)
                let scan = Array(
                    scans.bytes(ofParts: [Array(programme.name.utf8), Array("\(number).\(step)".utf8)]).prefix(16))
                let earlier = try connection.first(
                    "SELECT visit FROM card_scan WHERE programme_id = ? AND scan = ?",
                    [.programme(programme), .blob(scan)])
                if let earlier { return try earlier.blob(0) == mark ? .member(member) : .used }
                try connection.execute(
                    "INSERT INTO card_scan (programme_id, scan, visit, day) VALUES (?, ?, ?, ?)",
                    [.programme(programme), .blob(scan), .blob(mark), .integer(day)])
                return .member(member)
            }
            return .unknown
        }
    }

    /// Takes a member's card away, with the member.
    ///
    /// - Returns: how many rows went.
    @discardableResult
    public static func forget(_ connection: any Connection, _ programme: ProgrammeID, member: MemberID) throws -> Int {
        try connection.execute(
            "DELETE FROM card WHERE programme_id = ? AND member_id = ?", [.programme(programme), .member(member)])
    }

    private func number(of member: MemberID, in programme: ProgrammeID) async throws -> Int64 {
        // A number that is taken, or a card that another request makes at the same time: look again.
        for _ in 0..<8 {
            let row = try await database.read { connection in
                try connection.first(
                    "SELECT number FROM card WHERE programme_id = ? AND member_id = ?",
                    [.programme(programme), .member(member)])?.int(0)
            }
            if let row { return row }
            let number = random.bytes(4).reduce(Int64(0)) { $0 << 8 | Int64($1) } & (1 << CardCodes.numberBits - 1)
            try await database.write { connection in
                _ = try connection.execute(
                    "INSERT INTO card (programme_id, number, member_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    [.programme(programme), .integer(number), .member(member)])
            }
        }
        throw AccessProblem.notFound
    }
}
