/// Reads XML 1.0 with namespaces into a tree, for documents from strangers.
///
/// Our own, because it must not do most of what an XML library can: no document type declarations and so no entities
/// to expand or files to fetch, no recursion, a limit on everything that grows. It forgives what feeds get wrong and no
/// harm comes from: HTML's named characters, a lone `&`, an undeclared prefix.
///
/// - Complexity: linear in the input; output never exceeds the input's size in text.
struct XMLReader {
    struct Limits {
        var depth = 100
        var elements = 300_000
        var attributes = 100
        /// Prefixes declared at one place; every element that declares one copies them all.
        var namespaces = 200
    }

    private let bytes: [UInt8]
    private let limits: Limits
    private var index = 0
    private var count = 0
    private var open: [(element: XMLElement, rawName: String, scope: [String: String])] = []
    private var text: [UInt8] = []

    /// - Parameter charset: what the transport said about the encoding.
    static func read(_ bytes: [UInt8], charset: String? = nil, limits: Limits = Limits()) throws(XMLProblem)
        -> XMLElement
    {
        var reader = XMLReader(bytes: try XMLEncoding.utf8(bytes, charset: charset), limits: limits)
        return try reader.document()
    }

    private init(bytes: [UInt8], limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    private mutating func document() throws(XMLProblem) -> XMLElement {
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "<") {
                if let root = try markup() { return root }
            } else if open.isEmpty {
                guard isSpace(byte) else { throw problem(.notWellFormed("text stands before the first element")) }
                index += 1
            } else if byte == UInt8(ascii: "&") {
                text.append(contentsOf: reference())
            } else {
                text.append(byte)
                index += 1
            }
        }
        throw problem(open.isEmpty ? .empty : .unexpectedEnd)
    }

    /// Reads what begins with `<`; answers the root once it is complete. What follows the root is not looked at.
    private mutating func markup() throws(XMLProblem) -> XMLElement? {
        if take("<!--") {
            try skip(past: "-->")
        } else if take("<![CDATA[") {
            guard !open.isEmpty else { throw problem(.notWellFormed("text stands before the first element")) }
            let start = index
            try skip(past: "]]>")
            text.append(contentsOf: bytes[start..<(index - 3)])
        } else if take("<?") {
            try skip(past: "?>")
        } else if take("<!") {
            try documentType()
        } else if take("</") {
            return try endTag()
        } else {
            index += 1
            return try startTag()
        }
        return nil
    }

    /// A document type without declarations of its own says nothing that is needed.
    private mutating func documentType() throws(XMLProblem) {
        guard open.isEmpty, take("DOCTYPE") else { throw problem(.notWellFormed("there is an unknown declaration")) }
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            if let end = quote {
                if byte == end { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "[") {
                throw problem(.documentTypeDeclarations)
            } else if byte == UInt8(ascii: ">") {
                index += 1
                return
            }
            index += 1
        }
        throw problem(.unexpectedEnd)
    }

    private mutating func startTag() throws(XMLProblem) -> XMLElement? {
        let rawName = try name()
        var raw: [(name: String, value: String)] = []
        while true {
            skipSpace()
            guard index < bytes.count else { throw problem(.unexpectedEnd) }
            if bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "/") { break }
            guard raw.count < limits.attributes else { throw problem(.tooManyAttributes(limit: limits.attributes)) }
            let key = try name()
            skipSpace()
            guard take("=") else { throw problem(.notWellFormed("the attribute \(key.quoted) has no value")) }
            skipSpace()
            raw.append((key, try attributeValue()))
        }
        count += 1
        guard count <= limits.elements else { throw problem(.tooManyElements(limit: limits.elements)) }
        guard open.count < limits.depth else { throw problem(.tooDeep(limit: limits.depth)) }
        flushText()
        var scope = open.last?.scope ?? [:]
        for (key, value) in raw where key == "xmlns" || key.hasPrefix("xmlns:") {
            scope[key == "xmlns" ? "" : String(key.dropFirst(6))] = value
        }
        guard scope.count <= limits.namespaces else { throw problem(.tooManyNamespaces(limit: limits.namespaces)) }
        var attributes: [XMLElement.Name: String] = [:]
        for (key, value) in raw where key != "xmlns" && !key.hasPrefix("xmlns:") {
            // Of two equal attributes the first counts, as in browsers.
            let name = resolve(key, in: scope, isAttribute: true)
            if attributes[name] == nil { attributes[name] = value }
        }
        let element = XMLElement(name: resolve(rawName, in: scope, isAttribute: false), attributes: attributes)
        open.append((element, rawName, scope))
        if take("/>") { return close() }
        guard take(">") else { throw problem(.notWellFormed("the tag of \(rawName.quoted) does not end")) }
        return nil
    }

    private mutating func endTag() throws(XMLProblem) -> XMLElement? {
        let found = try name()
        skipSpace()
        guard take(">") else { throw problem(.notWellFormed("the end tag of \(found.quoted) does not end")) }
        guard let expected = open.last?.rawName else {
            throw problem(.notWellFormed("an element ends that never began"))
        }
        guard expected == found else { throw problem(.wrongEnd(expected: expected, found: found)) }
        return close()
    }

    private mutating func close() -> XMLElement? {
        flushText()
        guard let last = open.popLast() else { return nil }
        guard !open.isEmpty else { return last.element }
        open[open.count - 1].element.children.append(.element(last.element))
        return nil
    }

    private mutating func flushText() {
        guard !text.isEmpty, !open.isEmpty else { return }
        open[open.count - 1].element.children.append(.text(String(decoding: text, as: UTF8.self)))
        text.removeAll(keepingCapacity: true)
    }

    private mutating func attributeValue() throws(XMLProblem) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            throw problem(.notWellFormed("an attribute's value is not in quotes"))
        }
        let quote = bytes[index]
        index += 1
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != quote {
            switch bytes[index] {
            case UInt8(ascii: "<"): throw problem(.notWellFormed("an attribute's value holds a `<`"))
            case UInt8(ascii: "&"): value.append(contentsOf: reference())
            default:
                value.append(isSpace(bytes[index]) ? UInt8(ascii: " ") : bytes[index])
                index += 1
            }
        }
        guard index < bytes.count else { throw problem(.unexpectedEnd) }
        index += 1
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func reference() -> [UInt8] {
        let start = index
        guard let (scalar, end) = CharacterReference.read(bytes[...], at: start) else {
            index += 1
            return [bytes[start]]
        }
        index = end
        return Array(String(scalar).utf8)
    }

    private mutating func name() throws(XMLProblem) -> String {
        let start = index
        while index < bytes.count, isNameByte(bytes[index]), index - start <= 200 { index += 1 }
        guard index > start, index - start <= 200 else { throw problem(.notWellFormed("expected a name after `<`")) }
        let first = bytes[start]
        guard
            first >= 0x80 || first == UInt8(ascii: "_")
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
        else { throw problem(.notWellFormed("a name begins with a digit or a sign")) }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private func resolve(_ raw: String, in scope: [String: String], isAttribute: Bool) -> XMLElement.Name {
        guard let colon = raw.firstIndex(of: ":") else {
            return XMLElement.Name(namespace: isAttribute ? "" : scope[""] ?? "", local: raw)
        }
        let prefix = String(raw[..<colon])
        let local = String(raw[raw.index(after: colon)...])
        // An undeclared prefix stands for itself: the feed reader knows the usual ones.
        return XMLElement.Name(namespace: scope[prefix] ?? prefix, local: local)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where bytes[index + offset] != text.utf8Start[offset] { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    private mutating func skip(past end: String) throws(XMLProblem) {
        let wanted = Array(end.utf8)
        while let found = bytes[index...].firstIndex(of: wanted[0]) {
            index = found
            if bytes[found...].starts(with: wanted) {
                index += wanted.count
                return
            }
            index += 1
        }
        throw problem(.unexpectedEnd)
    }

    private mutating func skipSpace() {
        while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }

    private func problem(_ reason: XMLProblem.Reason) -> XMLProblem {
        XMLProblem(reason: reason, line: bytes[..<min(index, bytes.count)].count { $0 == 0x0A } + 1)
    }
}
