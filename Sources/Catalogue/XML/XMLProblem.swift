/// Why an XML text was refused, and on which line. Carries names of the text's own mark-up at most, never its content.
struct XMLProblem: Error, Hashable, CustomStringConvertible {
    enum Reason: Hashable {
        case unknownEncoding(String)
        case invalidBytes(encoding: String)
        case empty
        case unexpectedEnd
        case notWellFormed(String)
        /// `expected` is the element that is open.
        case wrongEnd(expected: String, found: String)
        /// Entities can be made to expand without end or to read files; none are taken.
        case documentTypeDeclarations
        case tooDeep(limit: Int)
        case tooManyElements(limit: Int)
        case tooManyAttributes(limit: Int)
        case tooManyNamespaces(limit: Int)
    }

    let reason: Reason
    /// From 1.
    let line: Int

    var description: String {
        let text =
            switch reason {
            case .unknownEncoding(let name): "the encoding \(name.quoted) is not supported; use UTF-8"
            case .invalidBytes(let encoding): "the bytes are not \(encoding)"
            case .empty: "there is no element"
            case .unexpectedEnd: "the text ends inside an element"
            case .notWellFormed(let what): what
            case .wrongEnd(let expected, let found): "expected </\(expected.quoted)>, found </\(found.quoted)>"
            case .documentTypeDeclarations: "declarations in <!DOCTYPE> are not accepted"
            case .tooDeep(let limit): "elements are nested deeper than \(limit)"
            case .tooManyElements(let limit): "there are more than \(limit) elements"
            case .tooManyAttributes(let limit): "an element has more than \(limit) attributes"
            case .tooManyNamespaces(let limit): "more than \(limit) namespaces are declared at one place"
            }
        return "line \(line): \(text)"
    }
}
