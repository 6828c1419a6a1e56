internal import Crypto
internal import CryptoExtras
internal import Foundation
public import Loyalty
public import Primitives
public import Storage
internal import Synchronization
public import Vault

/// Signs tokens blindly and recognises them when they come back.
///
/// Each class has a key of its own for each day, so that a token says what it is worth and for which day, and cannot be taken for
/// another. Private halves are sealed under the home's session key: servers that share the database sign with the same keys, and a
/// stolen database signs nothing.
public final class EarningTokens: Sendable {
    private let database: any Database
    private let seals: EarningKeySeal
    private let spent: KeyedHash
    private struct Place: Hashable {
        var programme: ProgrammeID
        var day: Int32
    }
    private let cache = Mutex<[Place: [EarningTokenKey]]>([:])

    /// - Parameters:
    ///   - session: seals the keys.
    ///   - claim: hashes nonces; it never rotates, so what is spent stays spent.
    public init(
        database: any Database, session: Keyring, claim: Keyring, random: any RandomBytes
    ) throws(VaultProblem) {
        self.database = database
        seals = try EarningKeySeal(ring: session, random: random)
        spent = KeyedHash(root: try claim.current, use: "earning tokens")
    }

    /// The keys of a programme for a day, one per class, in the order of `classes`; those that are missing are made.
    ///
    /// Making one takes a few tenths of a second of one core, once per class and day for all servers together.
    public func keys(
        of programme: ProgrammeID, day: Int32, classes: [(type: String, classID: String)]
    ) async throws -> [EarningTokenKey] {
        var keys = try await keys(of: programme, day: day)
        let missing = classes.filter { one in !keys.contains { $0.type == one.type && $0.classID == one.classID } }
        if !missing.isEmpty {
            for one in missing {
                try Task.checkCancellation()
                let key = try BlindSignatures.makeKey()
                let sealed = try seals.seal(Array(key.derRepresentation))
                let publicKey = Array(key.publicKey.derRepresentation)
                try await database.write { connection in
                    // Another server may have been faster: its key is as good, and the one to use.
                    try connection.execute(
                        """
                        INSERT INTO earning_key (programme_id, day, type, class, public_key, sealed)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """,
                        [
                            .programme(programme), .integer(Int64(day)), .text(one.type), .text(one.classID),
                            .blob(publicKey), .blob(sealed),
                        ])
                }
            }
            keys = try await read(programme, day)
        }
        return classes.compactMap { one in keys.first { $0.type == one.type && $0.classID == one.classID } }
    }

    /// Signs what was blinded for a key, without seeing it.
    ///
    /// - Returns: `nil` if `blinded` is nothing that this key can sign.
    public func sign(_ blinded: [UInt8], with key: EarningTokenKey) -> [UInt8]? {
        guard let secret = key.signing else { return nil }
        return try? BlindSignatures.sign(blinded, with: secret)
    }

    /// What a token is worth; `nil` if it is not ours, or of a day that is over for good.
    public func read(
        _ token: EarningToken, in programme: ProgrammeID, today: Int32
    ) async throws -> EarningCredit? {
        guard let key = try await key(token.key, of: programme, today: today),
            BlindSignatures.isValid(token.signature, of: token.nonce, by: key.verifying)
        else { return nil }
        return EarningCredit(
            type: key.type, classID: key.classID, day: key.day, token: hash(token.nonce, programme, key.day))
    }

    private func key(_ id: String, of programme: ProgrammeID, today: Int32) async throws -> EarningTokenKey? {
        let days = EarningPeriod.firstKept(today: today)...today
        for day in days {
            if let key = try await keys(of: programme, day: day).first(where: { $0.id == id }) { return key }
        }
        // Another server may have made it since this one looked.
        for day in days {
            if let key = try await read(programme, day).first(where: { $0.id == id }) { return key }
        }
        return nil
    }

    /// The keyed hash that a nonce is remembered by, another one in every period.
    func hash(_ nonce: [UInt8], _ programme: ProgrammeID, _ day: Int32) -> ID128 {
        let bytes = spent.bytes(ofParts: [Array(programme.name.utf8), Array(String(day).utf8), nonce])
        return ID128(bytes: bytes.prefix(16)) ?? ID128(high: 0, low: 0)
    }

    /// Forgets keys and spent tokens that are of no more use.
    ///
    /// - Returns: how many spent tokens.
    @discardableResult
    public func forget(of programme: ProgrammeID, today: Int32) async throws -> Int {
        let first = EarningPeriod.firstKept(today: today)
        cache.withLock { cache in cache = cache.filter { $0.key.programme != programme || $0.key.day >= first } }
        return try await database.write { connection in
            try LoyaltyStore(programme: programme).forgetTokens(before: first, connection)
        }
    }

    // MARK: Keys

    private func keys(of programme: ProgrammeID, day: Int32) async throws -> [EarningTokenKey] {
        if let cached = cache.withLock({ $0[Place(programme: programme, day: day)] }) { return cached }
        return try await read(programme, day)
    }

    private func read(_ programme: ProgrammeID, _ day: Int32) async throws -> [EarningTokenKey] {
        let keys = try await database.read { [seals] connection in
            try connection.query(
                "SELECT type, class, public_key, sealed FROM earning_key WHERE programme_id = ? AND day = ?",
                [.programme(programme), .integer(Int64(day))]
            ).compactMap { row -> EarningTokenKey? in
                let publicKey = try row.blob(2)
                guard let verifying = try? BlindSignatures.publicKey(der: publicKey) else { return nil }
                return EarningTokenKey(
                    day: day, type: try row.text(0), classID: try row.text(1), publicKey: publicKey,
                    verifying: verifying,
                    signing: seals.open(try row.blob(3)).flatMap { try? BlindSignatures.privateKey(der: $0) })
            }
        }
        cache.withLock { $0[Place(programme: programme, day: day)] = keys }
        return keys
    }
}

/// Private keys as they lie in the database: AES-GCM with random nonces, under every version of the ring.
struct EarningKeySeal: Sendable {
    private let current: SymmetricKey
    private let keys: [SymmetricKey]
    private let random: any RandomBytes

    init(ring: Keyring, random: any RandomBytes) throws(VaultProblem) {
        func key(_ id: Int) throws(VaultProblem) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: try ring.key(id), salt: Data("stamgast/v1".utf8),
                info: Data("earning token keys".utf8), outputByteCount: 32)
        }
        current = try key(ring.currentID)
        var keys: [SymmetricKey] = []
        for id in ring.ids.reversed() { keys.append(try key(id)) }
        self.keys = keys
        self.random = random
    }

    func seal(_ bytes: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(bytes), using: current, nonce: AES.GCM.Nonce(data: random.bytes(12)))
        guard let sealed = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(sealed)
    }

    func open(_ sealed: [UInt8]) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        for key in keys {
            if let bytes = try? AES.GCM.open(box, using: key) { return Array(bytes) }
        }
        return nil
    }
}
