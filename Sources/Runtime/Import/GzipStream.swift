import CZlib

/// Gzip (RFC 1952) piece by piece, with all members of a stream that has several.
final class GzipStream {
    private var stream = z_stream()
    private var input: [UInt8] = []
    private var used = 0
    private var output: [UInt8]
    /// Whether a member has begun and not ended; a stream has at least one.
    private var isInside = true

    /// - Parameter outputBytes: the most that ``next()`` returns.
    init(outputBytes: Int = 256 << 10) throws(Gzip.Problem) {
        output = [UInt8](repeating: 0, count: outputBytes)
        // 15 bits of window, 16 for a gzip header.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .malformed
        }
    }

    deinit { inflateEnd(&stream) }

    /// Gives the next compressed bytes, once ``next()`` has nothing left.
    func feed(_ bytes: [UInt8]) {
        input = bytes
        used = 0
    }

    /// The next bytes; none when more must be fed.
    func next() throws(Gzip.Problem) -> [UInt8] {
        while used < input.count {
            isInside = true
            let (status, read, written) = inflateOnce()
            used += read
            switch status {
            case Z_STREAM_END:
                isInside = false
                inflateReset(&stream)
            case Z_OK, Z_BUF_ERROR: break
            default: throw .malformed
            }
            if written > 0 { return Array(output[..<written]) }
        }
        return []
    }

    /// Says that nothing more comes.
    ///
    /// - Throws: `.malformed` when the stream was cut off.
    func finish() throws(Gzip.Problem) {
        guard !isInside else { throw .malformed }
    }

    private func inflateOnce() -> (status: Int32, read: Int, written: Int) {
        input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                let offered = UInt32(clamping: source.count - used)
                stream.next_in = source.baseAddress.map { $0 + used }
                stream.avail_in = offered
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                return (status, Int(offered - stream.avail_in), target.count - Int(stream.avail_out))
            }
        }
    }
}
