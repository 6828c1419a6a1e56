/// What is refused before the YAML parser sees it, because the parser follows nesting and expands aliases without a
/// limit of its own: deep nesting, and aliases that multiply.
///
/// The look is byte by byte, without knowing what is a text or a comment, so it counts what *could* open a level; the
/// number of openings bounds the depth. It errs on the strict side only for files that no person writes.
struct DocumentShape {
    private typealias Limit = ProgrammeDocument.Limit

    private let bytes: [UInt8]
    private var line = 1
    private var column = 0
    private var brackets = 0
    private var indicators = 0
    private var anchors = 0
    private var aliases = 0

    /// The first thing to refuse in the bytes of a file (UTF-8, `\n` line endings).
    static func refusal(of bytes: [UInt8]) -> DocumentYAML.Refusal? {
        var shape = DocumentShape(bytes: bytes)
        do {
            try shape.scan()
            return nil
        } catch {
            return error
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func scan() throws(DocumentYAML.Refusal) {
        var atStart = true
        var previous = UInt8(ascii: "\n")
        for (index, byte) in bytes.enumerated() {
            if byte & 0xC0 != 0x80 { column += 1 }
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                column = 0
                indicators = 0
                atStart = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
                // A run of hyphens is a ruler in a text, or the mark of a document's start.
                if atStart, previous != byte { try indicator() }
            default:
                if atStart { try firstWord() }
                atStart = false
                try token(byte, index, previous)
            }
            previous = byte
        }
    }

    private mutating func indicator() throws(DocumentYAML.Refusal) {
        try firstWord()
        indicators += 1
        guard indicators <= Limit.depth else {
            throw refusal("Lists are more than \(Limit.depth) levels deep.")
        }
    }

    /// Checks the indentation at the first character of a line.
    private func firstWord() throws(DocumentYAML.Refusal) {
        guard indicators > 0 || column - 1 <= Limit.indentation else {
            throw refusal("A line is indented by more than \(Limit.indentation) columns.")
        }
    }

    private mutating func token(_ byte: UInt8, _ index: Int, _ previous: UInt8) throws(DocumentYAML.Refusal) {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            guard Self.startsToken(previous) else { return }
            brackets += 1
            guard brackets <= Limit.brackets else {
                throw refusal(
                    "The file has more than \(Limit.brackets) opening brackets.", fix: "Divide it into several files.")
            }
        case UInt8(ascii: "&"):
            if Self.startsToken(previous), isName(index + 1) { anchors += 1 }
        case UInt8(ascii: "*"):
            if Self.startsToken(previous), isName(index + 1) { aliases += 1 }
        case 0xC2 where follows(index, [0x85]), 0xE2 where follows(index, [0x80, 0xA8]),
            0xE2 where follows(index, [0x80, 0xA9]):
            // Line ends for YAML 1.1 but not for YAML 1.2, nor for this look.
            throw refusal(
                "The file contains a line separator character (U+0085, U+2028 or U+2029).",
                fix: "Use an ordinary line end.")
        default: break
        }
        if anchors > 0, aliases > Limit.aliases {
            throw refusal(
                "The file uses more than \(Limit.aliases) aliases.",
                fix: "Write the values out: a programme is read by people.")
        }
    }

    private func refusal(_ message: String, fix: String? = nil) -> DocumentYAML.Refusal {
        DocumentYAML.Refusal(message: message, mark: DocumentMark(line: line, column: column), fix: fix)
    }

    private func follows(_ index: Int, _ expected: [UInt8]) -> Bool {
        bytes[(index + 1)...].starts(with: expected)
    }

    private static func startsToken(_ previous: UInt8) -> Bool {
        switch previous {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "["), UInt8(ascii: "{"),
            UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "?"), 0x80...:
            true
        default: false
        }
    }

    private func isName(_ index: Int) -> Bool {
        guard index < bytes.count else { return false }
        switch bytes[index] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            return true
        default: return false
        }
    }
}
