internal import Primitives

/// Turns a member's export into one page that people can read, as the JSON comes: no scripts, nothing from elsewhere.
///
/// Objects become lists of terms, arrays numbered lists. What is in memory is one value at a time.
struct ReadableExport: Sendable {
    private enum Frame { case object, array }

    private var stack: [Frame] = []
    private var expectsKey = false
    private var isInString = false
    private var isEscaped = false
    /// The string or the number that is being read, as it stands in the JSON.
    private var value: [UInt8] = []
    private var out: [UInt8] = []

    static func head(title: String, intro: String, language: Language) -> [UInt8] {
        Array(
            """
            <!doctype html>
            <html lang="\(language.rawValue)"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(escape(title))</title></head>
            <body><h1>\(escape(title))</h1><p>\(escape(intro))</p>

            """.utf8)
    }

    static let end = Array("\n</body></html>\n".utf8)

    static func escape(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// The next piece of the page for the next piece of JSON.
    mutating func markup(_ bytes: [UInt8]) -> [UInt8] {
        out = []
        for byte in bytes { read(byte) }
        return out
    }

    private mutating func read(_ byte: UInt8) {
        if isInString {
            value.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
                finishString()
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            value = [byte]
        case UInt8(ascii: "{"): open(.object, "<dl>")
        case UInt8(ascii: "["): open(.array, "<ol>")
        case UInt8(ascii: "}"): close("</dl>")
        case UInt8(ascii: "]"): close("</ol>")
        case UInt8(ascii: ","):
            finishNumber()
            expectsKey = stack.last == .object
        case UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09: finishNumber()
        default: value.append(byte)
        }
    }

    private mutating func open(_ frame: Frame, _ tag: String) {
        if stack.last == .array { write("<li>") }
        write(tag)
        stack.append(frame)
        expectsKey = frame == .object
    }

    private mutating func close(_ tag: String) {
        finishNumber()
        if !stack.isEmpty { stack.removeLast() }
        expectsKey = false
        write(tag)
        endValue()
    }

    private mutating func finishString() {
        let text = (try? JSONValue(parsing: value))?.stringValue ?? ""
        value = []
        if stack.last == .object, expectsKey {
            write("<dt>" + Self.escape(text.replacing("_", with: " ")) + "</dt><dd>")
            expectsKey = false
        } else {
            say(text)
        }
    }

    private mutating func finishNumber() {
        guard !value.isEmpty else { return }
        let text = String(decoding: value, as: UTF8.self)
        value = []
        say(text)
    }

    private mutating func say(_ text: String) {
        if stack.last == .array { write("<li>") }
        write(Self.escape(text))
        endValue()
    }

    private mutating func write(_ text: String) {
        out += Array(text.utf8)
    }

    private mutating func endValue() {
        switch stack.last {
        case .array: write("</li>\n")
        case .object: write("</dd>\n")
        case nil: break
        }
    }
}
