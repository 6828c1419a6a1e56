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
}
