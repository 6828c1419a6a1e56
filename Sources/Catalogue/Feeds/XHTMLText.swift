/// The text of XHTML inside a feed, its paragraphs kept apart.
enum XHTMLText {
    static func plain(_ element: XMLElement) -> String {
        var result = ""
        append(element, to: &result)
        return result
    }

    /// Depth is bounded by the XML reader.
    private static func append(_ element: XMLElement, to result: inout String) {
        for child in element.children {
            switch child {
            case .text(let text):
                result += text.replacing("\n", with: " ")
            case .element(let inner):
                let name = inner.name.local.lowercased()
                if HTMLText.isHidden(name) { continue }
                let edge = HTMLText.edge(of: name)
                result += edge
                append(inner, to: &result)
                result += edge
            }
        }
    }
}
