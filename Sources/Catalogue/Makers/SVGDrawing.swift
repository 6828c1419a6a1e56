/// Takes drawings from others: shapes, gradients and letters, and nothing that runs, links or loads.
///
/// What is kept is written anew from what was understood, so that a browser cannot read it differently than we did.
enum SVGDrawing {
    enum Problem: Error, Hashable {
        case notWellFormed(XMLProblem)
        case notADrawing(found: String)
        case element(String)
        case attribute(String, element: String)

        var description: String {
            switch self {
            case .notWellFormed(let problem): "it is not well-formed: \(problem)"
            case .notADrawing(let found): "it is no SVG drawing but <\(found.quoted)>"
            case .element(let name): "it holds the element <\(name.quoted)>"
            case .attribute(let name, let element): "it holds the attribute \(name.quoted) in <\(element.quoted)>"
            }
        }
    }

    static func clean(_ text: String) throws(Problem) -> String {
        let root: XMLElement
        do throws(XMLProblem) {
            root = try XMLReader.read(Array(text.utf8), limits: .init(depth: 32, elements: 5_000, attributes: 40))
        } catch {
            throw .notWellFormed(error)
        }
        guard root.name.local == "svg", isDrawing(root.name) else { throw .notADrawing(found: root.name.local) }
        var output = ""
        try write(root, isRoot: true, to: &output)
        return output
    }

    private static func write(_ element: XMLElement, isRoot: Bool, to output: inout String) throws(Problem) {
        let name = element.name.local
        guard isDrawing(element.name), elements.contains(name), isRoot || name != "svg" else { throw .element(name) }
        output += "<" + name
        if isRoot { output += " xmlns=\"http://www.w3.org/2000/svg\"" }
        for (key, value) in element.attributes.sorted(by: { $0.key.local < $1.key.local }) {
            guard key.namespace.isEmpty, attributes.contains(key.local), isHarmless(value) else {
                throw .attribute(key.local, element: name)
            }
            output += " \(key.local)=\"\(escaped(value))\""
        }
        output += ">"
        for child in element.children {
            switch child {
            case .element(let child): try write(child, isRoot: false, to: &output)
            case .text(let text): if texts.contains(name) { output += escaped(PlainText.line(text)) }
            }
        }
        output += "</\(name)>"
    }

    private static func isDrawing(_ name: XMLElement.Name) -> Bool {
        name.namespace.isEmpty || name.namespace == "http://www.w3.org/2000/svg"
    }

    /// References stay inside the drawing.
    private static func isHarmless(_ value: String) -> Bool {
        let value = value.lowercased()
        guard !value.contains("\\"), !value.contains("script") else { return false }
        return value.ranges(of: "url(").allSatisfy { value[$0.upperBound...].hasPrefix("#") }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars where !PlainText.isForbidden(character) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static let texts: Set<String> = ["text", "tspan", "title", "desc"]

    private static let elements: Set<String> = [
        "svg", "g", "defs", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "linearGradient",
        "radialGradient", "stop", "clipPath", "mask", "text", "tspan", "title", "desc",
    ]

    private static let attributes: Set<String> = [
        "viewBox", "width", "height", "preserveAspectRatio", "version", "role", "aria-label", "id", "x", "y", "x1",
        "y1",
        "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy", "d", "points", "transform", "opacity", "fill",
        "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
        "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "offset", "stop-color",
        "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod", "clip-path", "clipPathUnits", "mask",
        "maskUnits", "maskContentUnits", "font-family", "font-size", "font-weight", "font-style", "letter-spacing",
        "text-anchor", "dominant-baseline", "alignment-baseline",
    ]
}
