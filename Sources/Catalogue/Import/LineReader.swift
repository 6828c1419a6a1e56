/// Reads a file line by line; empty lines are passed over.
///
/// - Complexity: linear in the input; a line is bounded by ``maximumLineBytes``.
public struct LineReader: Sequence, IteratorProtocol {
    /// One line without its end, or why the file cannot be read on. Lines count from 1.
    public enum Line: Hashable, Sendable {
        case text([UInt8], line: Int)
        case broken(CSVProblem)
    }

    public static let maximumLineBytes = 1_000_000

    private var window: ByteWindow
    private var line = 0
    private var failed = false

    public init(_ chunks: ByteChunks) {
        window = ByteWindow(chunks)
    }

    public mutating func next() -> Line? {
        while !failed {
            let start = window.index
            if let end = window.bytes[start...].firstIndex(of: 0x0A) {
                window.index = end + 1
                line += 1
                if let text = Self.content(window.bytes[start..<end]) { return checked(text) }
            } else if window.isEnded {
                guard start < window.bytes.count else { return nil }
                let rest = window.bytes[start...]
                window.index = window.bytes.count
                line += 1
                return Self.content(rest).flatMap { checked($0) }
            } else if window.bytes.count - start > Self.maximumLineBytes {
                return broken(.tooLong(limit: Self.maximumLineBytes), line: line + 1)
            } else {
                do { try window.grow() } catch { return broken(.unreadable("\(error)"), line: line + 1) }
            }
        }
        return nil
    }

    private mutating func checked(_ text: [UInt8]) -> Line {
        text.count > Self.maximumLineBytes
            ? broken(.tooLong(limit: Self.maximumLineBytes), line: line) : .text(text, line: line)
    }

    private mutating func broken(_ reason: CSVProblem.Reason, line: Int) -> Line {
        failed = true
        return .broken(CSVProblem(reason: reason, line: line))
    }

    /// `nil` for a line that holds nothing but white space.
    private static func content(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        let text = line.last == 0x0D ? line.dropLast() : line
        return text.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } ? Array(text) : nil
    }
}
