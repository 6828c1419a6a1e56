/// Reads comma-separated values (RFC 4180) record by record: quoted fields, any line ending, any separator. Reads on as
/// it is asked, so the file may be larger than memory.
///
/// - Complexity: linear in the input; a record is bounded by `maximumRecordBytes`, so that one lost quote cannot swallow
///   a file in memory.
public struct CSVReader: Sequence, IteratorProtocol {
    /// One record, or why the file cannot be read on.
    public enum Record: Hashable, Sendable {
        case fields([String], line: Int)
        case broken(CSVProblem)
    }

    private var window: ByteWindow
    private let separator: [UInt8]
    private let quotes: Bool
    private var line = 1
    private var failed = false

    public static let maximumRecordBytes = 1_000_000
    public static let maximumFields = 1_000

    /// - Parameters:
    ///   - separator: what stands between fields; may be several characters (`::`).
    ///   - quotes: whether `"` begins a quoted field.
    public init(_ chunks: ByteChunks, separator: String = ",", quotes: Bool = true) {
        window = ByteWindow(chunks)
        self.separator = Array((separator.isEmpty ? "," : separator).utf8)
        self.quotes = quotes
    }

    /// Reads bytes that are in memory already.
    public init(_ bytes: [UInt8], separator: String = ",", quotes: Bool = true) {
        self.init(ByteChunks(bytes), separator: separator, quotes: quotes)
    }

    /// The next record; empty lines are passed over. `nil` at the end, and after a broken record.
    public mutating func next() -> Record? {
        while !failed {
            skipEmptyLines()
            let (start, firstLine) = (window.index, line)
            var record: Record?
            if start < window.bytes.count {
                do throws(CSVProblem) {
                    record = .fields(try self.record(firstLine), line: firstLine)
                } catch {
                    record = .broken(error)
                }
            }
            // What reaches the end of what was read may go on behind it, or end otherwise.
            if !window.isEnded, window.index + separator.count >= window.bytes.count {
                (window.index, line) = (start, firstLine)
                do { try window.grow() } catch {
                    failed = true
                    return .broken(CSVProblem(reason: .unreadable("\(error)"), line: line))
                }
                continue
            }
            if case .broken? = record { failed = true }
            return record
        }
        return nil
    }

    private mutating func skipEmptyLines() {
        while window.index < window.bytes.count {
            let byte = window.bytes[window.index]
            guard byte == 0x0A || byte == 0x0D else { return }
            if byte == 0x0A { line += 1 }
            window.index += 1
        }
    }

    private mutating func record(_ firstLine: Int) throws(CSVProblem) -> [String] {
        let start = window.index
        var fields: [String] = []
        while true {
            guard fields.count < Self.maximumFields else {
                throw CSVProblem(reason: .tooManyFields(limit: Self.maximumFields), line: firstLine)
            }
            let field = try self.field(start: start, firstLine)
            guard let text = String(validating: field, as: UTF8.self) else {
                throw CSVProblem(reason: .invalidUTF8, line: firstLine)
            }
            fields.append(text)
            guard window.index < window.bytes.count else { return fields }
            if isAtSeparator {
                window.index += separator.count
                guard window.index == window.bytes.count else { continue }
                fields.append("")
                return fields
            }
            if window.bytes[window.index...].starts(with: [0x0D, 0x0A]) { window.index += 1 }
            line += 1
            window.index += 1
            return fields
        }
    }

    private mutating func field(start: Int, _ firstLine: Int) throws(CSVProblem) -> [UInt8] {
        var field: [UInt8] = []
        var isQuoted = false
        if quotes, window.index < window.bytes.count, window.bytes[window.index] == UInt8(ascii: "\"") {
            isQuoted = true
            window.index += 1
        }
        while window.index < window.bytes.count {
            let byte = window.bytes[window.index]
            guard window.index - start < Self.maximumRecordBytes else {
                throw CSVProblem(reason: .tooLong(limit: Self.maximumRecordBytes), line: firstLine)
            }
            if isQuoted {
                if byte == UInt8(ascii: "\"") {
                    if window.index + 1 < window.bytes.count, window.bytes[window.index + 1] == byte {
                        window.index += 1
                    } else {
                        window.index += 1
                        guard isAtFieldEnd else { throw CSVProblem(reason: .textAfterQuote, line: line) }
                        return field
                    }
                }
                if byte == 0x0A { line += 1 }
            } else if isAtFieldEnd {
                return field
            }
            field.append(byte)
            window.index += 1
        }
        guard !isQuoted else { throw CSVProblem(reason: .quoteNotClosed, line: firstLine) }
        return field
    }

    private var isAtFieldEnd: Bool {
        guard window.index < window.bytes.count else { return true }
        let byte = window.bytes[window.index]
        return byte == 0x0A || byte == 0x0D || isAtSeparator
    }

    private var isAtSeparator: Bool {
        window.bytes[window.index] == separator[0]
            && (separator.count == 1 || window.bytes[window.index...].starts(with: separator))
    }
}

/// Why a file of comma-separated values cannot be read, and from which line on.
public struct CSVProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        case quoteNotClosed
        case textAfterQuote
        case invalidUTF8
        case tooLong(limit: Int)
        case tooManyFields(limit: Int)
        /// The file itself; the system's words.
        case unreadable(String)
    }

    public let reason: Reason
    /// From 1.
    public let line: Int

    public init(reason: Reason, line: Int) {
        self.reason = reason
        self.line = line
    }

    public var description: String {
        let text =
            switch reason {
            case .quoteNotClosed: "a quoted field does not end"
            case .textAfterQuote: "text follows the end of a quoted field"
            case .invalidUTF8: "the bytes are not UTF-8"
            case .tooLong(let limit): "a record is longer than \(limit) bytes"
            case .tooManyFields(let limit): "a record has more than \(limit) fields"
            case .unreadable(let reason): "the file cannot be read on: \(reason)"
            }
        return "line \(line): \(text)"
    }
}
