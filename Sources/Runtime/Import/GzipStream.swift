import CZlib

/// Gzip (RFC 1952) piece by piece, with all members of a file that has several.
final class GzipStream {
    private static let outputBytes = 256 << 10

    private var stream = z_stream()
    private var input: [UInt8] = []
    private var used = 0
    private var isInside = false

    init() throws(Gzip.Problem) {
        // 15 bits of window, 16 for a gzip header.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .malformed
        }
    }

    deinit { inflateEnd(&stream) }

    /// The next bytes, at most ``outputBytes``; none at the end.
    ///
    /// - Parameter more: gives compressed bytes; none at their end.
    func next(_ more: () throws -> [UInt8]) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: Self.outputBytes)
        while true {
            if used == input.count {
                input = try more()
                used = 0
                guard !input.isEmpty else {
                    // A file that ends inside a member was cut off.
                    guard !isInside else { throw Gzip.Problem.malformed }
                    return []
                }
            }
            isInside = true
            var written = 0
            let status = input.withUnsafeMutableBufferPointer { source in
                output.withUnsafeMutableBufferPointer { target in
                    stream.next_in = source.baseAddress.map { $0 + used }
                    stream.avail_in = UInt32(source.count - used)
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    written = target.count - Int(stream.avail_out)
                    used = source.count - Int(stream.avail_in)
                    return status
                }
            }
            switch status {
            case Z_STREAM_END:
                isInside = false
                inflateReset(&stream)
            case Z_OK, Z_BUF_ERROR: break
            default: throw Gzip.Problem.malformed
            }
            if written > 0 { return Array(output[..<written]) }
        }
    }
}
