/// The bytes of a file, piece by piece, so that a reader never holds more of it than it needs.
public struct ByteChunks {
    private let take: () throws -> [UInt8]

    /// - Parameter take: gives the next bytes each time it is called; none at the end.
    public init(_ take: @escaping () throws -> [UInt8]) {
        self.take = take
    }

    /// Bytes that are in memory already.
    public init(_ bytes: [UInt8]) {
        var rest = bytes
        take = {
            defer { rest = [] }
            return rest
        }
    }

    func next() throws -> [UInt8] { try take() }
}

/// What is read and not yet used up of a file.
struct ByteWindow {
    private let chunks: ByteChunks
    private(set) var bytes: [UInt8] = []
    /// The first byte that is not used up.
    var index = 0
    /// Whether the file has no more than ``bytes``.
    private(set) var isEnded = false
    private var isStarted = false

    init(_ chunks: ByteChunks) {
        self.chunks = chunks
    }

    /// Forgets what is used up and reads on, at least as much as is held. A byte order mark is passed over.
    mutating func grow() throws {
        guard !isEnded else { return }
        bytes.removeSubrange(..<index)
        index = 0
        let wanted = bytes.count + max(1 << 16, bytes.count)
        while bytes.count < wanted {
            let chunk = try chunks.next()
            guard !chunk.isEmpty else {
                isEnded = true
                break
            }
            bytes += chunk
        }
        if !isStarted, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        isStarted = true
    }
}
