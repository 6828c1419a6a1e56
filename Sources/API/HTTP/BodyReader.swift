import HTTPTypes
import Hummingbird
import NIOCore
import Runtime

/// Reads bodies whole, within a limit that counts after unpacking.
enum BodyReader {
    static func read(_ request: Request, limit: Int) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge("The body", limit: limit)
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge("The body", limit: limit)
        }
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": return body
        case "gzip", "x-gzip":
            do throws(Gzip.Problem) {
                return ByteBuffer(bytes: try Gzip.decompress(Array(buffer: body), limit: limit))
            } catch {
                switch error {
                case .tooLarge: throw Problem.tooLarge("The unpacked body", limit: limit)
                case .malformed: throw Problem(.malformedRequest, "The body is not gzip, as Content-Encoding says.")
                }
            }
        default:
            throw Problem(.unsupportedMediaType, "Content-Encoding may be gzip or identity.")
        }
    }

    /// The media type without its parameters, in lower case.
    static func mediaType(_ headers: HTTPFields) -> String {
        guard var value = headers[.contentType] else { return "" }
        // Nearly every request has one of these.
        if value == "application/json" || value == "application/cloudevents+json" { return value }
        return value.withUTF8 { bytes in
            var end = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
            var start = bytes.startIndex
            func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
            while start < end, isBlank(bytes[start]) { start += 1 }
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self).lowercased()
        }
    }
}
