internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import Vault

/// A password as it is kept: scrypt (RFC 7914) with its salt and what it cost to make.
struct PasswordHash: Sendable, Equatable {
    /// How much work a guess is.
    struct Cost: Sendable, Equatable {
        /// The exponent of the number of rounds.
        var logRounds: Int
        var blockSize: Int
        var parallelism: Int

        /// One of OWASP's equivalents: 16 MiB and a quarter of a second of a shared core.
        static let standard = Cost(logRounds: 14, blockSize: 8, parallelism: 5)
        /// More is no hash of ours: it would cost a server its memory.
        var isReasonable: Bool {
            (1...17).contains(logRounds) && (1...16).contains(blockSize) && (1...16).contains(parallelism)
        }
    }

    let cost: Cost
    let salt: [UInt8]
    let key: [UInt8]

    static let saltBytes = 16
    static let keyBytes = 32

    init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Reads ``text``; `nil` for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let block = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Base64URL.decode(parts[4]),
            let key = Base64URL.decode(parts[5]),
            key.count == Self.keyBytes
        else { return nil }
        cost = Cost(logRounds: rounds, blockSize: block, parallelism: parallelism)
        guard cost.isReasonable else { return nil }
        self.salt = salt
        self.key = key
    }

    var text: String {
        "scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$\(Base64URL.encode(salt))$"
            + Base64URL.encode(key)
    }

    /// What a password comes to. Blocks for as long as the cost says: never on the cooperative pool.
    static func derive(_ password: String, salt: [UInt8], cost: Cost) throws -> [UInt8] {
        // The same letters typed on another keyboard may be composed differently.
        let letters = password.precomposedStringWithCanonicalMapping
        let key = try KDF.Scrypt.deriveKey(
            from: Data(letters.utf8), salt: Data(salt), outputByteCount: keyBytes, rounds: 1 << cost.logRounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}

/// Hashes passwords on two threads of its own, so that a rush of sign-ins holds up nothing else and takes no more memory
/// than two hashes do.
final class PasswordHasher: Sendable {
    let cost: PasswordHash.Cost
    private let queue: OperationQueue
    private let random: any RandomBytes
    static let mostAtOnce = 2
    /// Who comes when so many wait is turned away.
    static let mostWaiting = 32

    init(cost: PasswordHash.Cost, random: any RandomBytes) {
        self.cost = cost
        self.random = random
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = Self.mostAtOnce
    }

    func hash(_ password: String) async throws -> PasswordHash {
        let salt = random.bytes(PasswordHash.saltBytes)
        return PasswordHash(cost: cost, salt: salt, key: try await derive(password, salt: salt, cost: cost))
    }

    /// Whether it is the password; with no hash, the same work for nothing.
    func isRight(_ password: String, for hash: PasswordHash?) async throws -> Bool {
        let salt = hash?.salt ?? random.bytes(PasswordHash.saltBytes)
        let key = try await derive(password, salt: salt, cost: hash?.cost ?? cost)
        guard let hash else { return false }
        return ConstantTime.areEqual(key, hash.key)
    }

    private func derive(_ password: String, salt: [UInt8], cost: PasswordHash.Cost) async throws -> [UInt8] {
        guard queue.operationCount < Self.mostWaiting else { throw StaffSecretProblem.busy }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation {
                continuation.resume(
                    with: Result { try PasswordHash.derive(password, salt: salt, cost: cost) })
            }
        }
    }
}
