internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Runtime

/// What is sent compressed, and to whom.
enum Compression {
    /// Shorter answers fit into one packet as they are.
    static let leastBytes = 1_300

    /// Whether bytes of a media type become shorter: pictures are compressed already.
    static func helps(_ type: String) -> Bool {
        type.hasPrefix("text/") && !type.hasPrefix("text/event-stream") || type.hasPrefix("image/svg+xml")
            || type.hasPrefix("application/json") || type.hasPrefix("application/manifest+json")
    }

    /// Whether whoever asks reads gzip (RFC 9110, section 12.5.3): it is named with a weight above zero.
    static func isTaken(by request: Request) -> Bool {
        guard let accepted = request.headers[.acceptEncoding] else { return false }
        return accepted.split(separator: ",").contains { part in
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return pieces.first == "gzip" && weight != 0
        }
    }
}

/// Sends pages compressed to whoever takes them so. Files bring their compressed form with them; streams stay streams.
struct Compressing<Context: RequestContext>: RouterMiddleware {
    /// A page of 20 kB takes a third of a millisecond; higher levels win a few per cent for twice the time.
    private static var level: Int { 5 }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard response.headers[.contentEncoding] == nil, let type = response.headers[.contentType],
            Compression.helps(type), let length = response.body.contentLength, length >= Compression.leastBytes
        else { return response }
        let vary = response.headers[.vary]
        response.headers[.vary] = (vary.map { $0 + ", " } ?? "") + "accept-encoding"
        guard Compression.isTaken(by: request) else { return response }
        let collected = Collected()
        try await response.body.write(CollectingWriter(collected: collected))
        let compressed = Gzip.compress(collected.bytes, level: Self.level)
        if compressed != nil { response.headers[.contentEncoding] = "gzip" }
        response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: compressed ?? collected.bytes))
        return response
    }
}

/// A body that is whole.
private final class Collected {
    var bytes: [UInt8] = []
}

private struct CollectingWriter: ResponseBodyWriter {
    let collected: Collected

    mutating func write(_ buffer: ByteBuffer) async throws { collected.bytes += buffer.readableBytesView }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
