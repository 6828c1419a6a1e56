/// Reads comma-separated values (RFC 4180) record by record: quoted fields, any line ending, any separator.
///
/// - Complexity: linear in the input; a record is bounded by `maximumRecordBytes`, so that one lost quote cannot swallow
///   a file in memory.
public struct CSVReader: Sequence, IteratorProtocol {
    /// One record, or why the file cannot be read on.
    public enum Record: Hashable, Sendable {
        case fields([String], line: Int)
        case broken(CSVProblem)
    }

    private let bytes: [UInt8]
    private let separator: [UInt8]
    private let quotes: Bool
    private var index = 0
    private var line = 1
    private var failed = false

    public static let maximumRecordBytes = 1_000_000
    public static let maximumFields = 1_000

    /// - Parameters:
    ///   - separator: what stands between fields; may be several characters (`::`).
    ///   - quotes: whether `"` begins a quoted field.
    public init(_ bytes: [UInt8], separator: String = ",", quotes: Bool = true) {
        self.bytes = bytes
        self.separator = Array((separator.isEmpty ? "," : separator).utf8)
        self.quotes = quotes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The next record; empty lines are passed over. `nil` at the end, and after a broken record.
    public mutating func next() -> Record? {
        while !failed, index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x0D {
            if bytes[index] == 0x0A { line += 1 }
            index += 1
        }
        guard !failed, index < bytes.count else { return nil }
        let firstLine = line
        do throws(CSVProblem) {
            return .fields(try record(firstLine), line: firstLine)
        } catch {
            failed = true
            return .broken(error)
        }
    }

    private mutating func record(_ firstLine: Int) throws(CSVProblem) -> [String] {
        let start = index
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
            guard index < bytes.count else { return fields }
            if bytes[index...].starts(with: separator) {
                index += separator.count
                guard index == bytes.count else { continue }
                fields.append("")
                return fields
            }
            if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
            line += 1
            index += 1
            return fields
        }
    }

    private mutating func field(start: Int, _ firstLine: Int) throws(CSVProblem) -> [UInt8] {
        var field: [UInt8] = []
        var isQuoted = false
        if quotes, index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            isQuoted = true
            index += 1
        }
        while index < bytes.count {
            let byte = bytes[index]
            guard index - start < Self.maximumRecordBytes else {
                throw CSVProblem(reason: .tooLong(limit: Self.maximumRecordBytes), line: firstLine)
            }
            if isQuoted {
                if byte == UInt8(ascii: "\"") {
                    if index + 1 < bytes.count, bytes[index + 1] == byte {
                        index += 1
                    } else {
                        index += 1
                        guard isAtFieldEnd else { throw CSVProblem(reason: .textAfterQuote, line: line) }
                        return field
                    }
                }
                if byte == 0x0A { line += 1 }
            } else if isAtFieldEnd {
                return field
            }
            field.append(byte)
            index += 1
        }
        guard !isQuoted else { throw CSVProblem(reason: .quoteNotClosed, line: firstLine) }
        return field
    }

    private var isAtFieldEnd: Bool {
        index >= bytes.count || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index...].starts(with: separator)
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
    }

    public let reason: Reason
    /// From 1.
    public let line: Int

    public var description: String {
        let text =
            switch reason {
            case .quoteNotClosed: "a quoted field does not end"
            case .textAfterQuote: "text follows the end of a quoted field"
            case .invalidUTF8: "the bytes are not UTF-8"
            case .tooLong(let limit): "a record is longer than \(limit) bytes"
            case .tooManyFields(let limit): "a record has more than \(limit) fields"
            }
        return "line \(line): \(text)"
    }
}
