/// Finds the place in a file of a place inside a scalar: through quotes, escapes, folding and the indentation of block
/// scalars.
struct DocumentLocator {
    private let source: [Unicode.Scalar]
    private var position: Int
    private var mark: DocumentMark
    private let style: DocumentNode.Scalar.Style
    private let content: [Unicode.Scalar]
    private var indentation = 0
    private var quote: Unicode.Scalar = "'"

    /// The place of line `line`, column `column` (from 1) of the scalar's text; the scalar's own place if it cannot be
    /// found.
    static func mark(
        line: Int, column: Int, of scalar: DocumentNode.Scalar, in file: [UInt8]
    ) -> DocumentMark {
        let content = Array(scalar.text.unicodeScalars)
        var target = 0
        var remaining = line - 1
        while remaining > 0, target < content.count {
            if content[target] == "\n" { remaining -= 1 }
            target += 1
        }
        target = min(target + max(0, column - 1), content.count)
        guard var locator = DocumentLocator(scalar, content, file) else { return scalar.mark }
        for index in 0..<target {
            guard locator.advance(over: index) else { return scalar.mark }
        }
        locator.skipFolds(before: target)
        return locator.mark
    }

    private init?(_ scalar: DocumentNode.Scalar, _ content: [Unicode.Scalar], _ file: [UInt8]) {
        let text = String(decoding: ProgrammeDocument.normalized(file), as: UTF8.self)
        source = Array(text.unicodeScalars)
        self.content = content
        style = scalar.style
        mark = DocumentMark(line: 1, column: 1)
        position = 0
        while mark.line < scalar.mark.line || mark.column < scalar.mark.column {
            guard position < source.count else { return nil }
            step()
        }
        guard mark == scalar.mark else { return nil }
        switch style {
        case .plain: break
        case .quoted:
            guard let quote = current else { return nil }
            self.quote = quote
            step()
        case .literal, .folded: startBlock()
        }
    }

    private mutating func step() {
        if source[position] == "\n" {
            mark.line += 1
            mark.column = 1
        } else {
            mark.column += 1
        }
        position += 1
    }

    private var current: Unicode.Scalar? { position < source.count ? source[position] : nil }

    /// Goes over the header of a block scalar to its first character, and learns how far the block is indented.
    private mutating func startBlock() {
        while let scalar = current, scalar != "\n" { step() }
        if current != nil { step() }
        var line = position
        while true {
            var end = line
            while end < source.count, source[end] == " " { end += 1 }
            if end >= source.count || source[end] != "\n" {
                indentation = end - line
                break
            }
            line = end + 1
        }
        skipIndentation()
    }

    private mutating func skipIndentation() {
        var count = 0
        while count < indentation, current == " " {
            step()
            count += 1
        }
    }

    /// Moves past the source of one character of the content.
    private mutating func advance(over index: Int) -> Bool {
        let wanted = content[index]
        guard let found = current else { return false }
        switch style {
        case .literal:
            guard found == wanted else { return false }
            step()
            if wanted == "\n" { skipIndentation() }
            return true
        case .folded:
            if found == "\n", wanted == " " || wanted == "\n" {
                step()
                skipIndentation()
                // A run of line ends is one longer in the source than in the content.
                let ends = index + 1 >= content.count || content[index + 1] != "\n"
                while ends, current == "\n" {
                    step()
                    skipIndentation()
                }
                return true
            }
            guard found == wanted else { return false }
            step()
            return true
        case .plain:
            return advanceFlow(wanted, found)
        case .quoted:
            if found == "\\", quote == "\"" { return skipEscape() }
            if found == "'", quote == "'", wanted == "'" { step() }
            return advanceFlow(wanted, current ?? found)
        }
    }

    private mutating func advanceFlow(_ wanted: Unicode.Scalar, _ found: Unicode.Scalar) -> Bool {
        if found == wanted, wanted != " " || !foldsHere {
            step()
            return true
        }
        guard wanted == " " || wanted == "\n" else { return false }
        // One run of line ends and spaces of the source is one run of them in the content.
        if found == " " || found == "\n" || found == "\t" { skipWhitespace() }
        return true
    }

    /// Whether the spaces here run into a line end, so that they are folded away.
    private var foldsHere: Bool {
        var ahead = position
        while ahead < source.count, source[ahead] == " " || source[ahead] == "\t" { ahead += 1 }
        return ahead < source.count && source[ahead] == "\n"
    }

    private mutating func skipWhitespace() {
        while let scalar = current, scalar == " " || scalar == "\n" || scalar == "\t" { step() }
    }

    private mutating func skipEscape() -> Bool {
        step()
        guard let kind = current else { return false }
        let digits = ["x": 2, "u": 4, "U": 8][String(kind)] ?? 0
        step()
        for _ in 0..<digits where current != nil { step() }
        return true
    }

    /// At the start of a line of the content the source may still be before the line's first character.
    private mutating func skipFolds(before target: Int) {
        guard target < content.count, content[target] != " ", content[target] != "\n" else { return }
        if style == .plain || style == .quoted { skipWhitespace() }
    }
}
