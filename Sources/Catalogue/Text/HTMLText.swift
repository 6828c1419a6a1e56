/// Reduces HTML to the text a reader would see.
///
/// It is not a cleaner that lets some mark-up through: nothing that could act survives, because no mark-up does. One pass,
/// linear in the input.
enum HTMLText {
    /// Plain text with paragraphs; see ``PlainText`` for what that promises.
    static func plain(_ html: String) -> String {
        var reducer = Reducer(bytes: Array(html.utf8)[...])
        return PlainText.paragraphs(reducer.run())
    }

    /// Words in a text: runs between white space; in scripts without spaces two characters count as one word.
    ///
    /// A measure for reading time, not a linguistic claim: half a word a character is the usual rule for Japanese and Chinese.
    static func wordCount(_ text: String) -> Int {
        var words = 0
        var dense = 0
        var inWord = false
        for scalar in text.unicodeScalars {
            if (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value) {
                dense += 1
                inWord = false
            } else if scalar.properties.isWhitespace {
                inWord = false
            } else if !inWord, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                words += 1
                inWord = true
            }
        }
        return words + (dense + 1) / 2
    }

    /// Whether the element's content is not text.
    static func isHidden(_ name: String) -> Bool { hidden.contains(name) }

    /// What stands at the beginning and the end of an element: a paragraph's or a line's break, or nothing.
    static func edge(of name: String) -> String {
        if lineBreaks.contains(name) { return "\n" }
        return blocks.contains(name) ? "\n\n" : ""
    }

    private struct Reducer {
        let bytes: ArraySlice<UInt8>
        var output: [UInt8] = []

        init(bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            output.reserveCapacity(bytes.count)
        }

        mutating func run() -> String {
            var index = bytes.startIndex
            while index < bytes.endIndex {
                let byte = bytes[index]
                switch byte {
                case UInt8(ascii: "<"):
                    index = markup(at: index)
                case UInt8(ascii: "&"):
                    if let (scalar, end) = CharacterReference.read(bytes, at: index) {
                        output.append(contentsOf: Array(String(scalar).utf8))
                        index = end
                    } else {
                        output.append(byte)
                        index += 1
                    }
                case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                    output.append(UInt8(ascii: " "))
                    index += 1
                default:
                    output.append(byte)
                    index += 1
                }
            }
            return String(decoding: output, as: UTF8.self)
        }

        /// Skips a tag, comment or declaration, and with it the content of elements that are not text; a `<` that begins
        /// none of these is a character.
        private mutating func markup(at start: Int) -> Int {
            let next = start + 1
            guard next < bytes.endIndex else {
                output.append(bytes[start])
                return next
            }
            if bytes[next...].starts(with: "!--".utf8) {
                return find("-->", from: next + 3) ?? bytes.endIndex
            }
            if bytes[next] == UInt8(ascii: "!") || bytes[next] == UInt8(ascii: "?") {
                return bytes[next...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.endIndex
            }
            let isEnd = bytes[next] == UInt8(ascii: "/")
            let nameStart = isEnd ? next + 1 : next
            var nameEnd = nameStart
            while nameEnd < bytes.endIndex, isNameByte(bytes[nameEnd]), nameEnd - nameStart < 32 { nameEnd += 1 }
            guard nameEnd > nameStart, isLetter(bytes[nameStart]) else {
                output.append(bytes[start])
                return next
            }
            let name = String(decoding: bytes[nameStart..<nameEnd].map { $0 | 0x20 }, as: UTF8.self)
            let end = tagEnd(from: nameEnd)
            output.append(contentsOf: HTMLText.edge(of: name).utf8)
            if !isEnd, HTMLText.isHidden(name) {
                return endOfHidden(name, from: end)
            }
            return end
        }

        /// Behind the `>` that ends a tag; a `>` inside a quoted attribute does not.
        private func tagEnd(from start: Int) -> Int {
            var quote: UInt8?
            var index = start
            var afterEquals = false
            while index < bytes.endIndex {
                let byte = bytes[index]
                index += 1
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    return index
                } else if byte == UInt8(ascii: "="), !afterEquals {
                    afterEquals = true
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), afterEquals {
                    quote = byte
                    afterEquals = false
                } else if byte > 0x20 {
                    afterEquals = false
                }
            }
            return index
        }

        private func endOfHidden(_ name: String, from start: Int) -> Int {
            let wanted = Array(name.utf8)
            var index = start
            while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
                index = open + 1
                guard index < bytes.endIndex, bytes[index] == UInt8(ascii: "/") else { continue }
                let end = index + 1 + wanted.count
                guard end <= bytes.endIndex, bytes[(index + 1)..<end].elementsEqual(wanted, by: { $0 | 0x20 == $1 }),
                    end == bytes.endIndex || !isNameByte(bytes[end])
                else { continue }
                return tagEnd(from: end)
            }
            return bytes.endIndex
        }

        private func find(_ text: String, from start: Int) -> Int? {
            guard start <= bytes.endIndex else { return nil }
            let wanted = Array(text.utf8)
            var index = start
            while let found = bytes[index...].firstIndex(of: wanted[0]) {
                if bytes[found...].starts(with: wanted) { return found + wanted.count }
                index = found + 1
            }
            return nil
        }

        private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

        private func isNameByte(_ byte: UInt8) -> Bool {
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
    }

    /// Elements whose content is not text.
    private static let hidden: Set<String> = [
        "script", "style", "template", "iframe", "object", "svg", "math", "noscript", "title", "head", "select",
        "textarea",
        "audio", "video", "canvas",
    ]

    /// Elements that begin or end a paragraph or a line.
    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2",
        "h3",
        "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    ]

    private static let lineBreaks: Set<String> = ["br", "li", "tr", "dt", "dd"]
}
