/// One line of text for a header: a subject, a sender's name.
///
/// It cannot hold a line break or any other control character, so nothing that anybody typed can begin a header of its own.
/// Marks that turn the direction of letters go as well: they make a name look like another's.
public struct MailLine: Sendable, Hashable {
    public let text: String

    public static let maximumCharacters = 200

    /// Whatever separates lines or controls a terminal becomes a space; runs of spaces become one; what is too long is cut.
    public init(_ text: String) {
        var line = ""
        var isGap = true
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: continue
            case 0...0x20, 0x7F...0x9F, 0x2028, 0x2029:
                if !isGap { line.unicodeScalars.append(" ") }
                isGap = true
            default:
                line.unicodeScalars.append(scalar)
                isGap = false
            }
        }
        line = String(line.prefix(Self.maximumCharacters))
        while line.hasSuffix(" ") { line.removeLast() }
        self.text = line
    }
}
