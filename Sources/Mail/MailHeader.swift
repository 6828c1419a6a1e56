internal import FoundationEssentials

/// How the values of headers are written.
enum MailHeader {
    /// The longest line with an encoded word in it (RFC 2047, section 2).
    static let encodedLine = 76
    /// The longest line of others (RFC 5322, section 2.1.1).
    static let plainLine = 78

    /// A header of free text (RFC 5322, section 3.6.5), with its line ends.
    static func text(_ name: String, _ line: MailLine) -> String {
        let plain = "\(name): \(line.text)"
        let isPlain = line.text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !line.text.contains("=?")
        if isPlain, plain.utf8.count <= plainLine { return plain + "\r\n" }
        return "\(name): " + encodedWords(line.text, column: name.utf8.count + 2) + "\r\n"
    }

    /// A header of one mailbox with a name (RFC 5322, section 3.4), with its line ends.
    static func mailbox(_ name: String, _ display: MailLine, _ address: MailAddress) -> String {
        guard !display.text.isEmpty else { return "\(name): <\(address.text)>\r\n" }
        let isPlain =
            display.text.utf8.allSatisfy { isAtom($0) || $0 == UInt8(ascii: " ") } && display.text.utf8.count <= 60
            && !display.text.contains("=?")
        let phrase = isPlain ? display.text : encodedWords(display.text, column: name.utf8.count + 2)
        return "\(name): \(phrase)\r\n <\(address.text)>\r\n"
    }

    /// Encoded words of UTF-8 in base 64, folded; no character is divided between two (RFC 2047, section 5).
    ///
    /// - Parameter column: where on its line the first of them begins.
    static func encodedWords(_ text: String, column: Int) -> String {
        let frame = "=?UTF-8?B??=".utf8.count
        func room(_ column: Int) -> Int { max(4, (encodedLine - column - frame) / 4 * 3) }
        var words: [[UInt8]] = [[]]
        var left = room(column)
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if bytes.count > left {
                words.append([])
                left = room(1)
            }
            words[words.count - 1] += bytes
            left -= bytes.count
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// `atext` (RFC 5322, section 3.2.3).
    private static func isAtom(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }
}
