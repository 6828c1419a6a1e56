/// Text without mark-up and without characters that act rather than show.
///
/// It is data, not HTML: `<` may stand in it as a character, so a page still escapes it.
enum PlainText {
    /// Control characters other than line feed and tab, overrides of writing direction (they make text read as something
    /// else), byte-order marks and non-characters.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFDD0...0xFDEF: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }

    /// The text on one line: forbidden characters removed, runs of white space made one space, ends trimmed.
    static func line(_ text: some StringProtocol) -> String {
        collapse(text, keepingParagraphs: false)
    }

    /// The text with its paragraphs: white space within a line made one space, at most one empty line in a row.
    static func paragraphs(_ text: some StringProtocol) -> String {
        collapse(text, keepingParagraphs: true)
    }

    private static func collapse(_ text: some StringProtocol, keepingParagraphs: Bool) -> String {
        var result = String.UnicodeScalarView()
        var newlines = 0
        var space = false
        for scalar in text.unicodeScalars {
            let isNewline = scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}"
            if isNewline, keepingParagraphs {
                newlines += 1
            } else if isNewline || scalar == "\r" || scalar.properties.isWhitespace {
                space = true
            } else if !isForbidden(scalar) {
                if !result.isEmpty {
                    if newlines > 0 {
                        result.append(contentsOf: repeatElement("\n", count: min(newlines, 2)))
                    } else if space {
                        result.append(" ")
                    }
                }
                newlines = 0
                space = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The longest beginning of whole characters that fits in `bytes` of UTF-8, with an ellipsis when something was cut.
    static func shortened(_ text: String, bytes limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var used = 3
        var end = text.startIndex
        while end < text.endIndex {
            let next = text.index(after: end)
            used += text.utf8.distance(from: end, to: next)
            if used > limit { break }
            end = next
        }
        return text[..<end] + "…"
    }
}
