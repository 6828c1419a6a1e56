/// One token of an expression.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        /// A name, keywords included.
        case word(String)
        /// A name in back-quotes.
        case quoted(String)
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        /// An operator or a bracket.
        case symbol(String)
        case end
    }

    var kind: Kind
    var range: Range<Int>
}

/// What a lexer or parser gives up with: a sentence about an offset.
struct SyntaxFailure: Error {
    let offset: Int
    let message: String

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

/// Cuts the UTF-8 bytes of an expression into tokens.
/// - Complexity: O(n) over a whole expression.
struct Lexer {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Goes on from a later place, for readers that look past what cannot be read.
    mutating func skip(to offset: Int) { position = min(max(position, offset), bytes.count) }

    private func byte(_ offset: Int) -> UInt8 { position + offset < bytes.count ? bytes[position + offset] : 0 }

    mutating func next() throws(SyntaxFailure) -> Token {
        skipBlanks()
        let start = position
        guard position < bytes.count else { return Token(kind: .end, range: start..<start) }
        let first = bytes[position]
        if let literal = try stringLiteral() { return Token(kind: literal, range: start..<position) }
        if first.isWordStart {
            while position < bytes.count, bytes[position].isWordPart { position += 1 }
            return Token(kind: .word(text(start)), range: start..<position)
        }
        if first.isDigit || (first == UInt8(ascii: ".") && byte(1).isDigit) {
            let kind = try number()
            return Token(kind: kind, range: start..<position)
        }
        if first == UInt8(ascii: "`") {
            position += 1
            while position < bytes.count, bytes[position].isQuotedNamePart { position += 1 }
            guard position < bytes.count, bytes[position] == UInt8(ascii: "`"), position > start + 1 else {
                throw SyntaxFailure("a quoted field name has letters, digits and _.-/ and ends with `", at: start)
            }
            position += 1
            return Token(
                kind: .quoted(String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self)),
                range: start..<position)
        }
        let two = position + 1 < bytes.count ? String(decoding: bytes[position...(position + 1)], as: UTF8.self) : ""
        if ["&&", "||", "==", "!=", "<=", ">="].contains(two) {
            position += 2
            return Token(kind: .symbol(two), range: start..<position)
        }
        guard "()[]{}.,:?+-*/%!<>".utf8.contains(first) else {
            let scalar = String(decoding: bytes[start...].prefix(4), as: UTF8.self).unicodeScalars.first
            throw SyntaxFailure("unexpected character \(scalar.map(describe) ?? "")", at: start)
        }
        position += 1
        return Token(kind: .symbol(text(start)), range: start..<position)
    }

    private func describe(_ scalar: Unicode.Scalar) -> String {
        scalar.value >= 0x20 && scalar.value != 0x7f ? "`\(scalar)`" : "U+\(String(scalar.value, radix: 16))"
    }

