import CZlib

/// Gzip (RFC 1952) through zlib, with a bound on what comes out.
public enum Gzip {
    public enum Problem: Error, Sendable, Hashable {
        case malformed
        /// More would come out than the limit allows.
        case tooLarge(limit: Int)
    }

    /// - Throws: ``Problem``.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
        var stream = z_stream()
        // 15 bits of window, 16 for a gzip header.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .malformed
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var status = Z_OK
        var failed: Problem?
        input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(clamping: source.count)
            while status == Z_OK, failed == nil {
                buffer.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    output.append(contentsOf: target[..<(target.count - Int(stream.avail_out))])
                }
                if output.count > limit { failed = .tooLarge(limit: limit) }
                if status == Z_BUF_ERROR { failed = .malformed }
            }
        }
        if let failed { throw failed }
        guard status == Z_STREAM_END else { throw .malformed }
        return output
    }
}
