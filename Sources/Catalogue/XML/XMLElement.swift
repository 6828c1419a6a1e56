/// An element with what it holds, its name resolved to a namespace.
struct XMLElement: Hashable {
    struct Name: Hashable {
        /// The namespace's address; empty when there is none.
        let namespace: String
        let local: String
    }

    enum Node: Hashable {
        case element(XMLElement)
        case text(String)
    }

    let name: Name
    /// Attributes without a prefix belong to no namespace (Namespaces in XML 1.0, section 6.2).
    let attributes: [Name: String]
    var children: [Node] = []

    var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// All text inside, in order.
    var text: String {
        var result = ""
        appendText(to: &result)
        return result
    }

    /// The value of an attribute without a prefix.
    func attribute(_ local: String) -> String? { attributes[Name(namespace: "", local: local)] }

    private func appendText(to result: inout String) {
        for child in children {
            switch child {
            case .text(let text): result += text
            case .element(let element): element.appendText(to: &result)
            }
        }
    }
}