    private func text(_ start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0c, 0x0d: position += 1
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
                while position < bytes.count, bytes[position] != 0x0a { position += 1 }
            default: return
            }
        }
    }

    // MARK: Numbers

    private mutating func number() throws(SyntaxFailure) -> Token.Kind {
        let start = position
        if byte(0) == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x"), byte(2).hexDigitValue != nil {
            position += 2
            while position < bytes.count, bytes[position].hexDigitValue != nil { position += 1 }
            return try integer(String(decoding: bytes[(start + 2)..<position], as: UTF8.self), radix: 16, at: start)
        }
        while byte(0).isDigit { position += 1 }
        var isDouble = false
        if byte(0) == UInt8(ascii: "."), byte(1).isDigit {
            isDouble = true
            position += 1
            while byte(0).isDigit { position += 1 }
        }
        if byte(0) | 0x20 == UInt8(ascii: "e") {
            let signed = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
            if byte(signed ? 2 : 1).isDigit {
                isDouble = true
                position += signed ? 2 : 1
                while byte(0).isDigit { position += 1 }
            }
        }
        guard isDouble else { return try integer(text(start), radix: 10, at: start) }
        guard let value = DoubleText.parse(text(start)), value.isFinite else {
            throw SyntaxFailure("the number is too large for a double", at: start)
        }
        return .double(value)
    }

    private mutating func integer(_ digits: String, radix: Int, at start: Int) throws(SyntaxFailure) -> Token.Kind {
        let isUnsigned = byte(0) | 0x20 == UInt8(ascii: "u")
        if isUnsigned { position += 1 }
        guard let value = UInt64(digits, radix: radix) else {
            throw SyntaxFailure("the number needs more than 64 bits", at: start)
        }
        return isUnsigned ? .uint(value) : .int(value)
    }

    // MARK: Strings

    /// A string or bytes literal with its prefix, nil when none starts here.
    private mutating func stringLiteral() throws(SyntaxFailure) -> Token.Kind? {
        var isRaw = false
        var isBytes = false
        var length = 0
        while length < 2 {
            let letter = byte(length) | 0x20
            if letter == UInt8(ascii: "r"), !isRaw {
                isRaw = true
            } else if letter == UInt8(ascii: "b"), !isBytes {
                isBytes = true
            } else {
                break
            }
            length += 1
        }
        let quote = byte(length)
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
        let start = position
        position += length
        let isTriple = byte(1) == quote && byte(2) == quote
        position += isTriple ? 3 : 1
        var content: [UInt8] = []
        while true {
            guard position < bytes.count else { throw SyntaxFailure("the string has no closing quote", at: start) }
            let current = bytes[position]
            if current == quote, !isTriple || (byte(1) == quote && byte(2) == quote) {
                position += isTriple ? 3 : 1
                break
            }
            if !isTriple, current == 0x0a || current == 0x0d {
                throw SyntaxFailure("a string ends on its line; use ''' for several lines", at: start)
            }
            if current == UInt8(ascii: "\\"), !isRaw {
                try escape(into: &content, isBytes: isBytes)
            } else {
                content.append(current)
                position += 1
            }
        }
        return isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
    }

    /// The bytes of escapes of one character.
    private static let simpleEscapes: [UInt8: UInt8] = [
        0x61: 7, 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9, 0x76: 11, 0x5c: 0x5c, 0x3f: 0x3f, 0x22: 0x22,
        0x27: 0x27, 0x60: 0x60,
    ]

    private mutating func escape(into content: inout [UInt8], isBytes: Bool) throws(SyntaxFailure) {
        let start = position
        position += 2
        let letter = start + 1 < bytes.count ? bytes[start + 1] : 0
        if let value = Self.simpleEscapes[letter] {
            content.append(value)
            return
        }
        var code: UInt32
        switch letter {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): code = try hexadecimal(2, at: start)
        case UInt8(ascii: "u") where !isBytes:
            code = try hexadecimal(4, at: start)
            if code & 0xffff_fc00 == 0xd800, byte(0) == UInt8(ascii: "\\"), byte(1) == UInt8(ascii: "u") {
                position += 2
                let low = try hexadecimal(4, at: start)
                guard low & 0xffff_fc00 == 0xdc00 else { throw SyntaxFailure("half of a surrogate pair", at: start) }
                code = 0x10000 + (code & 0x3ff) << 10 + low & 0x3ff
            }
        case UInt8(ascii: "U") where !isBytes: code = try hexadecimal(8, at: start)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            position = start + 1
            code = 0
            for _ in 0..<3 {
                let digit = byte(0)
                guard digit >= 0x30, digit <= 0x37 else {
                    throw SyntaxFailure("an octal escape has three digits", at: start)
                }
                code = code << 3 | UInt32(digit - 0x30)
                position += 1
            }
        default: throw SyntaxFailure("unknown escape sequence", at: start)
        }
        if isBytes {
            content.append(UInt8(truncatingIfNeeded: code))
        } else {
            guard let scalar = Unicode.Scalar(code) else {
                throw SyntaxFailure("the escape is not a Unicode code point", at: start)
            }
            content.append(contentsOf: Array(String(scalar).utf8))
        }
    }

    private mutating func hexadecimal(_ count: Int, at start: Int) throws(SyntaxFailure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte(0).hexDigitValue else {
                throw SyntaxFailure("the escape has \(count) hexadecimal digits", at: start)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    fileprivate var isWordStart: Bool {
        (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7a || self == UInt8(ascii: "_")
    }

    fileprivate var isWordPart: Bool { isWordStart || isDigit }

    fileprivate var isQuotedNamePart: Bool { isWordPart || "-./ ".utf8.contains(self) }
}

extension String {
    /// Whether the text can stand as a plain name or field.
    var isPlainName: Bool {
        guard let first = utf8.first, first.isWordStart else { return false }
        return utf8.allSatisfy(\.isWordPart)
    }
}
