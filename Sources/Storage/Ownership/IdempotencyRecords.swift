internal import Crypto
internal import Foundation
public import Primitives

/// The answers given under an `Idempotency-Key`, kept without expiry: the same request under the same key gets the same
/// answer, forever, and changes nothing.
///
/// Neither key nor request is stored, only keyed hashes: whoever reads the table without the secret learns nothing, and
/// destroying the secret makes its rows meaningless. The record is written in the transaction of the effect itself.
public struct IdempotencyRecords: Sendable {
    /// The table `idempotency`.
    public static let schema = Schema(
        room: "idempotency",
        migrations: [
            Migration(
                number: 1, name: "idempotency records",
                statements: [
                    """
                    CREATE TABLE idempotency (
                        owner_id {id} NOT NULL, programme_id {text} NOT NULL, key_hash {id} NOT NULL,
                        request_hash {id} NOT NULL, status {int} NOT NULL, response {blob} NOT NULL,
                        PRIMARY KEY (owner_id, programme_id, key_hash)) {clustered}
                    """
                ])
        ])

    /// What is known about a request.
    public enum Outcome: Sendable, Hashable {
        /// Never seen: do it, and ``IdempotencyRecords/record(_:_:status:response:)`` the answer.
        case new
        /// Done before: give this answer.
        case replay(status: Int, response: [UInt8])
        /// The key was used for another request.
        case conflict
    }

    /// A request, as far as it is remembered.
    public struct Request: Sendable, Hashable {
        let programme: ProgrammeID
        let owner: ID128
        let keyHash: ID128
        let requestHash: ID128
    }

    private let secret: SymmetricKey

    /// - Parameter secret: the key of the hashes, at least 16 bytes.
    public init(secret: [UInt8]) throws(StorageProblem) {
        guard secret.count >= 16 else { throw .invalid("the idempotency secret has fewer than 16 bytes") }
        self.secret = SymmetricKey(data: secret)
    }

    /// Hashes what identifies a request.
    ///
    /// - Parameters:
    ///   - owner: whose row it is: the member, or whoever holds the effect.
    ///   - key: the caller's key.
    ///   - request: everything the answer depends on, in one canonical form: method, route, body.
    public func request(
        _ programme: ProgrammeID, owner: ID128, key: String, request: [UInt8]
    ) -> Request {
        Request(
            programme: programme, owner: owner, keyHash: hash(1, programme, owner, Array(key.utf8)),
            requestHash: hash(2, programme, owner, request))
    }

    private static let lookUp = """
        SELECT request_hash, status, response FROM idempotency
        WHERE owner_id = ? AND programme_id = ? AND key_hash = ?
        """

    private static let insert = BulkStatement.insert(
        into: "idempotency",
        columns: [
            ("owner_id", .id), ("programme_id", .text), ("key_hash", .id), ("request_hash", .id), ("status", .integer),
            ("response", .blob),
        ])

    /// Looks the request up.
    public func find(_ connection: any Connection, _ request: Request) throws(StorageProblem) -> Outcome {
        try find(connection, [request]).first ?? .new
    }

    /// Looks many requests up at once.
    ///
    /// - Returns: one outcome per request, in order.
    public func find(_ connection: any Connection, _ requests: [Request]) throws(StorageProblem) -> [Outcome] {
        let keys = requests.map { [SQLValue.id($0.owner), .programme($0.programme), .id($0.keyHash)] }
        var outcomes: [Outcome] = []
        for (request, rows) in zip(requests, try connection.query(Self.lookUp, each: keys)) {
            if let row = rows.first {
                let isSame = try row.id(0) == request.requestHash
                outcomes.append(isSame ? .replay(status: Int(try row.int(1)), response: try row.blob(2)) : .conflict)
            } else {
                outcomes.append(.new)
            }
        }
        return outcomes
    }

    /// Keeps the answer, in the transaction of its effect.
    ///
    /// - Throws: `.constraint(.unique, …)`, here or at the commit, when the key was recorded meanwhile: the transaction
    ///   fails, and on its next run finds the other's answer.
    public func record(
        _ connection: any Connection, _ request: Request, status: Int, response: [UInt8]
    ) throws(StorageProblem) {
        var batch = RowBatch(Self.insert)
        batch.add(request.owner)
        batch.add(request.programme)
        batch.add(request.keyHash)
        batch.add(request.requestHash)
        batch.add(Int64(status))
        batch.add(bytes: response)
        try connection.enqueue(Self.insert, batch)
    }

    /// Forgets every answer that belongs to an owner, because the owner is erased.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public static func forget(
        _ connection: any Connection, _ programme: ProgrammeID, owner: ID128
    ) throws(StorageProblem) -> Int {
        try connection.execute(
            "DELETE FROM idempotency WHERE owner_id = ? AND programme_id = ?", [.id(owner), .programme(programme)])
    }

    /// The first sixteen bytes of HMAC-SHA256 (RFC 2104) over the role of the text, its owner and the text.
    private func hash(_ role: UInt8, _ programme: ProgrammeID, _ owner: ID128, _ text: [UInt8]) -> ID128 {
        var hmac = HMAC<SHA256>(key: secret)
        // No programme's name contains a NUL, so the parts cannot run into each other.
        hmac.update(data: [role] + Array(programme.name.utf8) + [0] + owner.bytes)
        hmac.update(data: text)
        return hmac.finalize().withUnsafeBytes { bytes in
            ID128(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
