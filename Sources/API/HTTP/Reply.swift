import HTTPTypes
import Primitives

/// An answer before it has become a response: what handlers make and idempotency records keep.
struct Reply: Sendable {
    static let json = "application/json"

    var status: Int
    /// `nil` without a body.
    var mediaType: String?
    var body: [UInt8]
    var headers: HTTPFields = [:]

    /// An answer as JSON.
    static func json(
        _ status: Int = 200, capacity: Int = 256, _ write: (inout JSONWriter) throws -> Void
    ) rethrows -> Reply {
        var writer = JSONWriter(reservingCapacity: capacity)
        try write(&writer)
        return Reply(status: status, mediaType: json, body: writer.bytes)
    }

    static let noContent = Reply(status: 204, mediaType: nil, body: [])

    /// An answer that was given before, from the idempotency records.
    static func replayed(status: Int, body: [UInt8]) -> Reply {
        var headers = HTTPFields()
        headers[.idempotencyReplayed] = "true"
        return Reply(
            status: status, mediaType: body.isEmpty ? nil : json, body: body,
            headers: headers)
    }
}

extension HTTPField.Name {
    /// Names that the standard library of header names lacks. All are valid; the fall-back is never taken.
    private static func named(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .trailer }

    static let idempotencyKey = named("Idempotency-Key")
    static let idempotencyReplayed = named("Idempotency-Replayed")
    /// draft-ietf-httpapi-ratelimit-headers-10.
    static let rateLimit = named("RateLimit")
    static let rateLimitPolicy = named("RateLimit-Policy")
    static let requestID = named("X-Request-Id")
}
