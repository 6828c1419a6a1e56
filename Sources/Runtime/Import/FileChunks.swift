public import Catalogue
import Foundation

/// A file read piece by piece, plain or gzip; tells how far it has come.
public final class FileChunks {
    /// Why a file cannot be opened.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        public let path: String
        public let reason: String

        public init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }

        public var description: String { "\(path) cannot be read: \(reason)." }
    }

    private static let chunkBytes = 64 << 10

    /// Bytes of the file; 0 where it has no size, as a pipe.
    public let size: Int
    /// Bytes of the file that were read.
    public private(set) var position = 0
    private let handle: FileHandle
    private var gzip: GzipStream?
    private var first: [UInt8]?

    public init(path: String) throws(Problem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Problem(path: path, reason: String(cString: strerror(errno))) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Problem(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw Problem(path: path, reason: "it is a folder") }
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
        do {
            let bytes = try Self.read(handle)
            if bytes.starts(with: [0x1F, 0x8B]) { gzip = try GzipStream() }
            first = bytes
        } catch {
            throw Problem(path: path, reason: "\(error)")
        }
    }

    /// For a reader that asks for more as it goes.
    public var chunks: ByteChunks { ByteChunks { [self] in try next() } }

    /// The next bytes; none at the end.
    private func next() throws -> [UInt8] {
        guard let gzip else { return try raw() }
        while true {
            let bytes = try gzip.next()
            guard bytes.isEmpty else { return bytes }
            let more = try raw()
            guard !more.isEmpty else {
                try gzip.finish()
                return []
            }
            gzip.feed(more)
        }
    }

    private func raw() throws -> [UInt8] {
        let bytes = try first ?? Self.read(handle)
        first = nil
        position += bytes.count
        return bytes
    }

    private static func read(_ handle: FileHandle) throws -> [UInt8] {
        [UInt8](try handle.read(upToCount: chunkBytes) ?? Data())
    }

    /// All of it, if it is no larger than `limit` bytes after decompression.
    public func contents(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try next()
            guard !chunk.isEmpty else { return bytes }
            bytes += chunk
            guard bytes.count <= limit else { throw Gzip.Problem.tooLarge(limit: limit) }
        }
    }
}
