internal import CZlib

/// Gzip (RFC 1952) through zlib, with a bound on what comes out.
public enum Gzip {
    public enum Problem: Error, Sendable, Hashable {
        case malformed
        /// More would come out than the limit allows.
        case tooLarge(limit: Int)
    }

    /// - Throws: ``Problem``.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
        let stream = try GzipStream(outputBytes: 64 << 10)
        stream.feed(bytes)
        var output: [UInt8] = []
        while true {
            let piece = try stream.next()
            guard !piece.isEmpty else { break }
            output += piece
            guard output.count <= limit else { throw .tooLarge(limit: limit) }
        }
        try stream.finish()
        return output
    }

    /// One member that holds all of `bytes`, without a file's name or time.
    ///
    /// - Parameter level: 1 (fast) to 9 (small).
    /// - Returns: `nil` when zlib gets no memory: then the bytes go as they are.
    public static func compress(_ bytes: [UInt8], level: Int) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, 16 for a gzip header.
        guard
            deflateInit2_(
                &stream, Int32(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count)))) { output, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                // The bound holds everything, so once is enough.
                deflate(&stream, Z_FINISH)
            }
            count = output.count - Int(stream.avail_out)
        }
    }
}
