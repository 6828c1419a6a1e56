internal import Foundation

/// What a log says of itself: its name, its size and its root (C2SP tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// The log's unique name, such as `example.org/stamgast/releases`.
    public let origin: String
    public let size: UInt64
    public let root: TreeHash

    /// nil for an empty origin or one with a line break.
    public init?(origin: String, size: UInt64, root: TreeHash) {
        guard !origin.isEmpty, !origin.utf8.contains(UInt8(ascii: "\n")) else { return nil }
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the text of a note; nil for what is not a checkpoint. Lines after the third are extensions and are passed over.
    public init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, lines.last == "", let size = UInt64(lines[1]), String(size) == lines[1],
            let data = Data(base64Encoded: lines[2]), let root = TreeHash(bytes: [UInt8](data))
        else { return nil }
        self.init(origin: lines[0], size: size, root: root)
    }

    /// The text that is signed.
    public var text: String { "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n" }
}
